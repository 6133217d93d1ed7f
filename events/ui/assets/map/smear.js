/** Smearing counts over a grid, as a Gaussian would: plain arithmetic, for heat. */
(function (Furat) {
  "use strict";

  /** Up to this width, in squares, smearing weighs every neighbour; beyond it five means in a row come close enough. */
  const EXACT = 5;
  const MEANS = 5;
  /** Beyond so many standard deviations nothing of a smear is to be seen; the server gives what lies so near. */
  const REACH = 3;

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

  /**
   * Adds the smear of points, {x, y, n}, to a grid. They and `sigma` are in wide squares, each of `merged` by
   * `merged` squares of the grid; they may lie outside it.
   */
  Furat.addSmeared = function (total, columns, rows, points, { sigma, merged }) {
    const around = Math.ceil(REACH * sigma) + 1;
    const [across, down] = [columns, rows].map((n) => Math.ceil(n / merged) + 2 * around);
    const grid = new Float64Array(across * down);
    for (const { x, y, n } of points) {
      const [column, row] = [Math.floor(x) + around, Math.floor(y) + around];
      if (column >= 0 && column < across && row >= 0 && row < down) grid[row * across + column] += n;
    }
    smear(grid, across, down, sigma);
    // A square takes its density from the four middles of wide ones around it.
    const place = (index) => {
      const at = (index + 0.5) / merged - 0.5 + around;
      return [Math.floor(at), at - Math.floor(at)];
    };
    const spots = Array.from({ length: columns }, (_, column) => place(column));
    for (let row = 0; row < rows; row += 1) {
      const [y, dy] = place(row);
      for (let column = 0; column < columns; column += 1) {
        const [x, dx] = spots[column];
        const at = y * across + x;
        const upper = grid[at] * (1 - dx) + grid[at + 1] * dx;
        const lower = grid[at + across] * (1 - dx) + grid[at + across + 1] * dx;
        total[row * columns + column] += (upper * (1 - dy) + lower * dy) / (merged * merged);
      }
    }
  };
})(window.Furat);
