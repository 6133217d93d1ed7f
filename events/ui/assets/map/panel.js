/** What stands around the map: zoom, legend, scale, messages, tooltip, and the symbols as a list for the keyboard. */
(function (Furat) {
  "use strict";

  /** A narrower map starts with its legend folded to one line, and a still narrower one to a button, px. */
  const ROOMY_PX = 900;
  const NARROW_PX = 480;
  /** Height of the folded legend with two lines of sides, px. */
  const STRIP_PX = 48;
  const MOST_LISTED = 300;
  const SVG = "http://www.w3.org/2000/svg";

  /**
   * Makes an element. Text only ever arrives through `textContent`.
   * @param {string} tag
   * @param {string} className
   * @param {string} [text]
   * @returns {HTMLElement}
   */
  function make(tag, className, text) {
    const element = document.createElement(tag);
    element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function makeButton(className, title, onClick, text) {
    const button = make("button", className, text);
    button.type = "button";
    if (title) {
      button.title = title;
      button.setAttribute("aria-label", title);
    }
    button.addEventListener("click", onClick);
    return button;
  }

  function drawSvg(size, shapes) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("width", String(size));
    svg.setAttribute("height", String(size));
    svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
    svg.setAttribute("aria-hidden", "true");
    for (const [name, attributes] of shapes) {
      const shape = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, String(value));
      svg.appendChild(shape);
    }
    return svg;
  }

  const icon = (path) => drawSvg(18, [["path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.8 }]]);

  /** The three ways a place is known, drawn as on the map. */
  function precisionIcon(precision) {
    const edge = { cx: 13, cy: 13, r: 7, fill: "#b9b1a5", stroke: "#2b2620", "stroke-width": 1.5 };
    if (precision === "site") return drawSvg(26, [["circle", edge]]);
    if (precision === "town") return drawSvg(26, [["circle", { ...edge, "stroke-dasharray": "4 3" }]]);
    const dotted = { "stroke-linecap": "round" };
    return drawSvg(26, [
      ["circle", { cx: 13, cy: 13, r: 11.6, fill: "rgba(92,78,58,.15)", stroke: "rgba(92,78,58,.75)", "stroke-width": 1.6, "stroke-dasharray": "0.1 4", ...dotted }],
      ["circle", { ...edge, r: 5.6, fill: "#fffdf9", stroke: "#b9b1a5", "stroke-width": 3 }],
      ["circle", { ...edge, r: 7.2, fill: "none", "stroke-dasharray": "0.1 3.2", ...dotted }],
    ]);
  }

  /** Round numbers for the legend, from one event to the fullest symbol. */
  function legendSizes(most) {
    const steps = [];
    for (let power = 1; power <= most; power *= 10) steps.push(power, 2 * power, 5 * power);
    const fitting = steps.filter((n) => n <= most);
    if (fitting.length < 4) return fitting;
    return [fitting[0], fitting[Math.round((fitting.length - 1) * 0.6)], fitting[fitting.length - 1]];
  }

  Furat.Panel = class {
    /**
     * @param {L.Map} map
     * @param {{fit: function, retry: function, pick: function(object), light: function(object|null), clear: function}} act
     */
    constructor(map, act) {
      this.map = map;
      this.act = act;
      this.text = {};
      this.plain = false; // places of the gazetteer, not events
      this.sides = [];
      this.folded = map.getContainer().clientWidth < ROOMY_PX;
      this.entries = [];
      this.root = make("div", "furat-ui");
      this.zoom = make("div", "furat-zoom");
      this.legend = make("section", "furat-card furat-legend");
      this.foot = make("div", "furat-foot");
      this.scale = make("div", "furat-scale");
      this.credit = make("div", "furat-credit");
      this.note = make("div", "furat-note");
      this.tooltip = make("div", "furat-tooltip");
      this.list = make("div", "furat-list");
      this.credit.dir = "auto";
      this.note.setAttribute("role", "status");
      this.tooltip.hidden = true;
      this.list.setAttribute("role", "group");
      const bottom = make("div", "furat-bottom");
      this.foot.append(this.scale, this.credit);
      bottom.append(this.legend, this.foot);
      this.root.append(this.list, this.zoom, this.note, bottom, this.tooltip);
      map.getContainer().appendChild(this.root);
      for (const part of [this.zoom, this.legend, this.note, this.credit, this.list]) {
        L.DomEvent.disableClickPropagation(part);
        L.DomEvent.disableScrollPropagation(part);
        // Leaflet looks for its mark above the clicked element, which may be gone from the page by then.
        part.addEventListener("click", (event) => event.stopPropagation());
      }
      this.list.addEventListener("keydown", (event) => this._walk(event));
      map.on("move zoomend resize", () => this.drawScale());
    }

    /**
     * Words everything anew.
     * @param {Record<string, string>} text strings by key, see `strings()` in events/ui/map.py
     * @param {"en"|"ar"} lang
     */
    setLanguage(text, lang) {
      this.text = text;
      this.root.dir = lang === "ar" ? "rtl" : "ltr";
      this.root.lang = lang;
      document.documentElement.lang = lang;
      document.title = text.map;
      // streamlit-folium names the frame after itself; a screen reader shall hear what it is.
      if (window.frameElement) window.frameElement.setAttribute("aria-label", text.map);
      const container = this.map.getContainer();
      container.setAttribute("role", "region");
      container.setAttribute("aria-label", text.map);
      this.list.setAttribute("aria-label", text.symbols);
      this.zoom.replaceChildren();
      for (const [title, path, onClick] of [
        [text.zoom_in, "M9 3v12M3 9h12", () => this.map.zoomIn()],
        [text.zoom_out, "M3 9h12", () => this.map.zoomOut()],
        [text.fit, "M3 7V3h4M11 3h4v4M15 11v4h-4M7 15H3v-4", () => this.act.fit()],
      ]) {
        const button = makeButton("furat-button", title, onClick);
        button.appendChild(icon(path));
        this.zoom.appendChild(button);
      }
      this.drawScale();
    }

    /**
     * @param {Array<object>} symbols those in view
     * @param {number} scale px of radius for the square root of one event
     * @param {"en"|"ar"} lang
     */
    drawLegend(symbols, scale, lang) {
      const { text } = this;
      this.legend.hidden = this.plain;
      const focused = this.legend.contains(document.activeElement);
      const head = makeButton("furat-legend-head", "", () => {
        this.folded = !this.folded;
        this.drawLegend(symbols, scale, lang);
      });
      head.append(make("span", "", text.legend), make("span", "furat-chevron"));
      head.setAttribute("aria-expanded", String(!this.folded));
      this.legend.setAttribute("aria-label", text.legend);
      this.legend.classList.toggle("furat-folded", this.folded);
      this.legend.replaceChildren(head);
      if (focused) head.focus();
      if (this.folded) {
        const present = this.sides.filter(({ id }) => symbols.some((symbol) => (symbol.sides || {})[id] > 0));
        if (this.map.getSize().x >= NARROW_PX) this.legend.append(this._legendSides(present, lang));
        return;
      }
      this.legend.append(
        make("h2", "", text.legend_sides),
        this._legendSides(this.sides, lang),
        make("h2", "", text.legend_sizes),
        this._legendSizes(scale, symbols.reduce((most, { n }) => Math.max(most, n), 1)),
        make("h2", "", text.legend_precision),
        this._legendPrecisions(),
      );
    }

    /** How much of the map the legend covers: its width at the side where lines end, or its height below, px. */
    legendCover() {
      if (this.plain) return { aside: 0, below: 0 };
      const strip = this.folded && this.map.getSize().x >= NARROW_PX;
      return { aside: this.folded ? 0 : this.legend.offsetWidth, below: strip ? STRIP_PX : 0 };
    }

    _legendSides(sides, lang) {
      const list = make("ul", "furat-sides");
      for (const side of sides) {
        const row = make("li", "");
        const name = make("span", "furat-side", Furat.nameOf(side, lang));
        name.title = name.textContent;
        row.append(this._chip(side), name);
        list.appendChild(row);
      }
      return list;
    }

    _legendSizes(scale, most) {
      const row = make("div", "furat-sizes");
      const floor = Furat.radius(0, scale);
      const sizes = legendSizes(most);
      // Below this count all symbols have the smallest size there is.
      const least = Math.floor((floor / scale) ** 2);
      for (const n of least > 1 ? [least, ...sizes.filter((size) => size > 2 * least).slice(-2)] : sizes) {
        const r = Furat.radius(n, scale);
        const cell = make("figure", "");
        const shape = { cx: r + 1, cy: r + 1, r, fill: "#e4ddd1", stroke: "#2b2620", "stroke-width": 1.2 };
        const caption = n === least && least > 1 ? this.text.at_most.replace("{n}", Furat.number(n)) : Furat.number(n);
        cell.append(drawSvg(2 * r + 2, [["circle", shape]]), make("figcaption", "", caption));
        row.appendChild(cell);
      }
      return row;
    }

    _legendPrecisions() {
      const list = make("ul", "furat-precisions");
      for (const precision of ["site", "town", "area"]) {
        const row = make("li", "");
        row.append(precisionIcon(precision), make("span", "", this.text["precision_" + precision]));
        list.appendChild(row);
      }
      return list;
    }

    _chip({ colour, letter }) {
      const chip = make("span", "furat-chip", letter);
      chip.style.backgroundColor = colour;
      chip.style.color = Furat.inkOn(colour);
      chip.setAttribute("aria-hidden", "true");
      return chip;
    }

    /** A round distance and how wide it is on the screen, at the middle of the map. */
    drawScale() {
      const size = this.map.getSize();
      if (!this.text.km || !size.x) return;
      const y = size.y / 2;
      const metres = this.map.distance(
        this.map.containerPointToLatLng([0, y]),
        this.map.containerPointToLatLng([100, y]),
      );
      if (!(metres > 0)) return;
      const power = 10 ** Math.floor(Math.log10(metres));
      const round = [5, 3, 2, 1].find((step) => step * power <= metres) * power;
      const words = round >= 1000 ? this.text.km.replace("{n}", Furat.number(round / 1000)) : this.text.m.replace("{n}", Furat.number(round));
      this.scale.style.width = Math.round((100 * round) / metres) + "px";
      this.scale.textContent = words;
    }

    /** @param {Array<string>} credits whose data is drawn */
    setCredits(credits) {
      this.credit.textContent = credits.filter(Boolean).join(" · ");
    }

    /**
     * One message at a time, in the middle of the upper edge; nothing when `words` is empty.
     * @param {string} words
     * @param {{alarm?: boolean, again?: boolean}} [how]
     */
    say(words, { alarm = false, again = false } = {}) {
      if (this.said === words + alarm) return;
      this.said = words + alarm;
      this.note.setAttribute("role", alarm ? "alert" : "status");
      this.note.classList.toggle("furat-alarm", alarm);
      this.note.replaceChildren();
      if (!words) return;
      this.note.append(make("span", "", words));
      if (again) this.note.append(makeButton("furat-again", "", () => this.act.retry(), this.text.retry));
    }

    /**
     * @param {object|null} symbol @param {{x: number, y: number, r: number}} [spot] in px of the map's frame
     * @param {"en"|"ar"} [lang]
     */
    showTooltip(symbol, spot, lang) {
      const { tooltip, text } = this;
      tooltip.hidden = !symbol;
      if (!symbol) return;
      const rows = make("ul", "furat-sides");
      for (const side of this.sides) {
        const n = (symbol.sides || {})[side.id];
        if (!(n > 0)) continue;
        const row = make("li", "");
        row.append(this._chip(side), make("span", "", Furat.nameOf(side, lang)), make("b", "", Furat.number(n)));
        rows.appendChild(row);
      }
      tooltip.replaceChildren(make("strong", "", Furat.nameOf(symbol, lang)));
      if (!this.plain) tooltip.append(make("span", "furat-count", Furat.plural(text, "events", symbol.n)), rows);
      const vague = Number(symbol.vague) || 0;
      const known =
        symbol.precision !== "area" && vague > 0 && vague < symbol.n
          ? text.vague.replace("{n}", Furat.number(vague)).replace("{total}", Furat.number(symbol.n))
          : text["precision_" + symbol.precision];
      tooltip.append(make("em", "", known || ""));
      if (symbol.n_places > 1) tooltip.append(make("em", "", Furat.plural(text, "places", symbol.n_places)));
      const size = this.map.getSize();
      const { offsetWidth: width, offsetHeight: height } = tooltip;
      const above = spot.y - spot.r - 10 - height;
      const left = Math.min(Math.max(6, spot.x - width / 2), Math.max(6, size.x - width - 6));
      const top = above >= 6 ? above : Math.min(spot.y + spot.r + 10, Math.max(6, size.y - height - 6));
      tooltip.style.left = Math.round(left) + "px";
      tooltip.style.top = Math.round(top) + "px";
    }

    /**
     * The symbols as buttons that only the keyboard and screen readers meet: one stop for the
     * Tab key, arrows from one to the next.
     * @param {Array<object>} symbols
     */
    listSymbols(symbols, lang, selected) {
      const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      this.entries = [...symbols].sort((a, b) => b.n - a.n).slice(0, MOST_LISTED);
      const buttons = this.entries.map((symbol) => {
        const sides = this.sides
          .filter(({ id }) => (symbol.sides || {})[id] > 0)
          .map((side) => `${Furat.nameOf(side, lang)} ${Furat.number(symbol.sides[side.id])}`);
        const counted = this.plain ? [] : [Furat.plural(this.text, "events", symbol.n), ...sides];
        const words = [Furat.nameOf(symbol, lang), ...counted];
        const button = makeButton("", "", () => this.act.pick(symbol), words.join(", "));
        button.dataset.key = symbol.key;
        button.setAttribute("aria-pressed", String(selected(symbol)));
        button.addEventListener("focus", () => this.act.light(symbol));
        button.addEventListener("blur", () => this.act.light(null));
        button.tabIndex = -1;
        return button;
      });
      this.list.replaceChildren(...buttons);
      const again = buttons.find((button) => button.dataset.key === focused);
      const stop = again || buttons[0];
      if (stop) stop.tabIndex = 0;
      if (again) again.focus({ preventScroll: true });
    }

    /** The list's own picture of what is picked. */
    markSelected(selected) {
      this.entries.forEach((symbol, index) => {
        this.list.children[index].setAttribute("aria-pressed", String(selected(symbol)));
      });
    }

    _walk(event) {
      const buttons = [...this.list.children];
      const here = buttons.indexOf(document.activeElement);
      const forward = this.root.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
      const back = this.root.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
      const to = {
        ArrowDown: here + 1,
        [forward]: here + 1,
        ArrowUp: here - 1,
        [back]: here - 1,
        Home: 0,
        End: buttons.length - 1,
      }[event.key];
      if (to === undefined || here < 0) return;
      event.preventDefault();
      event.stopPropagation();
      const next = buttons[Math.min(buttons.length - 1, Math.max(0, to))];
      buttons[here].tabIndex = -1;
      next.tabIndex = 0;
      next.focus({ preventScroll: true });
    }
  };
})(window.Furat);
