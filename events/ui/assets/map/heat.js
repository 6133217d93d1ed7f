/**
 * The events as heat: how densely they lie, smeared over a fixed width on the screen, or over as much
 * ground as an event known only to its town may lie on.
 */
(function (Furat) {
  "use strict";

  /** Standard deviation over which an exactly known event is smeared, px. */
  const SIGMA_PX = 13;
  /** No event is smeared wider than this; beyond it nothing is left to see, px. */
  const WIDEST_PX = 400;
  /** The image is made of squares at least so wide, and of at most so many. */
  const STEP_PX = 4;
  const MOST_SQUARES = 300000;
  /** Below this share of the densest spot nothing is drawn. */
  const FAINTEST = 0.004;
  const OPACITY = 0.86;
  /** Colours go by the densest spot in view, and where that is less than this share of what lies near, by that share. */
  const PALEST = 0.04;
  /** A smear is smooth enough on squares merged until it is between this many and twice as many of them wide. */
  const FINE = 8;
  const SHADES = Array.from({ length: 256 }, (_, index) => Furat.rampAt(index / 255));

  /** A picture of densities, a pixel a square. */
  function paint(total, densest, columns, rows) {
    const image = document.createElement("canvas");
    [image.width, image.height] = [columns, rows];
    const ctx = image.getContext("2d");
    const pixels = ctx.createImageData(columns, rows);
    total.forEach((density, index) => {
      const share = density / densest;
      if (!(share > FAINTEST)) return;
      // By the square root: a few cities hold most events, and the country shall not look empty beside them.
      const [red, green, blue] = SHADES[Math.min(SHADES.length - 1, Math.floor(Math.sqrt(share) * SHADES.length))];
      const at = index * 4;
      pixels.data[at] = red;
      pixels.data[at + 1] = green;
      pixels.data[at + 2] = blue;
      pixels.data[at + 3] = 255 * OPACITY * Math.min(1, (share - FAINTEST) / (8 * FAINTEST));
    });
    ctx.putImageData(pixels, 0, 0);
    return image;
  }

  Furat.Heat = Furat.Shapes.extend({
    options: { pane: "furat-density", padding: 0.25 },

    /** @param {function(): void} scaled told when the colours mean other numbers than before */
    initialize: function (scaled) {
      Furat.Shapes.prototype.initialize.call(this);
      this._image = null;
      this._grid = null; // densities, and what they cover as shares of the world
      this._scaled = scaled;
      /** Events per 100 km² where they lie densest in view; denser spots out of view have the same colour. */
      this.densest = 0;
      /** Events in the cells of the answer. */
      this.sum = 0;
    },

    /**
     * @param {object|null} answer as `api/cells?draw=heat` gives it; null draws nothing
     * @param {{zoom: number, box: object}} [question] its view, in px of the world
     */
    setAnswer: function (answer, question) {
      this._stale = false;
      this._image = null;
      this._grid = null;
      this.densest = 0;
      this.sum = 0;
      if (answer && answer.cells.length) this._make(answer, question);
      this.redraw();
    },

    /** Whether there is any colour in the view. */
    seen: function () {
      return Boolean(this._grid) && this._densestInView() > this._grid.most * PALEST * FAINTEST;
    },

    draw: function (ctx) {
      if (!this._image) return;
      const world = 256 * 2 ** this._map.getZoom();
      const origin = this._map.getPixelOrigin();
      const { west, north, east, south } = this._grid.bounds;
      ctx.globalAlpha = this._stale ? 0.35 : 1;
      ctx.imageSmoothingEnabled = true;
      ctx.imageSmoothingQuality = "high";
      ctx.drawImage(
        this._image, west * world - origin.x, north * world - origin.y, (east - west) * world, (south - north) * world,
      );
    },

    /** Densities on a grid over the answer's box, once: panning only moves the picture. */
    _make: function (answer, { zoom, box }) {
      const world = 256 * 2 ** zoom;
      const size = [box.east - box.west, box.south - box.north];
      const step = Math.max(STEP_PX, Math.ceil(Math.sqrt((size[0] * size[1]) / MOST_SQUARES)));
      const [columns, rows] = size.map((px) => Math.ceil(px / step));
      const total = new Float64Array(columns * rows);
      const kmPerPx = this._kmPerPx(box, world);
      for (const [sigma, cells] of this._bySigma(answer, kmPerPx)) {
        const wide = step * 2 ** Math.max(0, Math.floor(Math.log2(sigma / step / FINE)));
        const at = cells.map(([cx, cy, n]) => ({
          x: (((cx + 0.5) / answer.across) * world - box.west) / wide,
          y: (((cy + 0.5) / answer.across) * world - box.north) / wide,
          n,
        }));
        Furat.addSmeared(total, columns, rows, at, { sigma: sigma / wide, merged: wide / step });
      }
      for (let at = 3; at < answer.cells.length; at += 4) this.sum += answer.cells[at];
      const bounds = {
        west: box.west / world, north: box.north / world,
        east: (box.west + columns * step) / world, south: (box.north + rows * step) / world,
      };
      const most = total.reduce((found, density) => Math.max(found, density), 0);
      this._grid = { total, columns, rows, most, squareKm: step * kmPerPx, zoom, bounds };
      this._scale();
    },

    /** Colours the densities by the densest spot in view, unless that is what they are coloured by. Says if it did. */
    _scale: function () {
      const { total, columns, rows, squareKm, most } = this._grid;
      const densest = Math.max(this._densestInView(), most * PALEST);
      const found = (densest / squareKm ** 2) * 100;
      if (!densest || found === this.densest) return false;
      this.densest = found;
      this._image = paint(total, densest, columns, rows);
      return true;
    },

    _densestInView: function () {
      const { total, columns, rows, zoom, bounds } = this._grid;
      const { min, max } = this._map.getPixelBounds();
      const world = 256 * 2 ** zoom;
      const square = ((bounds.east - bounds.west) * world) / columns;
      const within = (px, most) => Math.min(most, Math.max(0, Math.floor(px / square)));
      const [west, north] = [bounds.west * world, bounds.north * world];
      let densest = 0;
      for (let row = within(min.y - north, rows); row < within(max.y - north, rows); row += 1) {
        for (let column = within(min.x - west, columns); column < within(max.x - west, columns); column += 1) {
          densest = Math.max(densest, total[row * columns + column]);
        }
      }
      return densest;
    },

    /** The reader moved on: what was the densest spot may be out of sight. */
    _update: function () {
      const seen = this._grid && this._grid.zoom === this._map.getZoom();
      if (seen && !this._map._animatingZoom && this._scale()) this._scaled();
      Furat.Shapes.prototype._update.call(this);
    },

    /** Kilometres on the ground of a pixel in the middle of the box. */
    _kmPerPx: function (box, world) {
      const middle = this._map.unproject(L.point(0, ((box.north + box.south) / 2 / world) * 256), 0);
      return (40075.016686 * Math.cos((middle.lat * Math.PI) / 180)) / world;
    },

    /** The cells, [column, line, events], by how wide they are smeared; few widths, each costs a pass. */
    _bySigma: function ({ cells, west, north }, kmPerPx) {
      const found = new Map();
      for (let at = 0; at < cells.length; at += 4) {
        // The ground over which they may lie is two standard deviations.
        const wide = Math.min(WIDEST_PX, cells[at + 2] / 2 / kmPerPx);
        const sigma = wide > SIGMA_PX ? Math.SQRT2 ** Math.round(Math.log2(wide) * 2) : SIGMA_PX;
        if (!found.has(sigma)) found.set(sigma, []);
        found.get(sigma).push([west + cells[at], north + cells[at + 1], cells[at + 3]]);
      }
      return found;
    },
  });
})(window.Furat);
