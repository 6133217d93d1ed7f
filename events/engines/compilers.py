"""Ibis's compilers, which turn expressions into SQL: each is loaded when its engine is asked for.

Ibis loads those of all its twenty engines with the first, and SQLGlot's dialects with them: 10 MB, and the time to read
them at every start, for nineteen that nobody asks.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

PACKAGE = "ibis.backends.sql.compilers"
"""Ibis's package of compilers: a module an engine, and in the package itself the class of each."""


class _OnDemand(ModuleType):
    """The package, of which nothing is loaded yet."""

    def __getattr__(self, name: str) -> Any:
        """A compiler's module. Whoever asks for anything else gets the package as Ibis has it."""
        if name.startswith("__") and name != "__all__":
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        if find_spec(f"{PACKAGE}.{name}"):
            return import_module(f"{PACKAGE}.{name}")
        self.__class__ = ModuleType  # type: ignore[assignment]
        self.__spec__.loader.exec_module(self)  # type: ignore[union-attr]
        return getattr(self, name)


def load_on_demand() -> None:
    """Have Ibis load a compiler when it is asked for; does nothing where it has loaded them all already."""
    spec = find_spec(PACKAGE)
    if spec is None or PACKAGE in sys.modules:
        return
    package = module_from_spec(spec)
    package.__class__ = _OnDemand
    sys.modules[PACKAGE] = package
    parent, _, name = PACKAGE.rpartition(".")
    setattr(sys.modules[parent], name, package)
