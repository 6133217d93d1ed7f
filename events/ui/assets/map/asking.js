/** The questions to our own routes: the events of the view, asked only when the answer at hand does not cover it. */
(function (Furat) {
  "use strict";

  /** The server's root, seen from /component/streamlit_folium.st_folium/index.html. */
  const ROOT = new URL("../../", window.location.href);
  /** Boxes grow to this grid of pixels, so that small pans ask nothing new. The server's is the same. */
  const SNAP_PX = 512;
  /** How much more than the view is asked for, as a share of its size. */
  const MARGIN = 0.2;
  const PATIENCE_MS = 400;
  const TIMEOUT_MS = 20000;

  /** Fetches JSON from the server. Throws where it does not answer in time, or not well. */
  Furat.getJson = async function (address, { signal, frame } = {}) {
    const response = await fetch(new URL(address, ROOT), {
      signal: signal || AbortSignal.timeout(TIMEOUT_MS),
      // By this name the page knows which view to have answered next.
      headers: { Accept: "application/json", ...(frame && { "Furat-Frame": frame }) },
    });
    if (!response.ok) throw new Error(`${address.split("?")[0]}: HTTP ${response.status}`);
    return response.json();
  };

  function covers(outer, inner) {
    return outer.west <= inner.west && outer.north <= inner.north && outer.east >= inner.east && outer.south >= inner.south;
  }

  Furat.Asking = class {
    /**
     * @param {L.Map} map
     * @param {{answered: function(object, object): void, failed: function(Error): void, changed: function(): void}} heard
     *   answered: gets the answer and its question {query, draw, zoom, box}; changed: it became slow, or ended
     */
    constructor(map, heard) {
      this.map = map;
      this.heard = heard;
      this.slow = false; // the reader has waited for a while
      this.wanted = null; // the question under way or answered last
      this.under = null; // the AbortController of the question under way
    }

    /**
     * Asks for the view, unless that question is answered or under way.
     * @param {{query: string, draw: string, frame: string, anew?: boolean}} what draw: one of those in
     *   events/selection.py; frame: names this map to the server
     */
    async ask({ query, draw, frame, anew = false }) {
      const zoom = Math.round(this.map.getZoom());
      const { wanted } = this;
      const covered = wanted && wanted.zoom === zoom && covers(wanted.box, this._box(0));
      if (!anew && covered && wanted.query === query && wanted.draw === draw) return;
      // The same box as long as it serves: the server has begun to answer for it before it is asked.
      const box = covered ? wanted.box : this._box(MARGIN);
      if (box.west >= box.east || box.north >= box.south) return; // beyond the edge of the world
      const question = { query, draw, zoom, box, address: this._address(query, draw, zoom, box) };
      this.wanted = question;
      if (this.under) this.under.abort();
      const mine = (this.under = new AbortController());
      const slow = setTimeout(() => this._setSlow(true), PATIENCE_MS);
      const late = setTimeout(() => mine.abort(new Error("api/cells: no answer in time")), TIMEOUT_MS);
      try {
        const answer = await Furat.getJson(question.address, { signal: mine.signal, frame });
        if (this.under === mine) this.heard.answered(answer, question);
      } catch (error) {
        if (this.under !== mine) return; // a newer question took its place
        this.wanted = null;
        this.heard.failed(error);
      } finally {
        clearTimeout(slow);
        clearTimeout(late);
        if (this.under === mine) {
          this.under = null;
          this._setSlow(false);
        }
      }
    }

    /** All places of one symbol or hexagon of the view, where the answer at hand names but its first. */
    async placesOf(key) {
      if (!this.wanted) return [];
      const { places } = await Furat.getJson(`${this.wanted.address}&places_of=${encodeURIComponent(key)}`);
      return places;
    }

    _setSlow(slow) {
      this.slow = slow;
      this.heard.changed();
    }

    _address(query, draw, zoom, box) {
      // A pixel inside the grid, lest rounding tips the server's own snapping over to the next square.
      const southWest = this.map.unproject([box.west + 1, box.south - 1], zoom);
      const northEast = this.map.unproject([box.east - 1, box.north + 1], zoom);
      const bbox = [southWest.lng, southWest.lat, northEast.lng, northEast.lat].map((x) => x.toFixed(5));
      return `api/cells?${query ? query + "&" : ""}draw=${draw}&bbox=${bbox.join(",")}&zoom=${zoom}`;
    }

    /** The view, grown by a margin and outwards to the grid, as {west, south, east, north} in px of the world. */
    _box(margin) {
      const zoom = Math.round(this.map.getZoom());
      const { min, max } = this.map.getPixelBounds();
      const world = 256 * 2 ** zoom;
      const [padX, padY] = [(max.x - min.x) * margin, (max.y - min.y) * margin];
      const clamp = (px) => Math.min(world, Math.max(0, px));
      const snap = (px, round) => (margin ? clamp(round(px / SNAP_PX) * SNAP_PX) : clamp(px));
      return {
        west: snap(min.x - padX, Math.floor),
        north: snap(min.y - padY, Math.floor),
        east: snap(max.x + padX, Math.ceil),
        south: snap(max.y + padY, Math.ceil),
      };
    }
  };
})(window.Furat);
