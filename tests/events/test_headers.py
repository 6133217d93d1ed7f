"""What the server forbids the browser."""

from __future__ import annotations

from events.headers import host_of, policy


def test_nothing_is_loaded_from_elsewhere_but_the_tiles_on_offer() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy(["https://*.tile.example"]).split("; "))
    assert rules["default-src"] == "'self'"
    assert rules["object-src"] == "'none'"
    assert "https://*.tile.example" in rules["img-src"]
    assert not [name for name, sources in rules.items() if "http" in sources and name != "img-src"]


def test_any_site_may_embed_a_view() -> None:
    assert "frame-ancestors *" in policy([])


def test_a_tile_address_becomes_its_host() -> None:
    assert host_of("https://{s}.tile.example/{z}/{x}/{y}.png") == "https://*.tile.example"
