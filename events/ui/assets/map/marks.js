/** One symbol as it is drawn: a ring of the sides' shares, an edge that says how exactly the place is known, a count. */
(function (Furat) {
  "use strict";

  const INK = "#2b2620";
  const PAPER = "#fffdf9";
  const ACCENT = "#d9480f";
  const NO_SIDE = "#a8a29a";
  const PLACE = "#8a4b12";
  const TURN = 2 * Math.PI;
  const TOP = -Math.PI / 2;
  /** Below this radius a coarse edge would look like a cogwheel, px. */
  const SMALL_PX = 9;
  /** Counts whose width is remembered. */
  const MOST_WIDTHS = 5000;
  /** A count without room in the hole of the ring stands on a plate across it, which may stick out by so much; on a
   * symbol of a lesser radius it would leave nothing of the sides, px. */
  const PLATE_PX = { text: 9, pad: 1.5, out: 2, least: 8 };

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

  /** Mixed into the layer of symbols. */
  Furat.marks = {
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
      const hole = count && count.hole ? count.hole : symbol.precision === "area" ? r * 0.45 : 0;
      // A letter where the count belongs would be taken for it.
      const lettered = symbol.n === 1 || Boolean(count && count.hole);
      this._drawRing(ctx, symbol, x, y, r, { hole, lettered });
      this._drawEdge(ctx, symbol, x, y, r);
      if (!count) return;
      if (!count.hole) this._drawPlate(ctx, count, x, y);
      ctx.font = count.font;
      ctx.textAlign = "center";
      ctx.textBaseline = "alphabetic";
      ctx.fillStyle = INK;
      ctx.fillText(count.digits, x, y + count.px * 0.36);
    },

    /** The sides' shares, clockwise from the top, in the sides' fixed order. */
    _drawRing: function (ctx, symbol, x, y, r, { hole, lettered }) {
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
        if (lettered) this._drawLetter(ctx, letter, colour, { x, y, r, hole, start, share, alone: wedges.length === 1 });
        start = end;
      }
      if (hole) {
        circle(ctx, x, y, hole);
        ctx.fillStyle = PAPER;
        ctx.fill();
      }
    },

    /** What a count stands on where the ring's hole has no room for it; the sides' colours stay above and below. */
    _drawPlate: function (ctx, { px, width }, x, y) {
      const height = px * 0.72 + 2 * PLATE_PX.pad;
      ctx.beginPath();
      ctx.roundRect(x - width / 2, y - height / 2, width, height, 2.5);
      ctx.fillStyle = PAPER;
      ctx.fill();
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
      const small = r < SMALL_PX;
      const vague = area ? 1 : Math.min(1, Math.max(0, (Number(symbol.vague) || 0) / symbol.n));
      const exact = TOP + (1 - vague) * TURN;
      ctx.strokeStyle = INK;
      ctx.lineWidth = small ? 1.1 : 1.5;
      if (exact > TOP) {
        ctx.beginPath();
        ctx.arc(x, y, r + 0.6, TOP, exact);
        ctx.stroke();
      }
      if (exact < TOP + TURN) {
        if (area) ctx.setLineDash([0.1, small ? 2.4 : 3.2]);
        else ctx.setLineDash(small ? [2.8, 2] : [4, 3]);
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

    /** How the count is written: in a hole of the ring, else on a plate of a width; null where it has no room. */
    _count: function (ctx, n, r) {
      const written = [Furat.number(n), Furat.shortNumber(n)];
      for (const digits of written) {
        const width = this._widthOf(ctx, digits);
        for (const px of [15, 13.5, 12, 11, 10, 9]) {
          const hole = Math.max(r * 0.56, Math.hypot((width * px) / 2, px * 0.36) + 1.2);
          if (hole <= r * (r < 14 ? 0.74 : 0.66)) return { digits, px, font: `600 ${px}px ${Furat.FONT}`, hole };
        }
      }
      if (r < PLATE_PX.least) return null;
      const px = PLATE_PX.text;
      for (const digits of written) {
        const width = this._widthOf(ctx, digits) * px + 2 * PLATE_PX.pad;
        if (width <= 2 * (r + PLATE_PX.out)) return { digits, px, font: `600 ${px}px ${Furat.FONT}`, width };
      }
      return null;
    },

    /** Width of digits at 1 px of height: measuring a text costs more than drawing it. */
    _widthOf: function (ctx, digits) {
      if (!this._widths.has(digits)) {
        ctx.font = `600 100px ${Furat.FONT}`;
        this._widths.set(digits, ctx.measureText(digits).width / 100);
        if (this._widths.size > MOST_WIDTHS) this._widths.delete(this._widths.keys().next().value);
      }
      return this._widths.get(digits);
    },

    /** Widths were measured with another typeface: forget them. */
    fontsArrived: function () {
      this._widths.clear();
      this.redraw();
    },
  };
})(window.Furat);
