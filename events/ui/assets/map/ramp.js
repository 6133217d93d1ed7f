/** One hue from pale to dark, for heat and hexagons: the darker, the more events. No side of the war has this colour. */
(function (Furat) {
  "use strict";

  const STOPS = [
    [244, 214, 208],
    [226, 160, 160],
    [196, 104, 124],
    [153, 54, 92],
    [100, 20, 62],
    [58, 6, 38],
  ];

  /** @param {number} share 0 to 1 @returns {[number, number, number]} red, green, blue, 0 to 255 */
  Furat.rampAt = function (share) {
    const at = Math.min(1, Math.max(0, share)) * (STOPS.length - 1);
    const low = Math.min(STOPS.length - 2, Math.floor(at));
    return STOPS[low].map((part, index) => Math.round(part + (STOPS[low + 1][index] - part) * (at - low)));
  };

  /** The same as CSS. */
  Furat.rampColour = (share) => `rgb(${Furat.rampAt(share).join(", ")})`;

  /** The nearest of 1, 2, 5, 10, 20, 50 … to a number, on a scale of ratios. */
  Furat.roundNumber = function (n) {
    if (!(n > 0)) return 0;
    const power = 10 ** Math.floor(Math.log10(n));
    const steps = [1, 2, 5, 10].map((step) => step * power);
    return Number(steps.reduce((best, step) => (Math.abs(Math.log(step / n)) < Math.abs(Math.log(best / n)) ? step : best)).toPrecision(1));
  };
})(window.Furat);
