/** Which part of the world the frame shows: at first what Python names, then wherever the reader moves. */
(function (Furat) {
  "use strict";

  /** "Show all" leaves this margin, px, and goes no nearer than this zoom. */
  const FIT_PX = 48;
  const FIT_ZOOM = 11;
  /** How long to wait for the styles before looking again. */
  const STYLES_MS = 30;
  /** The page has rewritten its own address this long after it ran again. */
  const REWRITTEN_MS = 300;

  Furat.View = class {
    /**
     * @param {L.Map} map @param {Furat.Panel} panel
     * @param {object} told what Python said last, see `show` in events/ui/map.py; read at every step
     * @param {function(): void} changed another part of the world is to be asked for
     */
    constructor(map, panel, told, changed) {
      this.map = map;
      this.panel = panel;
      this.told = told;
      this.changed = changed;
      this.address = new Furat.Address(map);
      this.set = false; // the first view
      this.home = null; // and reads so
      this.aimed = null; // what it was set to, and in which room
      this.moved = false; // the reader has moved the map, or the link named a view
      this.unstyled = null; // timer
      map.on("moveend", () => {
        this._noticeMove();
        changed();
      });
      // The frame changes its width with the sidebar, and is 0 px wide in a hidden tab.
      new ResizeObserver(() => this._keepMiddle()).observe(map.getContainer());
      // The page rewrites its address when it runs again; ours must outlive that.
      window.addEventListener("message", (event) => {
        if (event.data && event.data.type === "streamlit:render") setTimeout(() => this._write(), REWRITTEN_MS);
      });
    }

    /** Whether the map shows something: the first view is set and the frame has a size. */
    get open() {
      const size = this.map.getSize();
      return this.set && Boolean(size.x && size.y);
    }

    /** Sets the first view, as soon as the frame has a size; later only the reader moves the map. */
    aim() {
      const { map, told } = this;
      const size = map.getSize();
      if (this.moved || !size.x || !size.y || !this._styled()) return;
      const aim = JSON.stringify([told.focus || told.bounds, told.lang, size, this.panel.legend.cover()]);
      if (this.set && aim === this.aimed) return;
      this.aimed = aim;
      const view = (!told.places && this.address.recall(told.session)) || told.view;
      if (view && !this.set) {
        map.setView([view.lat, view.lon], view.zoom, { reset: true });
        this.moved = true;
      } else {
        this._fit(told.focus || told.bounds);
      }
      this.set = true;
      this.home = this.address.where();
      this._write();
    }

    /** Shows all there is. */
    showAll() {
      this._fit(this.told.bounds);
    }

    _fit(bounds) {
      if (!bounds) return;
      const { south, west, north, east } = bounds;
      const { aside, below } = this.panel.legend.cover();
      const [left, right] = this.told.lang === "ar" ? [aside, 0] : [0, aside];
      this.map.fitBounds([[south, west], [north, east]], {
        paddingTopLeft: [FIT_PX + left, FIT_PX],
        paddingBottomRight: [FIT_PX + right, FIT_PX + below],
        maxZoom: FIT_ZOOM,
        animate: false,
      });
    }

    /** The styles arrive after the scripts; until then nothing has its true size. */
    _styled() {
      if (getComputedStyle(this.panel.root).position === "absolute") return true;
      clearTimeout(this.unstyled);
      this.unstyled = setTimeout(() => {
        this.aim();
        this.changed();
      }, STYLES_MS);
      return false;
    }

    _keepMiddle() {
      const { map } = this;
      const middle = map.getCenter();
      map.invalidateSize({ pan: false });
      // Exactly: Leaflet's own correction is to the pixel, and the address would creep.
      map.setView(middle, map.getZoom(), { reset: true });
      this.aim();
      this.changed();
    }

    _noticeMove() {
      if (!this.set || (!this.moved && this.address.where() === this.home)) return;
      this.moved = true;
      this._write();
    }

    _write() {
      if (this.set && !this.told.places) this.address.write(this.told.session);
    }
  };
})(window.Furat);
