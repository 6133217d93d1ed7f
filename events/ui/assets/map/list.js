/**
 * What is drawn as a list of buttons that only the keyboard and screen readers meet: one stop for the Tab
 * key, arrows from one to the next.
 */
(function (Furat) {
  "use strict";

  const MOST_LISTED = 300;
  const { make, makeButton } = Furat;

  Furat.List = class {
    /** @param {{pick: function(object): void, light: function(object|null): void}} act */
    constructor(act) {
      this.act = act;
      this.root = make("div", "furat-list");
      this.root.setAttribute("role", "group");
      this.root.addEventListener("keydown", (event) => this._walk(event));
      this.entries = [];
    }

    /**
     * @param {Array<object>} symbols symbols or hexagons; the fullest are listed
     * @param {{selected: function(object): boolean, worded: function(object): string}} how
     */
    show(symbols, { selected, worded }) {
      const { root } = this;
      const focused = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      this.entries = [...symbols].sort((a, b) => b.n - a.n).slice(0, MOST_LISTED);
      const buttons = this.entries.map((symbol) => {
        const button = makeButton("", "", () => this.act.pick(symbol), worded(symbol));
        button.dataset.key = symbol.key;
        button.setAttribute("aria-pressed", String(selected(symbol)));
        button.addEventListener("focus", () => this.act.light(symbol));
        button.addEventListener("blur", () => this.act.light(null));
        button.tabIndex = -1;
        return button;
      });
      root.replaceChildren(...buttons);
      const again = buttons.find((button) => button.dataset.key === focused);
      const stop = again || buttons[0];
      if (stop) stop.tabIndex = 0;
      if (again) again.focus({ preventScroll: true });
    }

    /** What is picked, said on the buttons. */
    mark(selected) {
      this.entries.forEach((symbol, index) => {
        this.root.children[index].setAttribute("aria-pressed", String(selected(symbol)));
      });
    }

    _walk(event) {
      const buttons = [...this.root.children];
      const here = buttons.indexOf(document.activeElement);
      const rtl = getComputedStyle(this.root).direction === "rtl";
      const [forward, back] = rtl ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
      const to = {
        ArrowDown: here + 1,
        [forward]: here + 1,
        ArrowUp: here - 1,
        [back]: here - 1,
        Home: 0,
        End: buttons.length - 1,
      }[event.key];
      if (to === undefined || here < 0) return;
      event.preventDefault();
      event.stopPropagation();
      const next = buttons[Math.min(buttons.length - 1, Math.max(0, to))];
      buttons[here].tabIndex = -1;
      next.tabIndex = 0;
      next.focus({ preventScroll: true });
    }
  };
})(window.Furat);
