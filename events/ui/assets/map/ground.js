/** What lies under the events: the bundled base, the names, and online tiles where the reader wants them. */
(function (Furat) {
  "use strict";

  Furat.Ground = class {
    /**
     * @param {L.Map} map @param {Furat.Labels} labels
     * @param {{arrived: function(object): void, failed: function(Error): void, changed: function(): void}} heard
     *   arrived: gets api/map.json, with the sides; changed: tiles came, went or failed
     */
    constructor(map, labels, heard) {
      this.map = map;
      this.labels = labels;
      this.heard = heard;
      this.meta = null; // api/map.json
      this.base = null; // the drawn base
      this.tiles = null; // the layer
      this.tilesBroken = false;
      this.wanted = null; // id of the tiles asked for
    }

    get complete() {
      return Boolean(this.meta && this.base);
    }

    get tilesId() {
      return this.tiles ? this.tiles.furatId : null;
    }

    /** Whose tiles are drawn. */
    get attribution() {
      const known = this._known();
      return this.tiles && known ? known.attribution : "";
    }

    /** Fetches sides, labels and the base once; to be called again for what failed. */
    async load() {
      const both = await Promise.allSettled([
        this.meta || Furat.getJson("api/map.json"),
        this.base || Furat.getJson("api/basemap.json"),
      ]);
      const [first, second] = both;
      if (!this.meta && first.status === "fulfilled") {
        this.meta = first.value;
        this.labels.setLabels(this.meta.labels || []);
        this.heard.arrived(this.meta);
        this.setTiles(this.wanted);
      }
      if (!this.base && second.status === "fulfilled") {
        this.base = Furat.drawBasemap(this.map, second.value);
        this.labels.setWaters(second.value.rivers, second.value.lakes);
      }
      const broken = both.find(({ status }) => status === "rejected");
      if (broken) this.heard.failed(broken.reason);
    }

    /** @param {string|null} id of an online background, or null for the bundled one alone */
    setTiles(id) {
      this.wanted = id;
      const known = this._known();
      if (this.tiles && this.tiles.furatId !== (known ? known.id : null)) {
        this.tiles.remove();
        this.tiles = null;
        this.tilesBroken = false;
        this.labels.setHidden(false);
      }
      if (known && !this.tiles && /^https:\/\//.test(known.url)) {
        const turned = (broken) => () => {
          this.tilesBroken = broken;
          this.labels.setHidden(!broken);
          this.heard.changed();
        };
        this.tiles = Furat.drawTiles(this.map, known, { arrived: turned(false), failed: turned(true) });
        this.tiles.furatId = known.id;
      }
      this.heard.changed();
    }

    _known() {
      return (this.meta && (this.meta.tiles || []).find(({ id }) => id === this.wanted)) || null;
    }
  };
})(window.Furat);
