/** Pointing at what is drawn, by pointer or keyboard, and picking it: its places go to Python. */
(function (Furat) {
  "use strict";

  /** Python answers a pick within this time, or it never heard of it. */
  const DEAF_MS = 15000;
  /** How many places a pick may name. The server's is the same. */
  const MOST_PLACES = 50;
  /** A symbol of more places than that comes closer by at least so many zooms. */
  const CLOSER = 2;
  const FIT_PX = 48;

  Furat.Picking = class {
    /**
     * @param {L.Map} map
     * @param {Furat.Panel} panel
     * @param {{layer: function(): object, allowed: function(): boolean, lang: function(): string,
     *   placesOf: function(string): Promise<Array<string>>, failed: function(Error): void}} about
     *   layer: the one drawn now; allowed: whether what it draws can be picked
     */
    constructor(map, panel, about) {
      this.map = map;
      this.panel = panel;
      this.about = about;
      this.places = new Set();
      this.pending = null; // the pick that Python has not answered yet
      this.holds = (symbol) => this.places.has(symbol.key) || (symbol.places || []).some((key) => this.places.has(key));
      map.on("mousemove", (event) => {
        // Under the legend and the buttons nothing is pointed at.
        const covered = panel.root.contains(event.originalEvent.target);
        this.hover(covered ? null : about.layer().at(event.layerPoint));
      });
      map.on("mouseout movestart zoomstart", () => this.hover(null));
      map.on("click", (event) => this.pick(about.layer().at(event.layerPoint)));
      window.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.pick(null);
      });
    }

    /** What Python says is picked; `heard` is the token of the latest pick it knows of. */
    told(places, heard) {
      // Python has not heard of the latest pick while it answers an older one.
      if (this.pending && heard !== this.pending.token && Date.now() - this.pending.at <= DEAF_MS) return;
      this.pending = null;
      this._set(places);
    }

    /** @param {object|null} symbol the one to show the events of, or null to show none */
    async pick(symbol) {
      if (!this.about.allowed()) return;
      let places = symbol ? symbol.places || [symbol.key] : [];
      if (symbol && symbol.n_places > places.length) {
        if (symbol.n_places > MOST_PLACES && this._closer(symbol)) return;
        try {
          places = await this.about.placesOf(symbol.key);
        } catch (error) {
          this.about.failed(error);
          return;
        }
        if (!places.length) return; // the data changed meanwhile
        symbol.places = places;
      }
      if (this._are(places)) return;
      this._set(places);
      const token = Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
      this.pending = { token, at: Date.now() };
      window.Streamlit.setComponentValue({ pick: token, places });
      if (places.length) this._showEvents();
    }

    hover(symbol) {
      this.map.getContainer().style.cursor = symbol && this.about.allowed() ? "pointer" : "";
      this._show(symbol);
    }

    /** The keyboard reached a symbol, which may lie outside the view. */
    light(symbol) {
      if (symbol && !this.map.getBounds().contains([symbol.lat, symbol.lon])) {
        this.map.panTo([symbol.lat, symbol.lon], { animate: false });
      }
      this._show(symbol);
    }

    _are(places) {
      return places.length === this.places.size && places.every((key) => this.places.has(key));
    }

    _set(places) {
      if (this._are(places)) return;
      this.places = new Set(places);
      this.about.layer().setSelected(this.holds);
      this.panel.markSelected(this.holds);
    }

    /**
     * More places than a link can name: come closer until the symbol parts, rather than open some of them.
     * Returns whether there was a closer view to go to; where there is none the fullest of them are opened.
     */
    _closer(symbol) {
      const { map } = this;
      const now = map.getZoom();
      if (now >= map.getMaxZoom()) return false;
      const [west, south, east, north] = symbol.bounds;
      const bounds = L.latLngBounds([south, west], [north, east]);
      const fitting = map.getBoundsZoom(bounds, false, L.point(2 * FIT_PX, 2 * FIT_PX));
      // What lies all over the view, or outside it, would not come closer by being fitted.
      const zoom = Math.min(map.getMaxZoom(), Math.max(now + CLOSER, fitting));
      map.setView(fitting > now ? bounds.getCenter() : [symbol.lat, symbol.lon], zoom, { animate: false });
      return true;
    }

    /** On a phone the events stand under the map, out of sight: bring them there. */
    _showEvents() {
      try {
        const { innerWidth, document: page } = window.parent;
        if (innerWidth > 640) return;
        this.panel.showTooltip(null);
        setTimeout(() => page.querySelector(".st-key-panel")?.scrollIntoView({ behavior: "smooth", block: "start" }), 700);
      } catch {
        // An embedding page may forbid it; the reader scrolls.
      }
    }

    _show(symbol) {
      const layer = this.about.layer();
      layer.setLit(symbol ? symbol.key : null);
      if (!symbol) return this.panel.showTooltip(null);
      const spot = layer.placed().find((placed) => placed.symbol.key === symbol.key);
      if (!spot) return undefined;
      const at = this.map.layerPointToContainerPoint([spot.x, spot.y]);
      return this.panel.showTooltip(symbol, { x: at.x, y: at.y, r: spot.r }, this.about.lang());
    }
  };
})(window.Furat);
