"""Ibis's compilers: loaded when their engine is asked for, and all of them still to be had."""

from __future__ import annotations

import pytest

from tests import fresh

PACKAGE = "ibis.backends.sql.compilers"


def told(program: str) -> str:
    """What a fresh Python prints, in which the engines are loaded first."""
    return fresh.told(f"import sys, events.engines.engine as engines\n{program}")


def test_a_store_in_memory_loads_duckdbs_compiler_and_dialect_alone() -> None:
    loaded = told("engines.memory()\nprint(*sys.modules)").split()
    compilers = {name.removeprefix(f"{PACKAGE}.") for name in loaded if name.startswith(f"{PACKAGE}.")}
    dialects = {name.removeprefix("sqlglot.dialects.") for name in loaded if name.startswith("sqlglot.dialects.")}
    assert compilers == {"_compat", "base", "duckdb"}
    assert dialects == {"dialect", "duckdb"}


@pytest.mark.parametrize("engine", ["duckdb", "postgres", "pyspark"])
def test_the_compiler_of_every_engine_a_store_can_live_in_is_found(engine: str) -> None:
    program = f"import {PACKAGE} as all\nprint(all.{engine}.compiler.dialect.__name__)"
    assert told(program).lower() == engine


def test_whoever_asks_for_a_class_gets_the_package_as_ibis_has_it() -> None:
    assert told(f"from {PACKAGE} import TrinoCompiler\nprint(TrinoCompiler.__name__)") == "TrinoCompiler"
    assert told(f"from {PACKAGE} import *\nprint(MSSQLCompiler.__name__, PostgresCompiler.__name__)")


def test_what_is_no_compiler_is_an_error() -> None:
    program = f"import {PACKAGE} as all\ntry: all.furat\nexcept AttributeError as error: print(error)"
    assert "furat" in told(program)


def test_where_ibis_has_loaded_them_all_nothing_changes() -> None:
    program = (
        f"import {PACKAGE} as all, sys, events.engines.engine as engines\nengines.memory()\nprint(type(all).__name__)"
    )
    assert fresh.told(program) == "module"
