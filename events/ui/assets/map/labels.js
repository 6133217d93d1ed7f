/** Names on the map, in the reader's language, placed so that none covers another or a symbol. */
(function (Furat) {
  "use strict";

  /** First zoom at which a rank appears. */
  const FIRST_ZOOM = { 1: 0, 2: 8, 3: 11 };
  const HALO = "rgba(250, 247, 241, 0.92)";
  /** Look by kind; towns and everything not listed here use `POINT` by rank. */
  const AREA = {
    country: { px: 13, weight: 600, ink: "#8b8071", upper: true, spacing: 2.5, from: 0, to: 8 },
    governorate: { px: 11, weight: 400, ink: "#94897a", upper: true, spacing: 1.4, from: 7, to: 11 },
    district: { px: 11, weight: 400, ink: "#94897a", spacing: 0.8, from: 10, to: 13 },
    region: { px: 12, weight: 400, ink: "#94897a", spacing: 1, from: 7, to: 11 },
    river: { px: 12, weight: 400, ink: "#4f8199", italic: true, from: 7, to: 18 },
    lake: { px: 11, weight: 400, ink: "#4f8199", italic: true, from: 8, to: 18 },
    sea: { px: 14, weight: 400, ink: "#5f90a8", italic: true, spacing: 2, from: 0, to: 18 },
  };
  const POINT = {
    1: { px: 13.5, weight: 600, ink: "#3d382f", dot: 2.6 },
    2: { px: 12, weight: 400, ink: "#4a443a", dot: 2.1 },
    3: { px: 11, weight: 400, ink: "#655d51", dot: 1.6 },
  };

  /** Boxes already taken, in 64 px buckets so that a crowded view stays quick. */
  class Taken {
    constructor() {
      this.buckets = new Map();
    }

    *_near(box) {
      for (let i = Math.floor(box.x0 / 64); i <= Math.floor(box.x1 / 64); i += 1) {
        for (let j = Math.floor(box.y0 / 64); j <= Math.floor(box.y1 / 64); j += 1) yield i + "," + j;
      }
    }

    add(box) {
      for (const bucket of this._near(box)) {
        if (!this.buckets.has(bucket)) this.buckets.set(bucket, []);
        this.buckets.get(bucket).push(box);
      }
    }

    /** How much of a box is taken already, in px². */
    overlap(box) {
      let area = 0;
      for (const bucket of this._near(box)) {
        for (const other of this.buckets.get(bucket) || []) {
          const width = Math.min(box.x1, other.x1) - Math.max(box.x0, other.x0);
          const height = Math.min(box.y1, other.y1) - Math.max(box.y0, other.y0);
          if (width > 0 && height > 0) area += width * height;
        }
      }
      return area;
    }
  }

  /** A circle as three boxes: close enough for text to nestle against it. */
  function circleBoxes({ x, y, r }) {
    return [
      { x0: x - r, x1: x + r, y0: y - r * 0.45, y1: y + r * 0.45 },
      { x0: x - r * 0.72, x1: x + r * 0.72, y0: y - r * 0.72, y1: y + r * 0.72 },
      { x0: x - r * 0.45, x1: x + r * 0.45, y0: y - r, y1: y + r },
    ];
  }

  Furat.Labels = Furat.CanvasLayer.extend({
    options: { pane: "furat-labels", padding: 0.25 },

    initialize: function () {
      Furat.CanvasLayer.prototype.initialize.call(this);
      this._labels = [];
      this._lang = "en";
      this._circles = [];
      this._hidden = false;
      this._widths = new Map();
    },

    /** @param {Array<{lat: number, lon: number, name_en: string, name_ar: string, rank: number, kind: string}>} labels */
    setLabels: function (labels) {
      this._labels = labels
        .map((label, index) => ({ ...label, rank: Math.min(3, Math.max(1, Number(label.rank) || 3)), index }))
        .filter((label) => Number.isFinite(label.lat) && Number.isFinite(label.lon))
        .sort((a, b) => a.rank - b.rank || a.index - b.index);
      this.redraw();
    },

    /** @param {"en"|"ar"} lang */
    setLang: function (lang) {
      if (lang === this._lang) return;
      this._lang = lang;
      this.redraw();
    },

    /** @param {Array<{x: number, y: number, r: number}>} circles the symbols, in layer points */
    setCircles: function (circles) {
      this._circles = circles;
      this.redraw();
    },

    /** Online tiles bring names of their own. */
    setHidden: function (hidden) {
      if (hidden === this._hidden) return;
      this._hidden = hidden;
      this.redraw();
    },

    /** Widths were measured with another typeface: forget them. */
    fontsArrived: function () {
      this._widths.clear();
      this.redraw();
    },

    draw: function (ctx) {
      if (this._hidden) return;
      const zoom = this._map.getZoom();
      const taken = new Taken();
      for (const circle of this._circles) circleBoxes(circle).forEach((box) => taken.add(box));
      ctx.lineJoin = "round";
      ctx.textBaseline = "middle";
      ctx.textAlign = "center";
      ctx.direction = this._lang === "ar" ? "rtl" : "ltr";
      for (const label of this._labels) {
        const look = AREA[label.kind] || POINT[label.rank];
        const shown = AREA[label.kind] ? zoom >= look.from && zoom <= look.to : zoom >= FIRST_ZOOM[label.rank];
        if (!shown) continue;
        const point = this._map.latLngToLayerPoint([label.lat, label.lon]);
        if (this.covered().contains(point)) this._place(ctx, label, look, point, taken);
      }
    },

    /** Writes one name in the first place that is free, or not at all. */
    _place: function (ctx, label, look, point, taken) {
      const arabic = this._lang === "ar";
      const name = String((arabic ? label.name_ar : label.name_en) || label.name_en || label.name_ar || "");
      if (!name) return;
      const text = look.upper && !arabic ? name.toUpperCase() : name;
      ctx.font = `${look.italic && !arabic ? "italic " : ""}${look.weight} ${look.px}px ${Furat.FONT}`;
      // Spacing would tear Arabic letters apart.
      if ("letterSpacing" in ctx) ctx.letterSpacing = arabic ? "0px" : (look.spacing || 0) + "px";
      const width = this._width(ctx, text) / 2 + 2;
      const height = look.px * (arabic ? 0.72 : 0.6) + 1;
      const spot = this._spots(look, point, width, height).find(
        ({ x, y }) => taken.overlap({ x0: x - width, x1: x + width, y0: y - height, y1: y + height }) < 4,
      );
      if (!spot) return;
      taken.add({ x0: spot.x - width, x1: spot.x + width, y0: spot.y - height, y1: spot.y + height });
      if (look.dot && !this._under(point)) this._dot(ctx, look, point, taken);
      ctx.strokeStyle = HALO;
      ctx.lineWidth = 3.2;
      ctx.strokeText(text, spot.x, spot.y);
      ctx.fillStyle = look.ink;
      ctx.fillText(text, spot.x, spot.y);
    },

    /** Where a name may stand, best first; beside its symbol when one lies on it. */
    _spots: function (look, point, width, height) {
      if (!look.dot) return [point];
      const circle = this._under(point);
      const { x, y } = circle || point;
      const gap = circle ? circle.r + 3 : look.dot + 2;
      const side = this._lang === "ar" ? -1 : 1;
      return [
        { x, y: y + gap + height },
        { x: x + side * (gap + width), y },
        { x, y: y - gap - height },
        { x: x - side * (gap + width), y },
      ];
    },

    _under: function (point) {
      return this._circles.find(({ x, y, r }) => Math.hypot(x - point.x, y - point.y) < r);
    },

    _dot: function (ctx, look, { x, y }, taken) {
      ctx.beginPath();
      ctx.arc(x, y, look.dot, 0, 2 * Math.PI);
      ctx.fillStyle = "#fff";
      ctx.strokeStyle = look.ink;
      ctx.lineWidth = 1.1;
      ctx.fill();
      ctx.stroke();
      taken.add({ x0: x - look.dot, x1: x + look.dot, y0: y - look.dot, y1: y + look.dot });
    },

    _width: function (ctx, text) {
      const key = ctx.font + "|" + text;
      if (!this._widths.has(key)) this._widths.set(key, ctx.measureText(text).width);
      return this._widths.get(key);
    },
  });
})(window.Furat);
