/** The events as hexagons: the colour says how many, a dashed edge that most are known only to the town. */
(function (Furat) {
  "use strict";

  const PAPER = "#fffdf9";
  const INK = "#2b2620";
  const ACCENT = "#d9480f";
  const MOST_CLASSES = 6;
  const OPACITY = 0.82;
  /** Room between two hexagons, as a share of their size. */
  const GAP = 0.05;

  /** Where each class of counts begins: round numbers, further and further apart. */
  function classesUpTo(most) {
    const starts = [1];
    for (let step = 1; step < MOST_CLASSES; step += 1) {
      const start = Furat.roundNumber(most ** (step / MOST_CLASSES));
      if (start > starts[starts.length - 1] && start <= most) starts.push(start);
    }
    return starts;
  }

  /** The corners of a hexagon pointed up, around its middle. */
  function corners(width, height) {
    const [w, h] = [(width / 2) * (1 - GAP), (height / 2) * (1 - GAP)];
    return [[0, -h], [w, -h / 2], [w, h / 2], [0, h], [-w, h / 2], [-w, -h / 2]];
  }

  Furat.Hexagons = Furat.Shapes.extend({
    options: { pane: "furat-density", padding: 0.25 },

    initialize: function () {
      Furat.Shapes.prototype.initialize.call(this);
      this._width = 0;
      this._height = 0;
      this._starts = [1];
    },

    /** @param {object|null} answer as `api/cells?draw=hexagons` gives it; null draws nothing */
    setAnswer: function (answer) {
      this._width = answer ? answer.width : 0;
      this._height = answer ? answer.height : 0;
      this.entries = answer ? answer.hexagons.map((row) => this._entry(row)) : [];
      this._starts = classesUpTo(this.entries.reduce((most, { n }) => Math.max(most, n), 1));
      this._stale = false;
      this._place();
      this.redraw();
    },

    /** The hexagon at a layer point, or null. */
    at: function (point) {
      const [width, height] = this._size();
      const found = this._placed.find(({ x, y }) => {
        const [dx, dy] = [Math.abs(point.x - x), Math.abs(point.y - y)];
        return dx <= width / 2 && dy <= height / 2 - (dx / width) * (height / 2);
      });
      return found ? found.symbol : null;
    },

    /** The legend's classes: from, to (null: and more), colour. */
    classes: function () {
      return this._starts.map((from, index) => ({
        from,
        to: index + 1 < this._starts.length ? this._starts[index + 1] - 1 : null,
        colour: this._colour(index),
      }));
    },

    draw: function (ctx) {
      const shape = corners(...this._size());
      const faint = this._stale ? 0.35 : 1;
      ctx.lineJoin = "round";
      for (const { symbol, x, y } of this._inView()) {
        ctx.beginPath();
        for (const [dx, dy] of shape) ctx.lineTo(x + dx, y + dy);
        ctx.closePath();
        ctx.globalAlpha = OPACITY * faint;
        ctx.fillStyle = this._colour(this._classOf(symbol.n));
        ctx.fill();
        ctx.globalAlpha = faint;
        this._drawEdge(ctx, symbol);
      }
    },

    _drawEdge: function (ctx, symbol) {
      const chosen = this._selected(symbol);
      if (chosen || this._lit === symbol.key) {
        ctx.lineWidth = 4;
        ctx.strokeStyle = chosen ? ACCENT : INK;
        ctx.stroke();
      }
      ctx.lineWidth = 1.2;
      ctx.strokeStyle = PAPER;
      ctx.stroke();
      if (symbol.precision === "site") return;
      ctx.setLineDash([4, 3]);
      ctx.strokeStyle = INK;
      ctx.stroke();
      ctx.setLineDash([]);
    },

    /** In the shape of a symbol, so that it is listed, pointed at and picked like one. */
    _entry: function ([q, r, n, vague, n_places, name_en, name_ar, places]) {
      const [x, y] = this._middle(q, r);
      const point = (across, down) => this._map.unproject(L.point(across, down).multiplyBy(256), 0);
      const { lat, lng } = point(x, y);
      const northWest = point(x - this._width / 2, y - this._height / 2);
      const southEast = point(x + this._width / 2, y + this._height / 2);
      return {
        key: `${q},${r}`, q, r, n, vague, n_places, name_en, name_ar, places, lat, lon: lng, sides: {},
        precision: 2 * vague > n ? "town" : "site",
        bounds: [northWest.lng, southEast.lat, southEast.lng, northWest.lat],
      };
    },

    /** Its middle as shares of the world; see events/map/hexagons.py. */
    _middle: function (q, r) {
      return [(q + r / 2) * this._width, r * this._height * 0.75];
    },

    /** Width and height in px. */
    _size: function () {
      const world = 256 * 2 ** this._map.getZoom();
      return [this._width * world, this._height * world];
    },

    _place: function () {
      if (!this._map) return;
      const world = 256 * 2 ** this._map.getZoom();
      const origin = this._map.getPixelOrigin();
      const r = this._size()[1] / 2;
      this._placed = this.entries.map((symbol) => {
        const [x, y] = this._middle(symbol.q, symbol.r);
        return { symbol, x: x * world - origin.x, y: y * world - origin.y, r };
      });
    },

    _classOf: function (n) {
      let found = 0;
      while (found + 1 < this._starts.length && n >= this._starts[found + 1]) found += 1;
      return found;
    },

    _colour: function (index) {
      return Furat.rampColour(this._starts.length > 1 ? index / (this._starts.length - 1) : 0.5);
    },
  });
})(window.Furat);
