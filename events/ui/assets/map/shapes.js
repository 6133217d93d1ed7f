/** What every way of drawing the events has in common: what is listed, picked, pointed at or out of date. */
(function (Furat) {
  "use strict";

  /** A subclass gives `setAnswer`, `draw`, and where its shapes can be pointed at `_place` and `at`. */
  Furat.Shapes = Furat.CanvasLayer.extend({
    initialize: function () {
      Furat.CanvasLayer.prototype.initialize.call(this);
      this.entries = []; // what is listed for the keyboard, and can be picked
      this._placed = [];
      this._selected = () => false;
      this._lit = null;
      this._stale = false;
      this._origin = null;
    },

    /** @param {function(object): boolean} selected says whether an entry is among the picked ones */
    setSelected: function (selected) {
      this._selected = selected;
      this.redraw();
    },

    /** @param {string|null} key of the entry under the pointer or with the keyboard's focus */
    setLit: function (key) {
      if (key === this._lit) return;
      this._lit = key;
      this.redraw();
    },

    /** What is drawn no longer answers the question asked: draw it faintly. */
    setStale: function (stale) {
      if (stale === this._stale) return;
      this._stale = stale;
      this.redraw();
    },

    /**
     * All entries with their place in layer points; `x0`, `y0` is the middle of what they stand for.
     * @returns {Array<{symbol: object, x: number, y: number, x0: number, y0: number, r: number}>}
     */
    placed: function () {
      return this._placed;
    },

    /** The entry at a layer point, the topmost, or null. */
    at: () => null,

    _looked: function ({ symbol }) {
      return this._selected(symbol) || this._lit === symbol.key;
    },

    /** Those on the canvas, what is looked at last, so that it lies on top. */
    _inView: function () {
      const { min, max } = this.covered();
      const seen = this._placed.filter(({ x, y, r }) => x + r > min.x && x - r < max.x && y + r > min.y && y - r < max.y);
      return [...seen.filter((one) => !this._looked(one)), ...seen.filter((one) => this._looked(one))];
    },

    /** Whether anything of the answer lies in the view itself: the answer goes beyond its edges. */
    seen: function () {
      const min = this._map.containerPointToLayerPoint([0, 0]);
      const max = min.add(this._map.getSize());
      return this._placed.some((spot) => {
        const { x, y, r } = this._reach(spot);
        return x + r > min.x && x - r < max.x && y + r > min.y && y - r < max.y;
      });
    },

    /** The circle in which something is drawn for an entry. */
    _reach: (spot) => spot,

    _place: function () {},

    /** Panning moves the canvas; layer points stay until the map is set anew. */
    _update: function () {
      const origin = this._map.getPixelOrigin();
      if (origin !== this._origin) {
        this._origin = origin;
        this._place();
      }
      Furat.CanvasLayer.prototype._update.call(this);
    },
  });
})(window.Furat);
