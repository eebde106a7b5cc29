// Hints of a screen: steps stand in the markup (data-tip="Title|Text"); the library is loaded when asked for.

document.addEventListener("click", async (event) => {
  if (!event.target.closest("[data-tour]")) return;
  const source = document.querySelector("meta[name=driver]");
  const { driver } = await import(source.content);
  if (!document.querySelector("link[data-driver]")) await styled(source.dataset.css);
  const steps = [...document.querySelectorAll("[data-tip]")].filter((element) => element.checkVisibility()).map((element) => {
    const [title, description] = element.dataset.tip.split("|");
    return { element, popover: { title, description } };
  });
  if (!steps.length) return;
  driver({
    animate: false,
    showProgress: true,
    progressText: "{{current}} из {{total}}",
    nextBtnText: "Далее",
    prevBtnText: "Назад",
    doneBtnText: "Понятно",
    steps,
  }).drive();
});

const styled = (url) => new Promise((resolve) => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: url, onload: resolve });
  link.dataset.driver = "yes";
  document.head.append(link);
});
