/**
 * The events: one symbol a place. Its area is proportional to its events, its ring shows the sides
 * that took part, its edge how exactly the place is known.
 */
(function (Furat) {
  "use strict";

  /** These three are also in `events/map/cells.py`, which joins the symbols that would overlap. */
  const LARGEST_PX = 34;
  const PX_PER_EVENT = 9;
  const SMALLEST_PX = 6;
  /** An area wider than this on the screen fades out instead of getting an edge, unless it is looked at; px of radius. */
  const WIDEST_PX = 130;
  const WASH_PX = 220;
  /** How far a symbol of an area may step aside even where the area is smaller, px. */
  const FARTHEST_PX = 96;
  /** With more areas than this in view only those step aside that would cover a count, or have theirs covered: leaders
   * would tangle. */
  const MOST_ASIDE = 80;
  /** Share of the map that the discs of areas may have together. */
  const MOST_WASHED = 0.25;
  /** Radius from which a symbol has room for its count, px. */
  const COUNTED_PX = 12;
  /** Width of what a finger or pointer can hit, at least, px. */
  const TARGET_PX = 24;

  const ACCENT = "#d9480f";
  const FADE_MS = 180;
  /** More symbols than this appear at once: fading them would stutter. */
  const MOST_FADING = 400;
  const TURN = 2 * Math.PI;
  const TOP = -Math.PI / 2;

  /** Whether a symbol's middle is nearer than so many px. In squares: Math.hypot takes ten times as long, and this is
   * asked hundreds of thousands of times. */
  const within = (one, x, y, distance) => (one.x - x) ** 2 + (one.y - y) ** 2 < distance ** 2;

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

  function circle(ctx, x, y, r) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, TURN);
  }

  Furat.Symbols = Furat.Shapes.extend({
    includes: Furat.marks,
    options: { pane: "furat-symbols", padding: 0.25 },

    /** @param {function(Array<object>): void} moved told where the symbols lie whenever that changes */
    initialize: function (moved) {
      Furat.Shapes.prototype.initialize.call(this);
      this._symbols = [];
      this._leaving = [];
      this._old = new Map();
      this._widths = new Map();
      this._scale = PX_PER_EVENT;
      this._sides = [];
      this._plain = false;
      this._progress = 1;
      this._moved = moved;
    },

    /** @param {Array<{id: string, colour: string, letter: string}>} sides in the order of the ring */
    setSides: function (sides) {
      this._sides = sides;
      this.redraw();
    },

    /** @param {object|null} answer as `api/cells` gives it; null draws nothing */
    setAnswer: function (answer) {
      const sound = (s) => Number.isFinite(s.lat) && Number.isFinite(s.lon) && s.n > 0;
      this.entries = answer ? answer.symbols.filter(sound) : [];
      this.setSymbols(this.entries, answer && answer.px > 0 ? answer.px : Furat.scale(this.entries));
    },

    /** Pixels of radius for the square root of one event. */
    scale: function () {
      return this._scale;
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

    _place: function () {
      const spots = this._symbols.map((symbol) => ({ symbol, ...this._spot(symbol) }));
      const areas = spots.filter(({ symbol }) => symbol.precision === "area");
      const standing = spots.filter(({ symbol }) => symbol.precision !== "area");
      for (const spot of areas) {
        if (areas.length <= MOST_ASIDE || this._coversCount(spot, standing)) {
          Object.assign(spot, this._aside(spot, standing));
        }
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
      const near = standing.filter((other) => within(other, x0, y0, reach + other.r + r + 4));
      for (let away = 0; away <= reach; away += 8) {
        for (let step = 0; step < (away ? 16 : 1); step += 1) {
          const angle = TOP + (step / 16) * TURN;
          const [x, y] = [x0 + away * Math.cos(angle), y0 + away * Math.sin(angle)];
          if (!near.some((other) => within(other, x, y, other.r + r + 4))) return { x, y };
        }
      }
      return {};
    },

    /** An area reaches as far as its disc, and as its symbol. */
    _reach: function (spot) {
      const { symbol, x, y, x0, y0, r } = spot;
      if (symbol.precision !== "area") return spot;
      return { x: x0, y: y0, r: Math.max(Math.hypot(x - x0, y - y0) + r, Math.min(this._extent(spot), WASH_PX)) };
    },

    /** Whether it lies on a symbol so large that one of the two counts could not be read. */
    _coversCount: function ({ x, y, r }, standing) {
      return standing.some((other) => Math.max(r, other.r) >= COUNTED_PX && within(other, x, y, other.r + r));
    },

    /** Radius in px at which an area is drawn; real up to WIDEST_PX, and at least around its symbol. */
    _extent: function ({ symbol, r }) {
      const metres = (40075016.686 * Math.cos((symbol.lat * Math.PI) / 180)) / (256 * 2 ** this._map.getZoom());
      return Math.max(r + 7, ((Number(symbol.radius_km) || 0) * 1000) / metres);
    },

    /** The symbol at a layer point, the topmost, or null. */
    at: function (point) {
      let found = null;
      for (const { symbol, x, y, r } of this._placed) {
        if (Math.hypot(point.x - x, point.y - y) <= Math.max(r + 2, TARGET_PX / 2)) {
          // Small targets reach out to a finger's width, but never over a nearer neighbour.
          const distance = Math.hypot(point.x - x, point.y - y) - r;
          if (!found || distance <= Math.max(0, found.distance)) found = { symbol, distance };
        }
      }
      return found && found.symbol;
    },

    draw: function (ctx) {
      const faint = this._stale ? 0.35 : 1;
      const areas = this._placed.filter(({ symbol }) => symbol.precision === "area");
      const washed = this._hideMap(areas) ? areas.filter((spot) => this._looked(spot)) : areas;
      ctx.globalAlpha = faint;
      for (const spot of washed) this._drawExtent(ctx, spot, faint);
      // Over the symbols it has to clear, under its own.
      ctx.globalAlpha = this._progress * faint;
      for (const spot of areas) this._drawLeader(ctx, spot);
      ctx.globalAlpha = (1 - this._progress) * faint;
      if (this._progress < 1) {
        for (const { symbol, x, y, x0, y0, r } of this._leaving) {
          const now = this._spot(symbol); // the map may have moved meanwhile
          this._drawSymbol(ctx, symbol, { x: now.x + x - x0, y: now.y + y - y0, r });
        }
      }
      for (const { symbol, ...spot } of this._inView()) {
        const old = this._old.get(symbol.key);
        const r = old === undefined ? spot.r : old + (spot.r - old) * this._progress;
        ctx.globalAlpha = (old === undefined ? this._progress : 1) * faint;
        this._drawSymbol(ctx, symbol, { ...spot, r });
      }
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
        this.paint();
        if (this._progress < 1) this._frame = requestAnimationFrame(step);
      };
      this._frame = requestAnimationFrame(step);
    },

    /** Whether the discs of so many areas would hide the map: then only that is washed which is looked at. */
    _hideMap: function (areas) {
      const size = this._map.getSize();
      // Those that fade out towards their edge cover a third of what they would.
      const washed = areas.map((spot) => this._extent(spot)).map((r) => (r <= WIDEST_PX ? r ** 2 : Math.min(r, WASH_PX) ** 2 / 3));
      return Math.PI * washed.reduce((sum, square) => sum + square, 0) > MOST_WASHED * size.x * size.y;
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
  });
})(window.Furat);
