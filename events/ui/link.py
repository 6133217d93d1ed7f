"""The address bar and the "Copy link" button: the page's address always says what the page shows.

The address is replaced, never pushed, so that Back leaves the app as a visitor expects.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from events.ui.language import Language

OURS = ("dates", "actor", "type", "claimant", "place", "draw", "lang")
"""Parameters written here. The map writes `at` by itself when it moves; all others (`embed`) are left alone."""

_JS = """
export default function (component) {
  const { data, parentElement } = component;
  const root = document.documentElement;
  root.lang = data.lang;
  root.dir = data.rtl ? "rtl" : "ltr";
  const kept = new URLSearchParams(location.search);
  for (const name of data.ours) kept.delete(name);
  const written = (value) => encodeURIComponent(value).replace(/%2C/g, ",").replace(/%2F/g, "/");
  const parts = data.params.map(([name, value]) => name + "=" + written(value));
  for (const [name, value] of kept) {
    // The view of the map reads best before the language, which stands last.
    if (name === "at") parts.splice(Math.max(parts.length - 1, 0), 0, "at=" + written(value));
    else parts.push(encodeURIComponent(name) + "=" + written(value));
  }
  const address = location.pathname + (parts.length ? "?" + parts.join("&") : "");
  if (address !== location.pathname + location.search) history.replaceState(history.state, "", address);

  const button = parentElement.querySelector("button");
  const field = parentElement.querySelector("input");
  button.textContent = data.copy;
  field.setAttribute("aria-label", data.copy);
  button.onclick = async () => {
    field.value = location.href;
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      // No clipboard without https: show the address, selected, ready to copy by hand.
      field.hidden = false;
      field.select();
      if (!document.execCommand("copy")) return;
    }
    button.textContent = data.copied;
    setTimeout(() => { button.textContent = data.copy; }, 2000);
  };
}
"""

_CSS = """
button { font: inherit; font-size: .875rem; color: inherit; background: transparent; cursor: pointer;
  border: 1px solid #cfc8b8; border-radius: .4rem; padding: .3rem .8rem; min-height: 2.25rem; white-space: nowrap; }
button:hover, button:focus-visible { border-color: #8a4b12; color: #8a4b12; }
input { font: inherit; font-size: .75rem; width: 100%; margin-top: .3rem; direction: ltr; }
"""

_component = st.components.v2.component(
    "furat_link", html='<button type="button"></button><input readonly hidden>', css=_CSS, js=_JS
)


def show(params: Sequence[tuple[str, str]], language: Language, *, ours: Sequence[str] = OURS) -> None:
    """Draw the button and make the page's address say these parameters; those not of `ours` are kept as they stand."""
    _ = language.gettext
    _component(
        key="link",
        data={
            "params": [list(pair) for pair in params if pair[0] in ours],
            "ours": list(ours),
            "lang": language.lang,
            "rtl": language.rtl,
            "copy": _("Copy link"),
            "copied": _("Link copied"),
        },
    )
