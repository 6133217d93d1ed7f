/** Names on the map, in the reader's language, placed so that none covers another or a symbol. */
(function (Furat) {
  "use strict";

  /** First zoom at which a rank appears; a town waits one longer than a city of its rank. */
  const FIRST_ZOOM = { 1: 0, 2: 8, 3: 11 };
  const LESSER = new Set(["town", "district", "subdistrict"]);
  /** The same for rivers and lakes, by their own ranks. */
  const FIRST_ZOOM_WATER = { 1: 7, 2: 9, 3: 10 };
  /** Distance between two names on one river, and how much of its course decides the slope, px. */
  const RIVER_STEP_PX = 520;
  const SLOPE_PX = 34;
  const HALO = "rgba(250, 247, 241, 0.92)";
  /** Look by kind; towns and everything not listed here use `POINT` by rank. */
  const AREA = {
    country: { px: 13, weight: 600, ink: "#8b8071", upper: true, spacing: 2.5, from: 0, to: 8 },
    governorate: { px: 11, weight: 400, ink: "#94897a", upper: true, spacing: 1.4, from: 7, to: 11 },
    district: { px: 11, weight: 400, ink: "#94897a", spacing: 0.8, from: 10, to: 13 },
    region: { px: 12, weight: 400, ink: "#94897a", spacing: 1, from: 7, to: 11 },
  };
  const WATER = { px: 12, weight: 400, ink: "#41768f", italic: true, spacing: 0.6 };
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
      this._rivers = [];
      this._lakes = [];
      this._lang = "en";
      this._circles = [];
      this._hidden = false;
      this._quiet = false;
      this._widths = new Map();
    },

    /** @param {Array<{lat: number, lon: number, name_en: string, name_ar: string, rank: number, kind: string}>} labels */
    setLabels: function (labels) {
      this._labels = labels
        .map((label, index) => ({ ...label, rank: Math.min(3, Math.max(1, Number(label.rank) || 3)), index }))
        .filter((label) => Number.isFinite(label.lat) && Number.isFinite(label.lon))
        .sort((a, b) => a.rank - b.rank || LESSER.has(a.kind) - LESSER.has(b.kind) || a.index - b.index);
      this.redraw();
    },

    /**
     * Names for the waters of the base.
     * @param {object} rivers GeoJSON collection of lines @param {object} lakes of polygons
     */
    setWaters: function (rivers, lakes) {
      const about = ({ properties: p }) => ({ name_en: p.name_en, name_ar: p.name_ar, rank: p.rank });
      const many = ({ geometry: g }) => (g.type.startsWith("Multi") ? g.coordinates : [g.coordinates]);
      this._rivers = rivers.features.flatMap((river) => many(river).map((line) => ({ ...about(river), line })));
      this._lakes = lakes.features.map((lake) => {
        const ring = many(lake).map((polygon) => polygon[0]).sort((a, b) => b.length - a.length)[0];
        const bounds = L.latLngBounds(ring.map(([lon, lat]) => [lat, lon]));
        return { ...about(lake), bounds };
      });
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

    /** Over colours a pale name cannot be read: only those of towns and countries stay. */
    setQuiet: function (quiet) {
      if (quiet === this._quiet) return;
      this._quiet = quiet;
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
        const first = FIRST_ZOOM[label.rank] + (LESSER.has(label.kind) ? 1 : 0);
        const shown = AREA[label.kind] ? zoom >= look.from && zoom <= look.to : zoom >= first;
        if (!shown || (this._quiet && AREA[label.kind] && label.kind !== "country")) continue;
        const point = this._map.latLngToLayerPoint([label.lat, label.lon]);
        if (this.covered().contains(point)) this._place(ctx, label, look, point, taken);
      }
      if (this._quiet) return;
      for (const lake of this._lakes) this._placeLake(ctx, lake, zoom, taken);
      for (const river of this._rivers) this._placeRiver(ctx, river, zoom, taken);
    },

    /** A lake's name in its middle, where the lake is wide enough to carry it. */
    _placeLake: function (ctx, lake, zoom, taken) {
      if (zoom < FIRST_ZOOM_WATER[lake.rank]) return;
      const west = this._map.latLngToLayerPoint(lake.bounds.getNorthWest());
      const east = this._map.latLngToLayerPoint(lake.bounds.getSouthEast());
      const middle = west.add(east).divideBy(2);
      if (east.x - west.x > 36 && this.covered().contains(middle)) this._place(ctx, lake, WATER, middle, taken);
    },

    /** A river's name along its course, again and again. */
    _placeRiver: function (ctx, river, zoom, taken) {
      if (zoom < FIRST_ZOOM_WATER[river.rank]) return;
      const view = this.covered();
      const points = river.line.map(([lon, lat]) => this._map.latLngToLayerPoint([lat, lon]));
      let since = RIVER_STEP_PX * 0.6;
      for (let at = 1; at < points.length; at += 1) {
        const step = points[at].distanceTo(points[at - 1]);
        since += step;
        if (since < RIVER_STEP_PX || !view.contains(points[at])) continue;
        let [from, to] = [at, at];
        while (from > 0 && points[from].distanceTo(points[at]) < SLOPE_PX) from -= 1;
        while (to < points.length - 1 && points[to].distanceTo(points[at]) < SLOPE_PX) to += 1;
        const along = points[to].subtract(points[from]);
        // Written so that it never stands on its head.
        const slope = Math.atan(along.y / (along.x || 1e-6));
        // Beside the water, not on it.
        const beside = { x: points[at].x + 10 * Math.sin(slope), y: points[at].y - 10 * Math.cos(slope) };
        if (this._place(ctx, river, WATER, L.point(beside), taken, slope)) since = 0;
        else since = RIVER_STEP_PX - 40;
      }
    },

    /** Writes one name in the first place that is free; says whether there was one. */
    _place: function (ctx, label, look, point, taken, slope = 0) {
      const arabic = this._lang === "ar";
      const name = String((arabic ? label.name_ar : label.name_en) || label.name_en || label.name_ar || "");
      if (!name) return false;
      const text = look.upper && !arabic ? name.toUpperCase() : name;
      ctx.font = `${look.italic && !arabic ? "italic " : ""}${look.weight} ${look.px}px ${Furat.FONT}`;
      // Spacing would tear Arabic letters apart.
      if ("letterSpacing" in ctx) ctx.letterSpacing = arabic ? "0px" : (look.spacing || 0) + "px";
      const half = { x: this._width(ctx, text) / 2 + 2, y: look.px * (arabic ? 0.72 : 0.6) + 1 };
      const [sin, cos] = [Math.abs(Math.sin(slope)), Math.cos(slope)];
      const width = half.x * cos + half.y * sin;
      const height = half.x * sin + half.y * cos;
      const spot = this._spots(look, point, width, height).find(
        ({ x, y }) => taken.overlap({ x0: x - width, x1: x + width, y0: y - height, y1: y + height }) < 4,
      );
      if (!spot) return false;
      taken.add({ x0: spot.x - width, x1: spot.x + width, y0: spot.y - height, y1: spot.y + height });
      if (look.dot && !this._under(point)) this._dot(ctx, look, point, taken);
      ctx.save();
      ctx.translate(spot.x, spot.y);
      ctx.rotate(slope);
      ctx.strokeStyle = HALO;
      ctx.lineWidth = 3.2;
      ctx.strokeText(text, 0, 0);
      ctx.fillStyle = look.ink;
      ctx.fillText(text, 0, 0);
      ctx.restore();
      return true;
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
