/** What lies under the events: land, water, borders, rivers; and online tiles when they are asked for. */
(function (Furat) {
  "use strict";

  const LAND = "#f4f0e8";
  const LAND_ABROAD = "#ebe6dc";
  const WATER = "#cfdfe6";
  const SHORE = "#a9c3cf";
  const RIVER = "#93b8c9";
  const BORDER = "#a3988a";
  const GOVERNORATE = "#cdc3b4";
  /** Width of a river in px by its rank at zoom 7. */
  const RIVER_PX = { 1: 2.0, 2: 1.3, 3: 0.8 };

  /** Lines that the states on their two sides do not agree on are dashed. */
  const UNSETTLED = new Set(["disputed", "ceasefire"]);

  const rankOf = (feature) => Math.min(3, Math.max(1, Math.round(Number(feature.properties.rank) || 3)));

  /** The layers of our own from the bottom up; Leaflet's tiles lie at 200. */
  Furat.PANES = { base: 150, density: 300, labels: 350, symbols: 450 };

  /** Makes the panes; nothing in them takes the pointer. */
  Furat.makePanes = function (map) {
    for (const [name, level] of Object.entries(Furat.PANES)) {
      const pane = map.createPane("furat-" + name);
      pane.style.zIndex = String(level);
      pane.style.pointerEvents = "none";
    }
  };

  /**
   * Draws the bundled base.
   * @param {L.Map} map
   * @param {object} data GeoJSON collections: countries, governorates, rivers, lakes; where there are
   *   such, borders (with `kind` border, disputed or ceasefire) and governorate_lines
   * @returns {L.LayerGroup}
   */
  Furat.drawBasemap = function (map, data) {
    const renderer = L.canvas({ pane: "furat-base", padding: 0.35 });
    const common = { renderer, interactive: false, pane: "furat-base" };
    const layer = (collection, style) =>
      L.geoJSON(collection, { ...common, style: (feature) => ({ ...common, ...style(feature) }) });
    // L.layerGroup adds its layers in the order they were made, not in the order they are listed.
    const land = layer(data.countries, (feature) => ({
      stroke: false,
      fillColor: feature.properties.name_en === "Syria" ? LAND : LAND_ABROAD,
      fillOpacity: 1,
    }));
    const lakes = layer(data.lakes, () => ({ color: SHORE, weight: 0.6, fillColor: WATER, fillOpacity: 1 }));
    const rivers = layer(data.rivers, () => ({ color: RIVER, fill: false, lineCap: "round" }));
    // Shared lines come once each where the data have them so; else the outlines of the areas serve.
    const governorates = layer(data.governorate_lines || data.governorates, () => ({ color: GOVERNORATE, fill: false }));
    const borders = layer(data.borders || data.countries, (feature) => ({
      color: BORDER,
      fill: false,
      dashArray: UNSETTLED.has(feature.properties.kind) ? "5 4" : null,
    }));

    /** Lines grow with the zoom, and lesser rivers wait until they have room. */
    function restyle() {
      const zoom = map.getZoom();
      const grow = Math.min(2.4, Math.max(0.6, 1 + (zoom - 7) * 0.26));
      rivers.setStyle((feature) => {
        const rank = rankOf(feature);
        return { weight: RIVER_PX[rank] * grow, stroke: rank === 1 || zoom >= 4 + rank };
      });
      governorates.setStyle({ weight: 0.7 + 0.15 * grow, opacity: zoom < 6 ? 0.5 : 1 });
      // Syria's own border carries the picture; the others are there to orient.
      borders.setStyle((feature) => ({ weight: (rankOf(feature) === 1 ? 1.5 : 1) * Math.min(1.4, 0.85 + 0.15 * grow) }));
    }

    restyle();
    map.on("zoomend", restyle);
    return L.layerGroup([land, lakes, rivers, governorates, borders]).addTo(map);
  };

  /**
   * Online tiles, when the reader has switched them on.
   * @param {L.Map} map
   * @param {{id: string, name: string, url: string, attribution: string, max_zoom: number, subdomains: string}} tiles
   * @param {{arrived: function(): void, failed: function(): void}} tell
   * @returns {L.TileLayer}
   */
  Furat.drawTiles = function (map, tiles, tell) {
    const layer = L.tileLayer(tiles.url, {
      maxNativeZoom: Number(tiles.max_zoom) || 18,
      maxZoom: 18,
      subdomains: tiles.subdomains || "abc",
      // Tile servers refuse requests that do not say where they come from.
      referrerPolicy: "strict-origin-when-cross-origin",
    });
    layer.on("tileload", tell.arrived);
    layer.on("tileerror", tell.failed);
    return layer.addTo(map);
  };
})(window.Furat);
