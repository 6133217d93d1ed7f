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

  /** Up to this width, in squares, smearing weighs every neighbour; beyond it five means in a row come close enough. */
  const EXACT = 5;
  const MEANS = 5;

  /** Smears along lines with a Gaussian's own weights. */
  function weighLines(from, to, { lines, length, lineStep, step, sigma }) {
    const reach = Math.ceil(3.5 * sigma);
    const weights = Array.from({ length: reach + 1 }, (_, away) => Math.exp((-away * away) / (2 * sigma * sigma)));
    const whole = weights[0] + 2 * weights.slice(1).reduce((sum, weight) => sum + weight, 0);
    to.fill(0);
    for (let line = 0; line < lines; line += 1) {
      const start = line * lineStep;
      for (let at = 0; at < length; at += 1) {
        const value = from[start + at * step];
        if (!value) continue;
        const last = Math.min(length - 1, at + reach);
        for (let near = Math.max(0, at - reach); near <= last; near += 1) {
          to[start + near * step] += (value * weights[Math.abs(near - at)]) / whole;
        }
      }
    }
  }

  /** Mean over a width along lines; what lies beyond the edge counts as nothing. */
  function meanLines(from, to, { lines, length, lineStep, step, sigma }) {
    const half = Math.round((Math.sqrt((12 * sigma * sigma) / MEANS + 1) - 1) / 2);
    for (let line = 0; line < lines; line += 1) {
      const start = line * lineStep;
      let sum = 0;
      for (let at = 0; at < Math.min(half, length); at += 1) sum += from[start + at * step];
      for (let at = 0; at < length; at += 1) {
        if (at + half < length) sum += from[start + (at + half) * step];
        if (at - half - 1 >= 0) sum -= from[start + (at - half - 1) * step];
        to[start + at * step] = Math.max(0, sum / (2 * half + 1));
      }
    }
  }

  /** A grid smeared by a Gaussian, `sigma` squares wide. */
  function smear(grid, columns, rows, sigma) {
    const [smeared, between] = [grid, new Float64Array(grid.length)];
    const lines = sigma <= EXACT ? weighLines : meanLines;
    for (let pass = 0; pass < (sigma <= EXACT ? 1 : MEANS); pass += 1) {
      lines(smeared, between, { lines: rows, length: columns, lineStep: columns, step: 1, sigma });
      lines(between, smeared, { lines: columns, length: rows, lineStep: 1, step: columns, sigma });
    }
    return smeared;
  }

  Furat.Heat = Furat.Shapes.extend({
    options: { pane: "furat-density", padding: 0.25 },

    initialize: function () {
      Furat.Shapes.prototype.initialize.call(this);
      this._image = null;
      this._box = null; // what the image covers, shares of the world
      /** Events per 100 km² where they lie densest. */
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
      this.densest = 0;
      this.sum = 0;
      if (answer && answer.cells.length) this._make(answer, question);
      this.redraw();
    },

    draw: function (ctx) {
      if (!this._image) return;
      const world = 256 * 2 ** this._map.getZoom();
      const origin = this._map.getPixelOrigin();
      const { west, north, east, south } = this._box;
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
        const grid = new Float64Array(columns * rows);
        for (const [cx, cy, n] of cells) {
          const column = Math.floor((((cx + 0.5) / answer.across) * world - box.west) / step);
          const row = Math.floor((((cy + 0.5) / answer.across) * world - box.north) / step);
          this.sum += n;
          if (column >= 0 && column < columns && row >= 0 && row < rows) grid[row * columns + column] += n;
        }
        smear(grid, columns, rows, sigma / step).forEach((density, index) => {
          total[index] += density;
        });
      }
      const densest = total.reduce((most, density) => Math.max(most, density), 0);
      this.densest = (densest / (step * kmPerPx) ** 2) * 100;
      this._image = this._paint(total, densest, columns, rows);
      this._box = {
        west: box.west / world, north: box.north / world,
        east: (box.west + columns * step) / world, south: (box.north + rows * step) / world,
      };
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

    _paint: function (total, densest, columns, rows) {
      const image = document.createElement("canvas");
      [image.width, image.height] = [columns, rows];
      const ctx = image.getContext("2d");
      const pixels = ctx.createImageData(columns, rows);
      total.forEach((density, index) => {
        const share = density / densest;
        if (!(share > FAINTEST)) return;
        // By the square root: a few cities hold most events, and the country shall not look empty beside them.
        const shown = Math.sqrt(share);
        const edge = Math.min(1, (share - FAINTEST) / (8 * FAINTEST));
        pixels.data.set([...Furat.rampAt(shown), 255 * OPACITY * edge], index * 4);
      });
      ctx.putImageData(pixels, 0, 0);
      return image;
    },
  });
})(window.Furat);
