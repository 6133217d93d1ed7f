/**
 * First script of the map's frame.
 *
 * streamlit-folium loads the scripts one after another and stops for ever, without a word and
 * at a height of 0, when one of them fails. So this file fetches its successors side by side,
 * and says in the frame when one of them does not arrive.
 */
window.Furat = window.Furat || {};
(function (Furat) {
  "use strict";

  /** Loaded after this file, in this order; `events/ui/map_frame.py` holds the same list. */
  Furat.SCRIPTS = [
    "leaflet/leaflet.js",
    "map/words.js",
    "map/dom.js",
    "map/canvas.js",
    "map/basemap.js",
    "map/labels.js",
    "map/ramp.js",
    "map/shapes.js",
    "map/marks.js",
    "map/symbols.js",
    "map/smear.js",
    "map/heat.js",
    "map/hexagons.js",
    "map/legend.js",
    "map/list.js",
    "map/panel.js",
    "map/address.js",
    "map/view.js",
    "map/asking.js",
    "map/ground.js",
    "map/picking.js",
    "map/map.js",
  ];

  /** Which streamlit-folium asks for when all scripts have run. */
  Furat.STYLES = ["leaflet/leaflet.css", "map/map.css"];

  /** Address of the static files, and the query that names their version. */
  const here = new URL(document.currentScript.src);
  Furat.assets = new URL("../", here);

  for (const name of [...Furat.SCRIPTS, ...Furat.STYLES]) {
    const link = document.createElement("link");
    link.rel = "preload";
    link.as = name.endsWith(".css") ? "style" : "script";
    link.href = new URL(name, Furat.assets).href + here.search;
    document.head.appendChild(link);
  }

  /** Says that the map did not load; no translation has arrived yet, so it says it twice. */
  function confess() {
    if (document.querySelector(".furat-dead")) return;
    const box = document.createElement("div");
    box.className = "furat-dead";
    box.setAttribute("role", "alert");
    box.style.cssText = "padding:3rem 1rem;text-align:center;font:16px/1.6 'Noto Sans',sans-serif";
    const again = document.createElement("button");
    for (const [lang, text, button] of [
      ["en", "The map could not be loaded.", "Try again"],
      ["ar", "تعذّر تحميل الخريطة.", "أعد المحاولة"],
    ]) {
      const line = document.createElement("p");
      line.lang = lang;
      line.dir = "auto";
      line.textContent = text;
      box.appendChild(line);
      again.textContent += (again.textContent ? " · " : "") + button;
    }
    again.addEventListener("click", () => window.location.reload());
    box.appendChild(again);
    document.body.appendChild(box);
    if (window.Streamlit) window.Streamlit.setFrameHeight(Math.max(320, box.scrollHeight));
  }

  // A failed <script> does not bubble: only a capturing listener hears it.
  window.addEventListener(
    "error",
    (event) => {
      if (event.target instanceof HTMLScriptElement) confess();
    },
    true,
  );
})(window.Furat);
