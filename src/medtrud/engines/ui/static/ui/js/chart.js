// <x-chart src> draws {kind, unit, labels, rows, series: [{name, values, tone, dashed}], links}; one question each.
// ECharts is loaded when the first chart appears. Every chart carries its table; a click leads to the list behind a value.

const load = () => import(new URL("../vendor/echarts.js", import.meta.url));
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const numbers = new Intl.NumberFormat("ru");
const written = (value) => (typeof value === "number" ? numbers.format(value) : value ?? "—");
const TONES = { ok: "#2b8a52", warn: "#c77700", bad: "#b3261e", info: "#2c6cc4", other: "#8a63c0", rest: "#c3ccd4" };
const COLOURS = ["#0b5f73", "#2c6cc4", "#2b8a52", "#c77700", "#8a63c0", "#b3261e"];

const words = () => ({ color: token("--ink-2"), fontFamily: token("--font"), fontSize: 12 });

function axis() {
  return {
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { ...words(), formatter: written },
    splitLine: { lineStyle: { color: token("--line-soft") } },
  };
}

// The tooltip of the library writes style="…", which the policy of content refuses: ours is made of elements.
function tooltip(chart) {
  return (given) => {
    const box = document.createElement("div");
    box.className = "tip";
    const points = [].concat(given);
    const title = document.createElement("b");
    title.textContent = chart.kind === "heat" ? `${chart.rows[points[0].data[1]]} · ${chart.labels[points[0].data[0]]}` : points[0].name;
    box.append(title);
    for (const point of points) {
      const value = Array.isArray(point.value) ? point.value[2] : point.value;
      if (value == null) continue;
      const line = document.createElement("span");
      line.textContent = `${point.seriesName}: ${written(value)} ${chart.unit ?? ""}`.trim();
      box.append(line);
    }
    return box;
  };
}

function base(chart, trigger) {
  return {
    textStyle: words(),
    color: COLOURS,
    animationDuration: 200,
    aria: { enabled: true, decal: { show: chart.series.length > 1 && chart.kind !== "line" } },
    tooltip: { trigger, confine: true, formatter: tooltip(chart) },
    grid: { left: 6, right: 14, top: chart.series.length > 1 ? 30 : 8, bottom: 4, containLabel: true },
    legend: chart.series.length > 1 ? { top: 0, left: 0, itemWidth: 14, itemHeight: 8, textStyle: words() } : undefined,
  };
}

const KINDS = {
  line: (chart) => ({
    ...base(chart, "axis"),
    xAxis: { type: "category", data: chart.labels, boundaryGap: false, ...axis() },
    yAxis: { type: "value", scale: !chart.from_zero, ...axis() },
    series: chart.series.map((one) => ({
      name: one.name,
      type: "line",
      data: one.values,
      symbol: "circle",
      symbolSize: 7,
      showSymbol: !one.dashed,
      lineStyle: { width: 2.2, type: one.dashed ? "dashed" : "solid" },
      color: one.dashed ? "#5f6f7c" : TONES[one.tone] ?? COLOURS[chart.series.filter((other) => !other.dashed).indexOf(one)],
    })),
  }),
  bar: (chart) => ({
    ...base(chart, "axis"),
    xAxis: { type: "value", ...axis() },
    yAxis: { type: "category", inverse: true, data: chart.labels, ...axis(), splitLine: { show: false } },
    series: chart.series.map((one, n) => ({
      name: one.name,
      type: "bar",
      stack: "all",
      barMaxWidth: 18,
      data: one.values,
      color: TONES[one.tone] ?? COLOURS[n],
    })),
  }),
  share: (chart) => ({
    ...base({ ...chart, series: [chart.series[0]] }, "item"),
    legend: {
      orient: "vertical", top: "middle", left: "55%", textStyle: words(),
      formatter: (name) => `${name}  ${written(chart.series[0].values[chart.labels.indexOf(name)])}`,
    },
    series: [{
      name: chart.series[0].name,
      type: "pie",
      radius: ["54%", "84%"],
      center: ["27%", "50%"],
      label: { show: false },
      itemStyle: { borderColor: "#fff", borderWidth: 2 },
      data: chart.labels.map((name, n) => ({
        name, value: chart.series[0].values[n], itemStyle: { color: TONES[chart.tones?.[n]] ?? COLOURS[n % COLOURS.length] },
      })),
    }],
  }),
  heat: (chart) => ({
    ...base({ ...chart, series: [chart.series[0]] }, "item"),
    xAxis: { type: "category", data: chart.labels, ...axis() },
    yAxis: { type: "category", data: chart.rows, ...axis() },
    visualMap: { show: false, min: 0, max: Math.max(...chart.series[0].values.map((cell) => cell[2])), inRange: { color: ["#f2f9fa", "#cfe7ec", "#8cc4cf"] } },
    series: [{
      name: chart.series[0].name,
      type: "heatmap",
      data: chart.series[0].values,
      label: { show: true, color: token("--ink"), fontFamily: token("--font"), formatter: (cell) => written(cell.data[2]) },
      itemStyle: { borderColor: "#fff", borderWidth: 2 },
    }],
  }),
};

function tableOf(chart) {
  const table = document.createElement("table");
  table.className = "grid";
  const heat = chart.kind === "heat";
  const head = table.createTHead().insertRow();
  for (const name of [chart.heading || "Строка", ...(heat ? chart.labels : chart.series.map((one) => one.name))]) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    head.append(cell);
  }
  const body = table.createTBody();
  const lines = heat
    ? chart.rows.map((name, y) => [name, ...chart.labels.map((_, x) => chart.series[0].values.find((one) => one[0] === x && one[1] === y)?.[2])])
    : chart.labels.map((name, n) => [name, ...chart.series.map((one) => one.values[n])]);
  for (const [n, line] of lines.entries()) fillRow(body.insertRow(), line, chart.links?.[n]);
  return table;
}

function fillRow(row, [name, ...values], link) {
  const title = row.insertCell();
  title.dataset.role = "title";
  const place = link ? title.appendChild(Object.assign(document.createElement("a"), { href: link })) : title;
  place.textContent = name;
  for (const value of values) Object.assign(row.insertCell(), { textContent: written(value), className: "number" }).dataset.role = "aside";
}

customElements.define("x-chart", class extends HTMLElement {
  async connectedCallback() {
    if (this.chart || this.dataset.state) return;
    this.dataset.state = "loading";
    try {
      const url = new URL(this.getAttribute("src"), location.href);
      const [library, answer] = await Promise.all([load(), fetch(url)]);
      if (!answer.ok) throw new Error(answer.statusText);
      this.chart = await answer.json();
      this.library = library;
      this.draw();
    } catch {
      this.dataset.state = "failed";
      this.textContent = "Диаграмма не загрузилась. Остальная страница работает; обновите её, чтобы повторить.";
    }
  }

  disconnectedCallback() {
    this.watch?.disconnect();
    this.drawing?.dispose();
  }

  draw() {
    const empty = !this.chart.labels.length;
    this.dataset.state = empty ? "empty" : "drawn";
    this.replaceChildren();
    if (empty) {
      this.textContent = "За этот период данных нет.";
      return;
    }
    this.role = "img";
    this.ariaLabel = `${this.title || this.dataset.title}. Те же данные открываются таблицей.`;
    this.drawing = this.library.init(this, null, { renderer: "svg" });
    this.drawing.setOption(KINDS[this.chart.kind](this.chart));
    this.drawing.on("click", (point) => {
      const link = this.chart.links?.[point.dataIndex];
      if (link) location.href = link;
    });
    this.watch = new ResizeObserver(() => this.drawing?.resize());
    this.watch.observe(this);
  }

  asTable() {
    if (!this.chart?.labels.length) return false;
    if (this.dataset.state === "table") {
      this.removeAttribute("tabindex");
      this.draw();
      return false;
    }
    this.disconnectedCallback();
    this.drawing = null;
    this.dataset.state = "table";
    this.role = "region";
    this.tabIndex = 0;
    this.replaceChildren(tableOf(this.chart));
    return true;
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-as-table]");
  if (button) button.setAttribute("aria-pressed", button.closest(".card").querySelector("x-chart").asTable());
});
