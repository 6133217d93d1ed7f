/** A sharp canvas that moves and zooms with the map; the names and each way of drawing the events have one. */
(function (Furat) {
  "use strict";

  /**
   * Base of our drawn layers. A subclass gives `draw(ctx)`, called in layer points (CSS pixels).
   * L.Renderer brings the placing, the padding and the zoom animation.
   */
  Furat.CanvasLayer = L.Renderer.extend({
    options: { padding: 0.25 },

    /** Draws everything again in the next frame, however often it is asked before. */
    redraw: function () {
      if (this._due === undefined) this._due = requestAnimationFrame(() => this.paint());
    },

    /** Draws everything again, now. */
    paint: function () {
      cancelAnimationFrame(this._due);
      this._due = undefined;
      if (!this._map || !this._context) return;
      const { width, height } = this._container;
      this._context.save();
      this._context.setTransform(1, 0, 0, 1, 0, 0);
      this._context.clearRect(0, 0, width, height);
      this._context.restore();
      this._context.save();
      this.draw(this._context);
      this._context.restore();
    },

    /** The box, in layer points, that the canvas covers. */
    covered: function () {
      return this._bounds;
    },

    _initContainer: function () {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._context = this._container.getContext("2d");
    },

    _destroyContainer: function () {
      this._container.remove();
      delete this._container;
      delete this._context;
    },

    _updatePaths: function () {},

    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const { min } = this._bounds;
      const size = this._bounds.getSize();
      const ratio = window.devicePixelRatio || 1;
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, min);
      const width = Math.round(size.x * ratio);
      const height = Math.round(size.y * ratio);
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        canvas.style.width = size.x + "px";
        canvas.style.height = size.y + "px";
      }
      this._context.setTransform(ratio, 0, 0, ratio, -min.x * ratio, -min.y * ratio);
      this.paint();
    },
  });

  /** The bundled typefaces, Latin first; canvas and DOM use the same. */
  Furat.FONT = '"Noto Sans", "Noto Sans Arabic", "Segoe UI", Tahoma, sans-serif';

  const LATIN =
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329," +
    "U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD";
  const LATIN_EXT =
    "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F," +
    "U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF";
  const ARABIC =
    "U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,U+FB50-FDFF,U+FE70-FEFC";

  /**
   * Loads the typefaces. Not as @font-face rules: streamlit-folium rewrites the head of the
   * frame while it loads, which would drop them again.
   * @returns {Promise<void>} settled when they are there, or when they cannot be had
   */
  Furat.loadFonts = function () {
    const faces = [];
    for (const weight of ["400", "600"]) {
      for (const [family, file, unicodeRange] of [
        ["Noto Sans", "noto-sans-latin", LATIN],
        ["Noto Sans", "noto-sans-latin-ext", LATIN_EXT],
        ["Noto Sans Arabic", "noto-sans-arabic-arabic", ARABIC],
      ]) {
        const address = new URL(`fonts/${file}-${weight}-normal.woff2`, Furat.assets).href;
        const face = new FontFace(family, `url("${address}")`, { weight, unicodeRange });
        document.fonts.add(face);
        if (file !== "noto-sans-latin-ext") faces.push(face.load().catch(() => null));
      }
    }
    return Promise.all(faces).then(() => undefined);
  };
})(window.Furat);
