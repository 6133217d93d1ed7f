/** The view in the page's address, so that it can be copied, and in the session, so that it outlives the frame. */
(function (Furat) {
  "use strict";

  /** Where a page's view outlives its frame. */
  const KEPT = "furat-view";
  /** The part of the page's address that holds the view. */
  const AT = /^at(=|$)/;

  Furat.Address = class {
    /** @param {L.Map} map */
    constructor(map) {
      this.map = map;
    }

    /** The view as the address says it: latitude, longitude, zoom. */
    where() {
      const { lat, lng } = this.map.getCenter();
      return `${lat.toFixed(4)},${lng.toFixed(4)},${Math.round(this.map.getZoom())}`;
    }

    /** The view of this session before the reader went to another page and came back, or null. */
    recall(session) {
      try {
        const kept = JSON.parse(window.sessionStorage.getItem(KEPT));
        return kept && kept.session === session ? kept : null;
      } catch {
        return null;
      }
    }

    /** Writes the view into session and address; adds nothing to the history. */
    write(session) {
      this._remember(session);
      try {
        const page = window.parent;
        const { pathname, search, hash } = page.location;
        const parts = search.replace(/^\?/, "").split("&").filter(Boolean);
        const others = parts.filter((part) => !AT.test(part));
        const first = parts.findIndex((part) => AT.test(part));
        // In its old place, where the page's own writing of the address leaves it.
        others.splice(first < 0 ? others.length : first, 0, "at=" + this.where());
        const address = `${pathname}?${others.join("&")}${hash}`;
        if (address !== pathname + search + hash) page.history.replaceState(page.history.state, "", address);
      } catch (error) {
        console.warn("Furat: the address could not be written:", error);
      }
    }

    _remember(session) {
      const { lat, lng } = this.map.getCenter();
      try {
        window.sessionStorage.setItem(KEPT, JSON.stringify({ session, lat, lon: lng, zoom: this.map.getZoom() }));
      } catch {
        // Storage may be forbidden; then the view starts anew.
      }
    }
  };
})(window.Furat);
