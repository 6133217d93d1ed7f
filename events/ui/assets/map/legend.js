/** The legend: whose colour is whose, how many events a size or a colour stands for, how exactly places are known. */
(function (Furat) {
  "use strict";

  /** A narrower map starts with its legend folded to one line, and a still narrower one to a button, px. */
  const ROOMY_PX = 900;
  const NARROW_PX = 480;
  /** Height of the folded legend with three lines, px. */
  const STRIP_PX = 64;
  const { make, makeButton, drawSvg } = Furat;

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

  /** A hexagon as on the map, its edge dashed where most is known only to the town. */
  function hexagonIcon(colour, dashed) {
    const points = "9,0.8 16.1,4.9 16.1,13.1 9,17.2 1.9,13.1 1.9,4.9";
    const edge = dashed ? { stroke: "#2b2620", "stroke-dasharray": "4 3", "stroke-width": 1.2 } : {};
    return drawSvg(18, [["polygon", { points, fill: colour, ...edge }]]);
  }

  /** Units of ground by which heat is told, and how many of each make 100 km². */
  const HEAT_UNITS = [
    [(text) => text.legend_heat_wide, 1],
    [(text) => text.legend_heat_km, 100],
    [(text) => text.legend_heat_hectare, 1e4],
    [(text) => text.legend_heat_are, 1e6],
  ];
  /** Side of a square that weighs in the eye what one event's smear does, px. */
  const SPOT_PX = 32;

  /** The unit nearest to the ground that one smear covers on the screen: so its number is near the spot's events. */
  function heatUnit(zoom, lat) {
    const km = ((40075.016686 * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** zoom)) * SPOT_PX;
    const away = ([, n]) => Math.abs(Math.log((100 / n) / km ** 2));
    return HEAT_UNITS.reduce((best, unit) => (away(unit) < away(best) ? unit : best));
  }

  /** Round numbers for the legend, from one event to the fullest symbol. */
  function legendSizes(most) {
    const steps = [];
    for (let power = 1; power <= most; power *= 10) steps.push(power, 2 * power, 5 * power);
    const fitting = steps.filter((n) => n <= most);
    if (fitting.length < 4) return fitting;
    return [fitting[0], fitting[Math.round((fitting.length - 1) * 0.6)], fitting[fitting.length - 1]];
  }

  Furat.Legend = class {
    /** @param {L.Map} map */
    constructor(map) {
      this.map = map;
      this.root = make("section", "furat-card furat-legend");
      this.text = {};
      this.sides = [];
      this.plain = false; // places of the gazetteer, not events: no legend
      this.folded = map.getContainer().clientWidth < ROOMY_PX;
      this.shown = null; // what it was last shown for, and whether there was little room
      // The page gives the frame its width after the events may have come, and a phone can be turned.
      map.on("resize", () => {
        if (this.shown && this.shown.narrow !== this._narrow) this.show(this.shown.shown, this.shown.lang);
      });
    }

    /**
     * @param {{draw: string, layer: object, left: number}} shown how the events are drawn, by which layer, and how
     *   many are left out since their places are too vague for that
     * @param {"en"|"ar"} lang
     */
    show(shown, lang) {
      const { text } = this;
      this.shown = { shown, lang, narrow: this._narrow };
      this.root.hidden = this.plain;
      const focused = this.root.contains(document.activeElement);
      const head = makeButton("furat-legend-head", "", () => {
        this.folded = !this.folded;
        this.show(shown, lang);
      });
      head.append(make("span", "", text.legend), make("span", "furat-chevron"));
      head.setAttribute("aria-expanded", String(!this.folded));
      this.root.setAttribute("aria-label", text.legend);
      this.root.classList.toggle("furat-folded", this.folded);
      this.root.replaceChildren(head);
      if (focused) head.focus();
      const parts = {
        symbols: () => this._ofSymbols(shown.layer, lang),
        heat: () => this._ofHeat(shown.layer),
        hexagons: () => this._ofHexagons(shown.layer),
      }[shown.draw]();
      this.root.append(...parts);
      // Said even where the legend is folded: the map shows less than the page counts.
      if (shown.left > 0) this.root.append(this._leftOut(shown.left));
    }

    /** How many events are not drawn; why, in a word where the legend is folded. */
    _leftOut(n) {
      const whole = Furat.plural(this.text, "left", n);
      const said = make("p", "furat-left", this.folded ? Furat.plural(this.text, "undrawn", n) : whole);
      if (this.folded) said.title = whole;
      return said;
    }

    /** How much of the map it covers: its width at the side where lines end, or its height below, px. */
    cover() {
      if (this.plain) return { aside: 0, below: 0 };
      const strip = this.folded && this.map.getSize().x >= NARROW_PX;
      return { aside: this.folded ? 0 : this.root.offsetWidth, below: strip ? STRIP_PX : 0 };
    }

    /** A side's colour and letter. */
    chip({ colour, letter }) {
      const chip = make("span", "furat-chip", letter);
      chip.style.backgroundColor = colour;
      chip.style.color = Furat.inkOn(colour);
      chip.setAttribute("aria-hidden", "true");
      return chip;
    }

    get _narrow() {
      return this.map.getSize().x < NARROW_PX;
    }

    _ofSymbols(layer, lang) {
      const { text } = this;
      const symbols = layer.entries;
      if (this.folded) {
        const present = this.sides.filter(({ id }) => symbols.some((symbol) => (symbol.sides || {})[id] > 0));
        return this._narrow ? [] : [this._sides(present, lang)];
      }
      return [
        make("h2", "", text.legend_sides),
        this._sides(this.sides, lang),
        make("h2", "", text.legend_sizes),
        this._sizes(layer.scale(), symbols.reduce((most, { n }) => Math.max(most, n), 1)),
        make("h2", "", text.legend_precision),
        this._precisions(["site", "town", "area"].map((kind) => [precisionIcon(kind), text["precision_" + kind]])),
      ];
    }

    /** A bar of the colours with three numbers: none, a quarter of the most, the most. */
    _ofHeat(layer) {
      if (!(layer.densest > 0) || (this.folded && this._narrow)) return [];
      const ramp = make("div", "furat-ramp");
      const stops = [0, 0.2, 0.4, 0.6, 0.8, 1].map(Furat.rampColour);
      ramp.style.backgroundImage = `linear-gradient(to ${document.dir === "rtl" || this.root.closest("[dir=rtl]") ? "left" : "right"}, ${stops.join(", ")})`;
      const scale = make("div", "furat-ramp-scale");
      const [title, per100Km2] = heatUnit(this.map.getZoom(), this.map.getCenter().lat);
      const most = layer.densest / per100Km2;
      // Colours go by the square root, so the middle of the bar is a quarter of the most.
      for (const n of [0, most / 4, most]) scale.append(make("span", "", this._density(n)));
      const bar = make("div", "furat-heat");
      bar.append(ramp, scale);
      return [make("h2", "", title(this.text)), bar];
    }

    _density(n) {
      return n >= 10 || n === 0 ? Furat.shortNumber(Math.round(n)) : Furat.number(Number(n.toPrecision(1)));
    }

    _ofHexagons(layer) {
      if (!layer.entries.length || (this.folded && this._narrow)) return [];
      const { text } = this;
      const classes = layer.classes().map(({ from, to, colour }) => {
        const most = to === null && from > 1 ? text.or_more.replace("{n}", Furat.number(from)) : Furat.number(from);
        return { icon: hexagonIcon(colour, false), words: to > from ? `${Furat.number(from)}–${Furat.number(to)}` : most };
      });
      const title = make("h2", "", text.legend_hexagons);
      if (this.folded) return [title, this._steps(classes)];
      const list = make("ul", "furat-classes");
      for (const { icon, words } of classes) {
        const row = make("li", "");
        row.append(icon, make("span", "", words));
        list.appendChild(row);
      }
      return [title, list, this._precisions([[hexagonIcon("#e4ddd1", true), text.mostly_vague]])];
    }

    /** The classes in a row, numbers at its ends only. */
    _steps(classes) {
      const row = make("div", "furat-steps");
      row.append(make("span", "", classes[0].words), ...classes.map(({ icon }) => icon));
      if (classes.length > 1) row.append(make("span", "", classes[classes.length - 1].words));
      return row;
    }

    _sides(sides, lang) {
      const list = make("ul", "furat-sides");
      list.setAttribute("role", "list"); // folded it has no box of its own, and some browsers then forget what it is
      for (const side of sides) {
        const row = make("li", "");
        row.append(this.chip(side), make("span", "furat-side", Furat.nameOf(side, lang)));
        list.appendChild(row);
      }
      return list;
    }

    _sizes(scale, most) {
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

    _precisions(kinds) {
      const list = make("ul", "furat-precisions");
      for (const [icon, words] of kinds) {
        const row = make("li", "");
        row.append(icon, make("span", "", words));
        list.appendChild(row);
      }
      return list;
    }
  };
})(window.Furat);
