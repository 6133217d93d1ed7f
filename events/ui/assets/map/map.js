/**
 * The map itself: takes what Python says, has the events of the view fetched, and gives them to the layer
 * that draws them. `Furat.update` is the only way in, `Streamlit.setComponentValue` the only way out.
 */
(function (Furat) {
  "use strict";

  /** Radius of a place of the gazetteer, px. */
  const PLACE_PX = 7;

  const told = {
    text: {},
    lang: "en",
    query: "",
    draw: "symbols",
    tiles: null,
    view: null,
    focus: null, // what the first view shows
    bounds: null, // what "show all" shows
    attribution: "",
    places: null, // symbols to draw as they are, without asking the server: the gazetteer's map
    events: false, // these stand for events: with their sides, and they can be picked
  };
  const got = { answer: null, draw: "symbols", n: 0, left: 0, version: null, query: null };
  let map, view, panel, labels, layers, asking, ground, picking;
  let failed = null;
  let bare = false; // nothing of the answer lies in the view

  const layer = () => layers[got.draw];

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
    const plain = Boolean(told.places) && !told.events;
    layers.symbols.setPlain(plain);
    panel.legend.plain = plain;
    if (news.lang !== before.lang || JSON.stringify(news.text) !== JSON.stringify(before.text)) reword();
    picking.told(news.picked, news.heard);
    ground.setTiles(told.tiles);
    view.aim();
    if (told.places && view.set && JSON.stringify(told.bounds) !== JSON.stringify(before.bounds)) view.showAll();
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
    layers = {
      heat: new Furat.Heat(() => refreshPanel()).addTo(map),
      hexagons: new Furat.Hexagons().addTo(map),
      symbols: new Furat.Symbols((placed) => labels.setCircles(placed)).addTo(map),
    };
    asking = new Furat.Asking(map, { answered: take, failed: fail, changed: showState });
    panel = new Furat.Panel(map, {
      pick: (symbol) => picking.pick(symbol),
      light: (symbol) => picking.light(symbol),
      fit: () => view.showAll(),
      retry,
    });
    picking = new Furat.Picking(map, panel, {
      layer,
      allowed: () => !told.places || told.events,
      lang: () => told.lang,
      placesOf: (key) => asking.placesOf(key),
      failed: fail,
    });
    ground = new Furat.Ground(map, labels, { arrived: setSides, failed: fail, changed: showState });
    view = new Furat.View(map, panel, told, ask);
    map.on("moveend", showState);
    Furat.loadFonts().then(() => {
      labels.fontsArrived();
      layers.symbols.fontsArrived();
    });
    ground.load();
    // A run that ended while the scripts were loading was not heard: ask to be told again.
    setTimeout(() => window.Streamlit.setComponentReady(), 0);
  }

  function reword() {
    Furat.speak(told.lang);
    panel.setLanguage(told.text, told.lang);
    labels.setLang(told.lang);
    layer().redraw();
    refreshPanel();
    showState();
  }

  function setSides({ sides }) {
    panel.legend.sides = sides || [];
    layers.symbols.setSides(panel.legend.sides);
    refreshPanel();
  }

  // ---- the events --------------------------------------------------------------------------

  /** Asks for the events of the view, or takes those that Python gave. */
  function ask({ anew = false } = {}) {
    if (!view.open) return;
    if (!told.places) {
      asking.ask({ query: told.query, draw: told.draw, frame: told.session, anew });
    } else if (!got.answer || told.places !== got.answer.symbols) {
      take({ draw: "symbols", symbols: told.places, n: 0, version: "", px: PLACE_PX }, { query: told.query });
    }
  }

  function take(answer, question) {
    picking.hover(null);
    if (answer.draw !== got.draw) {
      layer().setAnswer(null);
      labels.setCircles([]);
      labels.setQuiet(answer.draw !== "symbols");
    }
    Object.assign(got, { answer, draw: answer.draw, n: answer.n, left: answer.left_out || 0 });
    Object.assign(got, { version: answer.version, query: question.query });
    layer().setSelected(picking.holds);
    layer().setAnswer(answer, question);
    if (ground.complete) failed = null;
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
    if (!ground.complete) ground.load();
    ask({ anew: true });
  }

  /** The one message that matters most now. */
  function showState() {
    if (!panel || !ground || !told.text.failed) return;
    const { text } = told;
    const old = got.query !== told.query || got.draw !== told.draw;
    layer().setStale(!told.places && old && (Boolean(failed) || asking.slow));
    panel.setCredits([told.attribution, ground.attribution]);
    // While the next answer is under way, what was said of the last one stands.
    if (!asking.under) bare = got.version !== null && !got.left && !told.places && !layer().seen();
    if (failed) panel.say(text.failed, { alarm: true, again: true });
    else if (asking.slow) panel.say(text.loading);
    else if (ground.tilesBroken) panel.say(text.tiles_failed);
    else if (bare) panel.say(text.empty);
    else panel.say("");
  }

  function refreshPanel() {
    if (!told.text.legend || got.version === null) return;
    panel.show({ draw: got.draw, layer: layer(), left: got.left }, told.lang, picking.holds);
  }

  // ---- for tests ---------------------------------------------------------------------------

  /** What the map shows now. `x`, `y` and `r` are px of the frame. */
  Furat.state = function () {
    if (!map) return null;
    const { lat, lng } = map.getCenter();
    const answered = !asking.under && got.version !== null && (got.draw === told.draw || told.places);
    return {
      draw: got.draw,
      symbols: layer().placed().map(({ symbol, x, y, r }) => {
        const at = map.layerPointToContainerPoint([x, y]);
        return { ...symbol, x: at.x, y: at.y, r, selected: picking.holds(symbol) };
      }),
      n: got.n,
      left: got.left,
      heat: { sum: layers.heat.sum, densest: layers.heat.densest },
      version: got.version,
      zoom: map.getZoom(),
      center: { lat, lon: lng },
      lang: told.lang,
      query: told.query,
      answered: answered ? got.query : null,
      tiles: ground.tilesId,
      ground: Boolean(ground.base),
      loading: Boolean(asking.under),
      error: failed,
    };
  };
})(window.Furat);
