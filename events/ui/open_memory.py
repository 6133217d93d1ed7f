"""What a visitor said of a table's columns, kept for all files with the same header, also on their next visit.

It lies in the browser's own storage: hashes of headers and positions of columns, no word of any file. The server
knows it for as long as the session lasts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

import streamlit as st

from events.sources.columns import fields_of, header_key

MOST_HEADERS = 100
"""Headers kept, those said last."""
_SAID, _KEPT = "open:mappings", "open-memory"
_HASH = re.compile(r"[0-9a-f]{64}")

Positions = dict[str, int]
"""Field to the position of its column, from 0; -1 where the visitor says that no column has it."""

_JS = """
const KEY = "furat:columns";
export default function ({ data, setStateValue }) {
  try {
    if (data.said) {
      localStorage.setItem(KEY, data.said);
    } else if (!window.furatRecalled) {
      window.furatRecalled = true;
      const kept = localStorage.getItem(KEY);
      if (kept) setStateValue("kept", kept);
    }
  } catch {
    // A private window keeps nothing.
  }
}
"""
_component = st.components.v2.component("furat_memory", js=_JS)


def watch() -> None:
    """Have the browser tell what it kept, and keep what is said from now on."""
    said = _said()
    with st.container(key="memory"):
        _component(key=_KEPT, data={"said": json.dumps(said) if said else ""}, on_kept_change=_recall)


def remember(columns: Sequence[str], mapping: Mapping[str, str]) -> None:
    """mapping: field to column, "" where none has it."""
    said = _said()
    said.pop(key := header_key(columns), None)
    said[key] = {field: columns.index(column) if column else -1 for field, column in mapping.items()}
    st.session_state[_SAID] = dict(list(said.items())[-MOST_HEADERS:])


def recalled(columns: Sequence[str]) -> dict[str, str]:
    """Field to column as it was said of a file with these columns; {} where nothing was."""
    positions = _said().get(header_key(columns), {})
    return {field: columns[at] if at >= 0 else "" for field, at in positions.items() if at < len(columns)}


def _said() -> dict[str, Positions]:
    said: dict[str, Positions] = st.session_state.get(_SAID, {})
    return said


def _recall() -> None:
    """What was said in this session counts more than what the browser kept."""
    st.session_state[_SAID] = read(st.session_state[_KEPT].get("kept")) | _said()


def read(kept: object) -> dict[str, Positions]:
    """What a browser kept, without what this module never wrote."""
    try:
        found = json.loads(kept) if isinstance(kept, str) else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    known = set(fields_of("table"))
    said = {key: told for key, told in found.items() if _HASH.fullmatch(key) and isinstance(told, dict)}
    return {
        key: {field: at for field, at in told.items() if field in known and type(at) is int and at >= -1}
        for key, told in list(said.items())[-MOST_HEADERS:]
    }
