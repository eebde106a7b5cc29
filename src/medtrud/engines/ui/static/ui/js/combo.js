// <x-combo src="/reference/search/"> makes its input a combobox of WAI-ARIA 1.2: answers are [{value, code, label}].

const WAITS = 120;

customElements.define("x-combo", class extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.input = this.querySelector("input");
    this.list = document.createElement("ul");
    this.list.role = "listbox";
    this.list.id = `${this.input.id}-list`;
    this.list.hidden = true;
    this.list.setAttribute("aria-label", "Варианты");
    this.append(this.list);
    const roles = { role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(roles)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), WAITS));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.pick(event.target.closest("[role=option]"));
    });
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), WAITS);
  }

  async load() {
    this.request?.abort();
    this.request = new AbortController();
    const url = new URL(this.getAttribute("src"), location.href);
    url.searchParams.set("q", this.input.value);
    try {
      const answer = await fetch(url, { signal: this.request.signal });
      if (answer.ok) this.show(await answer.json());
    } catch {
      this.close();
    }
  }

  show(rows) {
    this.list.replaceChildren(...rows.map((row, n) => this.option(row, n)));
    if (!rows.length || document.activeElement !== this.input) return this.close();
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.at(0);
  }

  option(row, n) {
    const option = document.createElement("li");
    const code = document.createElement("b");
    option.role = "option";
    option.id = `${this.list.id}-${n}`;
    option.dataset.value = row.value;
    code.textContent = row.code ?? "";
    option.append(code, row.label);
    return option;
  }

  at(number) {
    const options = [...this.list.children];
    this.number = (number + options.length) % options.length;
    options.forEach((option, n) => option.setAttribute("aria-selected", n === this.number));
    this.input.setAttribute("aria-activedescendant", options[this.number].id);
    options[this.number].scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const isOpen = !this.list.hidden;
    if (event.altKey || event.ctrlKey) return;
    if (event.key === "ArrowDown") isOpen ? this.at(this.number + 1) : this.load();
    else if (event.key === "ArrowUp" && isOpen) this.at(this.number - 1);
    else if (event.key === "Enter" && isOpen) this.pick(this.list.children[this.number]);
    else if (event.key === "Tab" && isOpen) return this.pick(this.list.children[this.number]);
    else if (event.key === "Escape" && isOpen) { event.stopPropagation(); this.close(); }
    else return;
    event.preventDefault();
  }

  pick(option) {
    if (!option) return;
    this.input.value = option.dataset.value;
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
});
