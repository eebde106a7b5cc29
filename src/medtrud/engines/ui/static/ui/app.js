// Behaviour of every screen. No build step, no eval: the policy is script-src 'self'.
import "./js/keys.js";
import "./js/notices.js";
import "./js/list.js";
import "./js/form.js";
import "./js/combo.js";
import "./js/palette.js";
import "./js/tour.js";

if (document.querySelector("x-chart")) import("./js/chart.js");

document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf]").content;
});

// After a swap the focus goes where the server says: the summary of errors, a panel that opened.
const focusAsked = () => document.querySelector("[data-focus]")?.focus();
document.addEventListener("htmx:after:swap", focusAsked);
focusAsked();
