/**
 * The map itself: takes what Python says, asks our routes for the symbols in view, and tells Python
 * what was picked. `Furat.update` is the only way in, `Streamlit.setComponentValue` the only way out.
 */
(function (Furat) {
  "use strict";

  /** The server's root, seen from /component/streamlit_folium.st_folium/index.html. */
  const ROOT = new URL("../../", window.location.href);
  /** Boxes grow to this grid of pixels, so that small pans ask nothing new. The server's is the same. */
  const SNAP_PX = 512;
  /** How much more than the view is asked for, as a share of its size. */
  const MARGIN = 0.2;
  /** Where a page's view outlives its frame. */
  const KEPT = "furat-view";
  const PATIENCE_MS = 400;
  const TIMEOUT_MS = 20000;
  /** Python answers a pick within this time, or it never heard of it. */
  const DEAF_MS = 15000;
  /** The part of the page's address that holds the view. */
  const AT = /^at(=|$)/;
  /** "Show all" leaves this margin, px, and goes no nearer than this zoom. */
  const FIT_PX = 48;
  const FIT_ZOOM = 11;

  const told = {
    text: {},
    lang: "en",
    query: "",
    tiles: null,
    view: null,
    focus: null, // what the first view shows
    bounds: null, // what "show all" shows
    attribution: "",
    places: null, // symbols to draw as they are, without asking the server: the gazetteer's map
  };
  const got = { symbols: [], n: 0, scale: 9, version: null, query: null };
  let map, panel, symbols, labels;
  let meta = null; // api/map.json
  let ground = null; // the drawn base
  let tileLayer = null;
  let tilesBroken = false;
  let picked = new Set();
  let pendingPick = null;
  let wanted = null; // the question under way or answered last: {query, zoom, box}
  let under = null; // the AbortController of the question under way
  let loading = false;
  let failed = null;
  let framed = false; // the first view is set
  let home = null; // and reads so
  let unstyled = null; // timer
  let moved = false; // the reader has moved the map, or the link named a view

  // ---- words and numbers -------------------------------------------------------------------

  let exact = new Intl.NumberFormat("en");
  let short = new Intl.NumberFormat("en", { notation: "compact" });
  let plurals = new Intl.PluralRules("en");

  /** A number as the reader writes it; the digits are Latin in both languages, as in coordinates. */
  Furat.number = (n) => exact.format(n);
  Furat.shortNumber = (n) => short.format(n);
  /** The form of a counted phrase that the language wants for `n`. */
  Furat.plural = (text, key, n) =>
    (text[`${key}_${plurals.select(n)}`] || text[`${key}_other`] || "{n}").replace("{n}", exact.format(n));
  Furat.nameOf = (thing, lang) =>
    String((lang === "ar" ? thing.name_ar : thing.name_en) || thing.name_en || thing.name_ar || thing.key || thing.id || "");

  function speak(lang) {
    const locale = lang === "ar" ? "ar-u-nu-latn" : "en";
    exact = new Intl.NumberFormat(locale);
    short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
    plurals = new Intl.PluralRules(lang);
  }

  // ---- from Python -------------------------------------------------------------------------

  /**
   * Takes what Python says. Called once when the frame opens and again whenever it changes.
   * @param {string} text JSON, see `show` in events/ui/map.py
   */
  Furat.update = function (text) {
    // streamlit-folium never empties this list; every layer of it would stay for ever.
    window.feature_group = [];
    const news = JSON.parse(text);
    if (!map) start();
    const before = { ...told };
    Object.assign(told, news);
    symbols.setPlain(Boolean(told.places));
    panel.plain = Boolean(told.places);
    if (news.lang !== before.lang || JSON.stringify(news.text) !== JSON.stringify(before.text)) reword();
    // Python has not heard of the latest pick while it answers an older one.
    if (!pendingPick || news.heard === pendingPick.token || Date.now() - pendingPick.at > DEAF_MS) {
      pendingPick = null;
      setPicked(news.picked);
    }
    setTiles();
    frame();
    if (told.places && framed && JSON.stringify(told.bounds) !== JSON.stringify(before.bounds)) fit();
    ask();
  };

  function start() {
    map = window.map;
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      map._zoomAnimated = false; // read by every layer when it is added; the option is read too early
      map.options.inertia = false;
    }
    Furat.makePanes(map);
    labels = new Furat.Labels().addTo(map);
    symbols = new Furat.Symbols((placed) => labels.setCircles(placed)).addTo(map);
    panel = new Furat.Panel(map, { fit, retry, pick, light, clear: () => pick(null) });
    map.on("moveend", () => {
      noticeMove();
      ask();
    });
    map.on("mousemove", (event) => hover(symbols.at(event.layerPoint)));
    map.on("mouseout movestart zoomstart", () => hover(null));
    map.on("click", (event) => pick(symbols.at(event.layerPoint)));
    window.addEventListener("keydown", (event) => {
      if (event.key === "Escape") pick(null);
    });
    // The frame changes its width with the sidebar, and is 0 px wide in a hidden tab.
    new ResizeObserver(() => {
      const middle = map.getCenter();
      map.invalidateSize({ pan: false });
      // Exactly: Leaflet's own correction is to the pixel, and the address would creep.
      map.setView(middle, map.getZoom(), { reset: true });
      frame();
      ask();
    }).observe(map.getContainer());
    // The page rewrites its address when it runs again; ours must outlive that.
    window.addEventListener("message", (event) => {
      if (event.data && event.data.type === "streamlit:render") setTimeout(writeAddress, 300);
    });
    Furat.loadFonts().then(() => {
      labels.fontsArrived();
      symbols.redraw();
    });
    loadGround();
    // A run that ended while the scripts were loading was not heard: ask to be told again.
    setTimeout(() => window.Streamlit.setComponentReady(), 0);
  }

  function reword() {
    speak(told.lang);
    panel.setLanguage(told.text, told.lang);
    labels.setLang(told.lang);
    symbols.redraw();
    refreshPanel();
    showState();
  }

  /** The styles arrive after the scripts; until then nothing has its true size. */
  function isStyled() {
    if (getComputedStyle(panel.root).position === "absolute") return true;
    clearTimeout(unstyled);
    unstyled = setTimeout(() => {
      frame();
      ask();
    }, 30);
    return false;
  }

  /** Sets the first view, as soon as the frame has a size; later only the reader moves the map. */
  function frame() {
    const size = map.getSize();
    if (moved || !size.x || !size.y || !isStyled()) return;
    const view = (!told.places && recall()) || told.view;
    if (view && !framed) {
      map.setView([view.lat, view.lon], view.zoom, { reset: true });
      moved = true;
    } else {
      fitTo(told.focus || told.bounds);
    }
    framed = true;
    home = where();
    writeAddress();
  }

  const fit = () => fitTo(told.bounds);

  function fitTo(bounds) {
    if (!bounds) return;
    const { south, west, north, east } = bounds;
    const { aside, below } = panel.legendCover();
    const [left, right] = told.lang === "ar" ? [aside, 0] : [0, aside];
    map.fitBounds([[south, west], [north, east]], {
      paddingTopLeft: [FIT_PX + left, FIT_PX],
      paddingBottomRight: [FIT_PX + right, FIT_PX + below],
      maxZoom: FIT_ZOOM,
      animate: false,
    });
  }

  const where = () => {
    const { lat, lng } = map.getCenter();
    return `${lat.toFixed(4)},${lng.toFixed(4)},${Math.round(map.getZoom())}`;
  };

  // ---- the ground --------------------------------------------------------------------------

  /** Fetches sides, labels and the base once; what failed is asked for again by `retry`. */
  async function loadGround() {
    const both = await Promise.allSettled([
      meta || getJson("api/map.json"),
      ground || getJson("api/basemap.json"),
    ]);
    const [first, second] = both;
    if (!meta && first.status === "fulfilled") {
      meta = first.value;
      panel.sides = meta.sides || [];
      symbols.setSides(panel.sides);
      labels.setLabels(meta.labels || []);
      setTiles();
      refreshPanel();
    }
    if (!ground && second.status === "fulfilled") {
      ground = Furat.drawBasemap(map, second.value);
      labels.setWaters(second.value.rivers, second.value.lakes);
    }
    const broken = both.find(({ status }) => status === "rejected");
    if (broken) fail(broken.reason);
  }

  async function getJson(address, signal) {
    const response = await fetch(new URL(address, ROOT), {
      signal: signal || AbortSignal.timeout(TIMEOUT_MS),
      headers: { Accept: "application/json" },
    });
    if (!response.ok) throw new Error(`${address.split("?")[0]}: HTTP ${response.status}`);
    return response.json();
  }

  function setTiles() {
    const tiles = meta && (meta.tiles || []).find(({ id }) => id === told.tiles);
    const wantedId = tiles ? tiles.id : null;
    if (tileLayer && tileLayer.furatId !== wantedId) {
      tileLayer.remove();
      tileLayer = null;
      tilesBroken = false;
      labels.setHidden(false);
    }
    if (tiles && !tileLayer && /^https:\/\//.test(tiles.url)) {
      tileLayer = Furat.drawTiles(map, tiles, {
        arrived: () => {
          tilesBroken = false;
          labels.setHidden(true);
          showState();
        },
        failed: () => {
          tilesBroken = true;
          labels.setHidden(false);
          showState();
        },
      });
      tileLayer.furatId = tiles.id;
    }
    if (panel) panel.setCredits([told.attribution, tileLayer && tiles ? tiles.attribution : ""]);
    showState();
  }

  // ---- the symbols -------------------------------------------------------------------------

  /** The view, grown by a margin and outwards to the grid, as {west, south, east, north} in px of the world. */
  function boxInView(margin) {
    const zoom = Math.round(map.getZoom());
    const { min, max } = map.getPixelBounds();
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

  function covers(outer, inner) {
    return outer.west <= inner.west && outer.north <= inner.north && outer.east >= inner.east && outer.south >= inner.south;
  }

  /** Asks for the symbols in view, unless that question is answered or under way. */
  async function ask({ anew = false } = {}) {
    const size = map.getSize();
    if (!framed || !size.x || !size.y) return;
    if (told.places) {
      if (told.places !== got.symbols) take({ symbols: told.places, n: 0, version: "", px: 7 }, told.query);
      return;
    }
    const zoom = Math.round(map.getZoom());
    const { query } = told;
    if (!anew && wanted && wanted.query === query && wanted.zoom === zoom && covers(wanted.box, boxInView(0))) return;
    const box = boxInView(MARGIN);
    if (box.west >= box.east || box.north >= box.south) return; // beyond the edge of the world
    wanted = { query, zoom, box };
    if (under) under.abort();
    const mine = (under = new AbortController());
    const slow = setTimeout(() => setLoading(true), PATIENCE_MS);
    const late = setTimeout(() => mine.abort(new Error("api/cells: no answer in time")), TIMEOUT_MS);
    // A pixel inside the grid, lest rounding tips the server's own snapping over to the next square.
    const southWest = map.unproject([box.west + 1, box.south - 1], zoom);
    const northEast = map.unproject([box.east - 1, box.north + 1], zoom);
    const bbox = [southWest.lng, southWest.lat, northEast.lng, northEast.lat].map((x) => x.toFixed(5));
    const address = `api/cells?${query ? query + "&" : ""}bbox=${bbox.join(",")}&zoom=${zoom}`;
    try {
      const answer = await getJson(address, mine.signal);
      if (under === mine) take(answer, query);
    } catch (error) {
      if (under !== mine) return; // a newer question took its place
      wanted = null;
      fail(error);
    } finally {
      clearTimeout(slow);
      clearTimeout(late);
      if (under === mine) {
        under = null;
        setLoading(false);
      }
    }
  }

  function take(answer, query) {
    const sound = (s) => Number.isFinite(s.lat) && Number.isFinite(s.lon) && s.n > 0;
    got.symbols = answer.symbols.every(sound) ? answer.symbols : answer.symbols.filter(sound);
    got.n = answer.n;
    got.version = answer.version;
    got.query = query;
    got.scale = answer.px > 0 ? answer.px : Furat.scale(got.symbols);
    hover(null);
    symbols.setSymbols(got.symbols, got.scale);
    if (meta && ground) failed = null;
    refreshPanel();
    showState();
  }

  function fail(error) {
    failed = String((error && error.message) || error);
    console.warn("Furat:", failed);
    showState();
  }

  /** After a failure, on the reader's word. */
  function retry() {
    failed = null;
    showState();
    if (!meta || !ground) loadGround();
    ask({ anew: true });
  }

  function setLoading(on) {
    loading = on;
    showState();
  }

  /** The one message that matters most now. */
  function showState() {
    if (!panel || !told.text.failed) return;
    const { text } = told;
    symbols.setStale(got.query !== told.query && (Boolean(failed) || loading));
    if (failed) panel.say(text.failed, { alarm: true, again: true });
    else if (loading) panel.say(text.loading);
    else if (tilesBroken) panel.say(text.tiles_failed);
    else if (got.version !== null && !got.symbols.length && !told.places) panel.say(text.empty);
    else panel.say("");
  }

  function refreshPanel() {
    if (!told.text.legend) return;
    panel.drawLegend(got.symbols, got.scale, told.lang);
    panel.listSymbols(got.symbols, told.lang, isPicked);
  }

  // ---- picking -----------------------------------------------------------------------------

  const isPicked = (symbol) => picked.has(symbol.key) || (symbol.places || []).some((key) => picked.has(key));

  function setPicked(keys) {
    picked = new Set(keys);
    symbols.setSelected(isPicked);
    panel.markSelected(isPicked);
  }

  /** @param {object|null} symbol the one to show the events of, or null to show none */
  function pick(symbol) {
    if (told.places) return;
    if (symbol && symbol.n_places > symbol.places.length) {
      // More places than a link can name: come closer until the symbol parts, rather than open some of them.
      const [west, south, east, north] = symbol.bounds;
      map.fitBounds([[south, west], [north, east]], { padding: [FIT_PX, FIT_PX], animate: false });
      return;
    }
    const places = symbol ? symbol.places || [symbol.key] : [];
    if (places.length === picked.size && places.every((key) => picked.has(key))) return;
    setPicked(places);
    const token = Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
    pendingPick = { token, at: Date.now() };
    window.Streamlit.setComponentValue({ pick: token, places });
    if (places.length) showEvents();
  }

  /** On a phone the events stand under the map, out of sight: bring them there. */
  function showEvents() {
    try {
      const { innerWidth, document: page } = window.parent;
      if (innerWidth > 640) return;
      panel.showTooltip(null);
      setTimeout(() => page.querySelector(".st-key-panel")?.scrollIntoView({ behavior: "smooth", block: "start" }), 700);
    } catch {
      // An embedding page may forbid it; the reader scrolls.
    }
  }

  function hover(symbol) {
    map.getContainer().style.cursor = symbol && !told.places ? "pointer" : "";
    show(symbol);
  }

  /** The keyboard reached a symbol, which may lie outside the view. */
  function light(symbol) {
    if (symbol && !map.getBounds().contains([symbol.lat, symbol.lon])) {
      map.panTo([symbol.lat, symbol.lon], { animate: false });
    }
    show(symbol);
  }

  function show(symbol) {
    symbols.setLit(symbol ? symbol.key : null);
    if (!symbol) return panel.showTooltip(null);
    const spot = symbols.placed().find((placed) => placed.symbol.key === symbol.key);
    if (spot) panel.showTooltip(symbol, { ...map.layerPointToContainerPoint([spot.x, spot.y]), r: spot.r }, told.lang);
  }

  // ---- the page's address ------------------------------------------------------------------

  function noticeMove() {
    if (!framed || (!moved && where() === home)) return;
    moved = true;
    writeAddress();
  }

  /** The view of the same session before the reader went to another page and came back, if any. */
  function recall() {
    try {
      const kept = JSON.parse(window.sessionStorage.getItem(KEPT));
      return kept && kept.session === told.session ? kept : null;
    } catch {
      return null;
    }
  }

  function remember() {
    const { lat, lng } = map.getCenter();
    try {
      window.sessionStorage.setItem(KEPT, JSON.stringify({ session: told.session, lat, lon: lng, zoom: map.getZoom() }));
    } catch {
      // Storage may be forbidden; then the view starts anew.
    }
  }

  /** Writes the view into the page's address, so that it can be copied; adds nothing to the history. */
  function writeAddress() {
    if (!framed || told.places) return;
    remember();
    try {
      const page = window.parent;
      const { pathname, search, hash } = page.location;
      const parts = search.replace(/^\?/, "").split("&").filter(Boolean);
      const view = "at=" + where();
      const others = parts.filter((part) => !AT.test(part));
      const first = parts.findIndex((part) => AT.test(part));
      // In its old place, where the page's own writing of the address leaves it.
      others.splice(first < 0 ? others.length : first, 0, view);
      const address = `${pathname}?${others.join("&")}${hash}`;
      if (address !== pathname + search + hash) page.history.replaceState(page.history.state, "", address);
    } catch (error) {
      console.warn("Furat: the address could not be written:", error);
    }
  }

  // ---- for tests ---------------------------------------------------------------------------

  /** What the map shows now. `x`, `y` and `r` are px of the frame. */
  Furat.state = function () {
    if (!map) return null;
    const { lat, lng } = map.getCenter();
    return {
      symbols: symbols.placed().map(({ symbol, x, y, r }) => {
        const at = map.layerPointToContainerPoint([x, y]);
        return { ...symbol, x: at.x, y: at.y, r, selected: isPicked(symbol) };
      }),
      n: got.n,
      version: got.version,
      zoom: map.getZoom(),
      center: { lat, lon: lng },
      lang: told.lang,
      query: told.query,
      answered: under || got.version === null ? null : got.query,
      tiles: tileLayer ? tileLayer.furatId : null,
      ground: Boolean(ground),
      loading: Boolean(under),
      error: failed,
    };
  };
})(window.Furat);
