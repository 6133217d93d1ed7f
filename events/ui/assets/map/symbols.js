/**
 * The events: one symbol a place. Its area is proportional to its events, its ring shows the sides
 * that took part, its edge how exactly the place is known.
 */
(function (Furat) {
  "use strict";

  /** These three are also in `events/cells.py`, which joins the symbols that would overlap. */
  const LARGEST_PX = 34;
  const PX_PER_EVENT = 9;
  const SMALLEST_PX = 6;
  /** An area wider than this on the screen fades out instead of getting an edge, unless it is looked at; px of radius. */
  const WIDEST_PX = 130;
  const WASH_PX = 220;
  /** How far a symbol of an area may step aside even where the area is smaller, px. */
  const FARTHEST_PX = 96;
  /** With more areas than this in view they stay where they are: leaders would tangle. */
  const MOST_ASIDE = 80;

  const INK = "#2b2620";
  const PAPER = "#fffdf9";
  const ACCENT = "#d9480f";
  const NO_SIDE = "#a8a29a";
  const PLACE = "#8a4b12";
  const FADE_MS = 180;
  /** More symbols than this appear at once: fading them would stutter. */
  const MOST_FADING = 400;
  const TURN = 2 * Math.PI;
  const TOP = -Math.PI / 2;

  /**
   * Pixels of radius for the square root of one event, when the server does not say.
   * @param {Array<{n: number}>} symbols
   */
  Furat.scale = function (symbols) {
    const fullest = symbols.reduce((most, symbol) => Math.max(most, symbol.n), 1);
    return Math.min(PX_PER_EVENT, LARGEST_PX / Math.sqrt(fullest));
  };

  /** Radius in px of a symbol of `n` events: area proportional to n, but for the smallest. */
  Furat.radius = (n, scale) => Math.max(SMALLEST_PX, scale * Math.sqrt(n));

  /** Black or white, whichever reads better on a colour `#rrggbb`. */
  Furat.inkOn = function (colour) {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.3 ? INK : "#ffffff";
  };

  function circle(ctx, x, y, r) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, TURN);
  }

  Furat.Symbols = Furat.CanvasLayer.extend({
    options: { pane: "furat-symbols", padding: 0.25 },

    /** @param {function(Array<object>): void} moved told where the symbols lie whenever that changes */
    initialize: function (moved) {
      Furat.CanvasLayer.prototype.initialize.call(this);
      this._symbols = [];
      this._placed = [];
      this._leaving = [];
      this._old = new Map();
      this._scale = PX_PER_EVENT;
      this._sides = [];
      this._selected = () => false;
      this._lit = null;
      this._stale = false;
      this._plain = false;
      this._progress = 1;
      this._moved = moved;
    },

    /** @param {Array<{id: string, colour: string, letter: string}>} sides in the order of the ring */
    setSides: function (sides) {
      this._sides = sides;
      this.redraw();
    },

    /**
     * Replaces the symbols; what stays where it was grows or shrinks, the rest fades.
     * @param {Array<object>} symbols as `api/cells` gives them
     * @param {number} scale px of radius for the square root of one event
     */
    setSymbols: function (symbols, scale) {
      const before = new Map(this._symbols.map((symbol) => [symbol.key, symbol]));
      const same = (a, b) => a && a.lat === b.lat && a.lon === b.lon && a.precision === b.precision;
      const after = new Map(symbols.map((symbol) => [symbol.key, symbol]));
      this._old = new Map();
      for (const [key, symbol] of before) {
        if (same(after.get(key), symbol)) this._old.set(key, Furat.radius(symbol.n, this._scale));
      }
      this._leaving = this._placed.filter(({ symbol }) => !this._old.has(symbol.key));
      // The fullest first, so that a lesser one is never hidden under it.
      this._symbols = [...symbols].sort((a, b) => b.n - a.n);
      this._scale = scale;
      this._stale = false;
      this._place();
      this._fade(symbols.length > MOST_FADING);
    },

    /** Places of the gazetteer, not events: no sides, no counts. */
    setPlain: function (plain) {
      this._plain = plain;
    },

    /** @param {function(object): boolean} selected says whether a symbol is among the picked ones */
    setSelected: function (selected) {
      this._selected = selected;
      this.redraw();
    },

    /** The symbol under the pointer or with the keyboard's focus, or null. */
    setLit: function (key) {
      if (key === this._lit) return;
      this._lit = key;
      this.redraw();
    },

    /** The symbols no longer answer the question asked: draw them faintly. */
    setStale: function (stale) {
      if (stale === this._stale) return;
      this._stale = stale;
      this.redraw();
    },

    /**
     * All symbols with their place in layer points; `x0`, `y0` is the middle of what they stand for.
     * @returns {Array<{symbol: object, x: number, y: number, x0: number, y0: number, r: number}>}
     */
    placed: function () {
      return this._placed;
    },

    _place: function () {
      const spots = this._symbols.map((symbol) => ({ symbol, ...this._spot(symbol) }));
      const areas = spots.filter(({ symbol }) => symbol.precision === "area");
      const standing = spots.filter(({ symbol }) => symbol.precision !== "area");
      for (const spot of areas) {
        if (areas.length <= MOST_ASIDE) Object.assign(spot, this._aside(spot, standing));
        standing.push(spot);
      }
      this._placed = spots;
      this._moved(spots);
    },

    /**
     * An area is no point: where its symbol would cover another one it steps aside, inside the area
     * if it can. Returns nothing where there is no room.
     */
    _aside: function (spot, standing) {
      const { x0, y0, r } = spot;
      const reach = Math.max(Math.min(this._extent(spot), WIDEST_PX), FARTHEST_PX);
      const near = standing.filter((other) => Math.hypot(other.x - x0, other.y - y0) < reach + other.r + r + 4);
      for (let away = 0; away <= reach; away += 8) {
        for (let step = 0; step < (away ? 16 : 1); step += 1) {
          const angle = TOP + (step / 16) * TURN;
          const [x, y] = [x0 + away * Math.cos(angle), y0 + away * Math.sin(angle)];
          if (near.every((other) => Math.hypot(other.x - x, other.y - y) > other.r + r + 4)) return { x, y };
        }
      }
      return {};
    },

    /** Radius in px at which an area is drawn; real up to WIDEST_PX, and at least around its symbol. */
    _extent: function ({ symbol, r }) {
      const metres = (40075016.686 * Math.cos((symbol.lat * Math.PI) / 180)) / (256 * 2 ** this._map.getZoom());
      return Math.max(r + 7, ((Number(symbol.radius_km) || 0) * 1000) / metres);
    },

    /** The symbol at a layer point, the topmost, or null. */
    at: function (point) {
      let found = null;
      for (const { symbol, x, y, r } of this.placed()) {
        if (Math.hypot(point.x - x, point.y - y) <= Math.max(r + 2, 11)) {
          // Small targets reach out to a finger's width, but never over a nearer neighbour.
          const distance = Math.hypot(point.x - x, point.y - y) - r;
          if (!found || distance <= Math.max(0, found.distance)) found = { symbol, distance };
        }
      }
      return found && found.symbol;
    },

    draw: function (ctx) {
      const faint = this._stale ? 0.35 : 1;
      const view = this.covered();
      const inside = ({ x, y, r }) =>
        x + r > view.min.x && x - r < view.max.x && y + r > view.min.y && y - r < view.max.y;
      const drawn = this.placed();
      ctx.globalAlpha = faint;
      for (const spot of drawn) {
        if (spot.symbol.precision === "area") this._drawExtent(ctx, spot, faint);
      }
      // Over the symbols it has to clear, under its own.
      ctx.globalAlpha = this._progress * faint;
      for (const spot of drawn) {
        if (spot.symbol.precision === "area") this._drawLeader(ctx, spot);
      }
      ctx.globalAlpha = (1 - this._progress) * faint;
      if (this._progress < 1) {
        for (const { symbol, x, y, x0, y0, r } of this._leaving) {
          const now = this._spot(symbol); // the map may have moved meanwhile
          this._drawSymbol(ctx, symbol, { x: now.x + x - x0, y: now.y + y - y0, r });
        }
      }
      const looked = ({ symbol }) => this._selected(symbol) || this._lit === symbol.key;
      const seen = drawn.filter(inside);
      for (const { symbol, ...spot } of [...seen.filter((one) => !looked(one)), ...seen.filter(looked)]) {
        const old = this._old.get(symbol.key);
        const r = old === undefined ? spot.r : old + (spot.r - old) * this._progress;
        ctx.globalAlpha = (old === undefined ? this._progress : 1) * faint;
        this._drawSymbol(ctx, symbol, { ...spot, r });
      }
    },

    _update: function () {
      this._place();
      Furat.CanvasLayer.prototype._update.call(this);
    },

    _spot: function (symbol) {
      const { x, y } = this._map.latLngToLayerPoint([symbol.lat, symbol.lon]);
      return { x, y, x0: x, y0: y, r: Furat.radius(symbol.n, this._scale) };
    },

    _fade: function (still) {
      cancelAnimationFrame(this._frame);
      if (still || window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
        this._progress = 1;
        this._leaving = [];
        this.redraw();
        return;
      }
      const began = performance.now();
      this._progress = 0;
      const step = (now) => {
        this._progress = Math.min(1, Math.max(0, (now - began) / FADE_MS));
        if (this._progress === 1) this._leaving = [];
        this.redraw();
        if (this._progress < 1) this._frame = requestAnimationFrame(step);
      };
      this._frame = requestAnimationFrame(step);
    },

    /** The area within which the events lie, at its real size. */
    _drawExtent: function (ctx, spot, faint) {
      const { symbol, x0, y0 } = spot;
      const real = this._extent(spot);
      const chosen = this._selected(symbol);
      const looked = chosen || this._lit === symbol.key;
      const wide = real > WIDEST_PX && !looked;
      const shown = wide ? Math.min(real, WASH_PX) : Math.min(real, 4000);
      const tint = chosen ? "217, 72, 15" : "84, 66, 40";
      // The wider, the fainter: a whole country under a wash would look like an event itself.
      const depth = (0.03 + 0.08 * Math.min(1, 50 / shown)) * (looked ? 1.8 : 1);
      const soft = ctx.createRadialGradient(x0, y0, 0, x0, y0, shown);
      soft.addColorStop(0, `rgba(${tint}, ${depth})`);
      soft.addColorStop(1, `rgba(${tint}, ${wide ? 0 : depth})`);
      circle(ctx, x0, y0, shown);
      ctx.fillStyle = soft;
      ctx.fill();
      if (wide) return;
      ctx.setLineDash([0.1, 5]);
      ctx.lineCap = "round";
      ctx.lineWidth = 1.8;
      ctx.strokeStyle = `rgba(${tint}, ${(chosen ? 0.9 : 0.55) * faint})`;
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.lineCap = "butt";
    },

    /** From a symbol that stepped out of its area, back to it. */
    _drawLeader: function (ctx, { symbol, x, y, x0, y0, r }) {
      const away = Math.hypot(x - x0, y - y0);
      if (away < r) return;
      ctx.beginPath();
      ctx.moveTo(x0, y0);
      ctx.lineTo(x, y);
      ctx.lineWidth = 1.2;
      ctx.strokeStyle = this._selected(symbol) ? ACCENT : "rgba(43, 38, 32, 0.55)";
      ctx.stroke();
      circle(ctx, x0, y0, 2);
      ctx.fillStyle = ctx.strokeStyle;
      ctx.fill();
    },

    _drawSymbol: function (ctx, symbol, { x, y, r }) {
      const chosen = this._selected(symbol);
      const lit = this._lit === symbol.key;
      if (chosen || lit) {
        circle(ctx, x, y, r + 5);
        ctx.fillStyle = chosen ? ACCENT : INK;
        ctx.fill();
      }
      circle(ctx, x, y, r + 2.2);
      ctx.fillStyle = PAPER;
      ctx.fill();
      const count = symbol.n > 1 ? this._count(ctx, symbol.n, r) : null;
      const hole = count ? count.hole : symbol.precision === "area" ? r * 0.45 : 0;
      this._drawRing(ctx, symbol, x, y, r, hole);
      this._drawEdge(ctx, symbol, x, y, r);
      if (!count) return;
      ctx.font = count.font;
      ctx.textAlign = "center";
      ctx.textBaseline = "alphabetic";
      ctx.fillStyle = INK;
      ctx.fillText(count.digits, x, y + count.px * 0.36);
    },

    /** The sides' shares, clockwise from the top, in the sides' fixed order. */
    _drawRing: function (ctx, symbol, x, y, r, hole) {
      const wedges = this._wedges(symbol);
      let start = TOP;
      for (const { colour, letter, share } of wedges) {
        const end = start + share * TURN;
        ctx.beginPath();
        ctx.arc(x, y, r, start, end);
        if (hole) ctx.arc(x, y, hole, end, start, true);
        else ctx.lineTo(x, y);
        ctx.closePath();
        ctx.fillStyle = colour;
        ctx.fill();
        if (wedges.length > 1) {
          ctx.strokeStyle = PAPER;
          ctx.lineWidth = 1;
          ctx.stroke();
        }
        this._drawLetter(ctx, letter, colour, { x, y, r, hole, start, share, alone: wedges.length === 1 });
        start = end;
      }
      if (hole) {
        circle(ctx, x, y, hole);
        ctx.fillStyle = PAPER;
        ctx.fill();
      }
    },

    /** A side's letter, where its wedge has room for it. */
    _drawLetter: function (ctx, letter, colour, { x, y, r, hole, start, share, alone }) {
      const thick = r - hole;
      const middle = hole ? (r + hole) / 2 : alone ? 0 : r * 0.58;
      const px = Math.min(11, hole ? thick * 0.95 : r * (alone ? 1.15 : 0.7));
      const room = alone && !hole ? r * 2 : Math.min(share, 0.5) * TURN * middle;
      if (px < 7.5 || room < px * 1.15) return;
      const angle = alone && hole ? Math.PI / 2 : start + (share * TURN) / 2;
      ctx.font = `600 ${px}px ${Furat.FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "alphabetic";
      ctx.fillStyle = Furat.inkOn(colour);
      ctx.fillText(letter, x + middle * Math.cos(angle), y + middle * Math.sin(angle) + px * 0.36);
    },

    /** Solid for the share of events known to the quarter, dashed for the town, dotted for an area. */
    _drawEdge: function (ctx, symbol, x, y, r) {
      const area = symbol.precision === "area";
      const vague = area ? 1 : Math.min(1, Math.max(0, (Number(symbol.vague) || 0) / symbol.n));
      const exact = TOP + (1 - vague) * TURN;
      ctx.strokeStyle = INK;
      ctx.lineWidth = 1.5;
      if (exact > TOP) {
        ctx.beginPath();
        ctx.arc(x, y, r + 0.6, TOP, exact);
        ctx.stroke();
      }
      if (exact < TOP + TURN) {
        ctx.setLineDash(area ? [0.1, 3.2] : [4, 3]);
        ctx.lineCap = area ? "round" : "butt";
        ctx.beginPath();
        ctx.arc(x, y, r + 0.6, exact, TOP + TURN);
        ctx.stroke();
        ctx.setLineDash([]);
        ctx.lineCap = "butt";
      }
    },

    /** @returns {Array<{colour: string, letter: string, share: number}>} shares that sum to 1 */
    _wedges: function (symbol) {
      if (this._plain) return [{ colour: PLACE, letter: "", share: 1 }];
      const counts = symbol.sides || {};
      const known = this._sides.filter(({ id }) => counts[id] > 0);
      const total = known.reduce((sum, { id }) => sum + counts[id], 0);
      if (!total) return [{ colour: NO_SIDE, letter: "?", share: 1 }];
      return known.map(({ id, colour, letter }) => ({ colour, letter, share: counts[id] / total }));
    },

    /** How the count is written inside a disc, or null where it has no room. */
    _count: function (ctx, n, r) {
      for (const digits of [Furat.number(n), Furat.shortNumber(n)]) {
        for (const px of [15, 13.5, 12, 11, 10, 9]) {
          const font = `600 ${px}px ${Furat.FONT}`;
          ctx.font = font;
          const width = ctx.measureText(digits).width;
          const hole = Math.max(r * 0.56, Math.hypot(width / 2, px * 0.36) + 1.2);
          if (hole <= r * (r < 14 ? 0.74 : 0.66)) return { digits, px, font, hole };
        }
      }
      return null;
    },
  });
})(window.Furat);
