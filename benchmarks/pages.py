"""The pages that are measured, and how each shows that it has drawn.

A change is drawn at the second animation frame after the page's own layer holds the new events: for our map when
it has taken the answer to the new question; for deck.gl when WebGL was told to draw as many points as there are
events; for clusters when the cluster layer holds as many. The frames count in the document that draws.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent

WATCH = """
window.bench = { points: -1, drawn: 0 };
for (const kind of [window.WebGLRenderingContext, window.WebGL2RenderingContext]) {
  if (!kind) continue;
  for (const name of ["drawArraysInstanced", "drawElementsInstanced"]) {
    const plain = kind.prototype[name];
    if (!plain) continue;
    kind.prototype[name] = function (...how) {
      const points = how[how.length - 1];
      // Other layers and a page's own marks are drawn with few.
      if (points > 3) { window.bench.points = points; window.bench.drawn = performance.now(); }
      return plain.apply(this, how);
    };
  }
}
window.bench.frame = () => document.querySelector('iframe[title^="streamlit_folium"]')?.contentWindow;
window.bench.frames = (of) => new Promise((done) => of.requestAnimationFrame(() => of.requestAnimationFrame(done)));
window.bench.tick = (label) => {
  const box = [...document.querySelectorAll('[data-testid="stSidebar"] label')]
    .find((one) => one.textContent.trim().startsWith(label));
  if (!box) throw new Error("no box " + label);
  window.bench.before = window.bench.frame()?.Furat?.state?.()?.query;
  box.querySelector("input").click();
};
/* Acts, waits until `drawn()` holds, then for two frames; the milliseconds land in bench.took. */
window.bench.measure = async ({ act, drawn, since }) => {
  window.bench.took = null;
  const begin = since ?? performance.now();
  if (act) act();
  for (;;) {
    const of = drawn(begin);
    if (of) { await window.bench.frames(of); break; }
    await new Promise((next) => setTimeout(next, 4));
  }
  window.bench.took = performance.now() - begin;
};
"""
"""Runs in every document before its own scripts."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page to measure.

    script: file that Streamlit runs. query: of its address. drawn: JavaScript, a function of {n, begin} that returns
    the window that has drawn n events, or null. pan: JavaScript that moves the map by 400 px, or None where the
    pointer must drag.
    """

    name: str
    script: Path
    drawn: str
    pan: str | None
    panned: str
    query: str = ""


OURS = Page(
    name="Furat",
    script=ROOT / "dashboard.py",
    drawn="""({ n }) => {
      // The page's own count stands above the map and comes first.
      if (!document.querySelector(".furat-count")?.textContent.replaceAll(",", "").startsWith(n + " of ")) return null;
      const frame = window.bench.frame();
      const state = frame?.Furat?.state?.();
      if (!state || !state.ground || state.loading || state.error || state.answered !== state.query) return null;
      return state.query !== window.bench.before ? frame : null;
    }""",
    pan="""(step) => { window.bench.frame().map.panBy([step * 400, 0], { animate: false }); }""",
    panned="""() => {
      const frame = window.bench.frame();
      const state = frame.Furat.state();
      return !state.loading && state.answered === state.query ? frame : null;
    }""",
)
ALSO_OURS = tuple(replace(OURS, name=f"Furat as {draw}", query=f"?draw={draw}") for draw in ("heat", "hexagons"))
"""The same page with its events drawn otherwise."""
DECK = """({ n, begin }) => (window.bench.points === n && window.bench.drawn > begin ? window : null)"""
PEERS = (
    Page(name="st.map", script=HERE / "peers/stmap.py", drawn=DECK, pan=None, panned=DECK),
    Page(name="st.pydeck_chart", script=HERE / "peers/deck.py", drawn=DECK, pan=None, panned=DECK),
    Page(
        name="FastMarkerCluster",
        script=HERE / "peers/cluster.py",
        drawn="""({ n }) => {
          const frame = window.bench.frame();
          let found = -1;
          frame?.map?.eachLayer?.((layer) => {
            if (layer._topClusterLevel) found = layer._topClusterLevel.getChildCount();
          });
          return found === n ? frame : null;
        }""",
        pan="""(step) => { window.bench.frame().map.panBy([step * 400, 0], { animate: false }); }""",
        panned="() => window.bench.frame()",
    ),
)
BARE = Page(
    name="one marker",
    script=HERE / "peers/bare.py",
    drawn="""() => {
      const frame = window.bench.frame();
      let found = 0;
      frame?.map?.eachLayer?.((layer) => { if (layer._icon) found += 1; });
      return found ? frame : null;
    }""",
    pan=None,
    panned="() => window",
)
