// Puts a Plotly chart over the server's own picture, once it has drawn:
//
//   <div class="plot" id="radar">…the server's SVG…</div>
//   <script type="application/json" data-plot="radar">{"data": […], "layout": {…}}</script>
//
// Without Plotly, in forced colours, on paper, or if anything goes wrong, the server's picture stays. Nothing moves or
// fades while they change places, so there is no motion to reduce.

const FORCED = window.matchMedia("(forced-colors: active)");
const HOVERS = window.matchMedia("(hover: hover)");
const UNIT = 360; // px: the box a scaling figure is made for

const config = () => ({
  displayModeBar: false,
  displaylogo: false,
  doubleClick: false,
  scrollZoom: false,
  showAxisDragHandles: false,
  showTips: false,
  staticPlot: !HOVERS.matches, // a finger on the picture scrolls the page
});

/** A radar grows with its box, its words do not: they take the size the stylesheet gives those of the server's picture. */
function scaled(figure, drawn, width, height) {
  const scale = width / UNIT;
  const size = parseFloat(getComputedStyle(drawn.querySelector("text")).fontSize) * scale;
  const words = size / figure.layout.font.size;
  return {
    data: figure.data.map((trace) => ({ ...trace, marker: { ...trace.marker, size: trace.marker.size * scale } })),
    layout: {
      ...figure.layout,
      width,
      height,
      font: { ...figure.layout.font, size },
      annotations: figure.layout.annotations.map((note) => ({ ...note, yshift: (note.yshift || 0) * words })),
    },
  };
}

/** Lanes keep their pixels and only widen. Names, scale and rules stay the page's own: Plotly draws what is in the rows. */
function laid(figure, lanes, width, height) {
  const box = lanes.getBoundingClientRect();
  const rows = [...lanes.querySelectorAll(".lane:not(.lane--axis) > svg")].map((row) => row.getBoundingClientRect());
  const pitch = rows.length > 1 ? (rows.at(-1).top - rows[0].top) / (rows.length - 1) : rows[0].height;
  if (rows.some((row, k) => Math.abs(row.top - rows[0].top - k * pitch) > 1)) throw new Error("rows of unequal height");
  const t = rows[0].top - box.top + figure.layout.meta.line - pitch / 2;
  const margin = { l: rows[0].left - box.left, r: box.right - rows[0].right, t, b: height - t - rows.length * pitch, pad: 0 };
  const bare = { showticklabels: false, showgrid: false };
  const { xaxis, yaxis } = figure.layout;
  const axes = { xaxis: { ...xaxis, ...bare }, yaxis: { ...yaxis, ...bare } };
  return { data: figure.data, layout: { ...figure.layout, ...axes, width, height, margin } };
}

function fitted(figure, drawn) {
  const { width, height } = drawn.getBoundingClientRect();
  return (figure.layout.meta.scales ? scaled : laid)(figure, drawn, width, height);
}

/** A layer over the box. Over a radar it says what that picture says; lanes go on saying it themselves. */
function layer(box, drawn) {
  const over = document.createElement("div");
  over.className = "plot__drawn";
  const words = [...drawn.querySelectorAll(":scope > title, :scope > desc")].map((part) => part.textContent);
  if (words.length) {
    over.setAttribute("role", "img");
    over.setAttribute("aria-label", words.join(". "));
  } else {
    over.setAttribute("aria-hidden", "true");
  }
  box.append(over);
  return over;
}

class Plot {
  constructor(script) {
    this.figure = JSON.parse(script.textContent);
    this.box = document.getElementById(script.dataset.plot);
    this.drawn = this.box.firstElementChild;
    this.box.classList.toggle("plot--lanes", !this.figure.layout.meta.scales);
    this.size = "";
  }

  watch() {
    const again = () => requestAnimationFrame(() => this.draw());
    new ResizeObserver(again).observe(this.box);
    FORCED.addEventListener("change", again);
  }

  async draw() {
    if (FORCED.matches) return this.leave();
    const { width, height } = this.drawn.getBoundingClientRect();
    if (!width || this.size === `${width} ${height}`) return;
    this.size = `${width} ${height}`;
    try {
      this.over ||= layer(this.box, this.drawn);
      const { data, layout } = fitted(this.figure, this.drawn);
      await Plotly.react(this.over, data, layout, config());
      this.box.classList.add("plot--drawn");
    } catch (error) {
      this.leave();
      console.warn("The chart could not be drawn; the page's own picture stays.", error);
    }
  }

  leave() {
    this.box.classList.remove("plot--drawn");
    if (this.over) Plotly.purge(this.over);
    this.over?.remove();
    this.over = null;
    this.size = "";
  }
}

if (typeof Plotly !== "undefined") {
  for (const script of document.querySelectorAll('script[type="application/json"][data-plot]')) new Plot(script).watch();
}
