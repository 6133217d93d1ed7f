"""Latitudes and longitudes as people write them: decimal commas, Arabic digits, degrees-minutes-seconds."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = r"[0-9]{1,8}(?:\.[0-9]{1,18})?"
_HAND: dict[str, tuple[str | None, int]] = {
    "n": ("lat", 1), "s": ("lat", -1), "e": ("lon", 1), "w": ("lon", -1),
    "north": ("lat", 1), "south": ("lat", -1), "east": ("lon", 1), "west": ("lon", -1),
    "شمال": ("lat", 1), "جنوب": ("lat", -1), "شرق": ("lon", 1), "غرب": ("lon", -1),
    "شمالا": ("lat", 1), "جنوبا": ("lat", -1), "شرقا": ("lon", 1), "غربا": ("lon", -1),
}  # fmt: skip
_HANDS = "|".join(sorted(_HAND, key=len, reverse=True))
_ANGLE = re.compile(
    rf"(?P<before>{_HANDS})?\s*(?P<sign>[-+−])?(?P<deg>{_NUMBER})(?:\s*(?:[°ºd˚:]|deg)|(?=\s|{_HANDS}|\Z))\s*"
    rf"(?:(?P<min>{_NUMBER})(?:\s*['’′m:]|(?=\s|{_HANDS}|\Z))\s*)?"
    rf"(?:(?P<sec>{_NUMBER})\s*(?:[\"”″s]|''|’’)?\s*)?(?P<after>{_HANDS})?"
)
"""Something must part degrees from minutes and these from seconds: "35.950.556" is a damaged number."""
_BETWEEN = re.compile(r"\s[-–—]\s|[,;؛،/|\s]+")
_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_LONGEST = 150
_FORM = re.compile(rf"(-?[0-9]{{1,3}}\.[0-9]{{1,18}})\s+(-?[0-9]{{1,3}}\.[0-9]{{1,18}})\s+-?{_NUMBER}\s+{_NUMBER}")
"""Latitude, longitude, height and error, as ODK and KoBo write a point."""
_GEOMETRY = re.compile(
    r"\s*(?:SRID=[0-9]+;)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)\b|0[01](?:[0-9A-F]{2}){20}",
    re.IGNORECASE,
)
"""The start of WKT, and of the hexadecimal WKB that PostGIS writes."""
_POINT = re.compile(rf"(?:srid=4326;)?point\s*z?\s*\(\s*(-?{_NUMBER})\s+(-?{_NUMBER})(?:\s+-?{_NUMBER})?\s*\)")


def one_angle(text: str) -> float | None:
    """Degrees, whatever their size; None for a text that is no angle."""
    return _angle(_plain(text))[0]


def two_angles(text: str) -> tuple[float | None, float | None]:
    """Latitude and longitude of "35.33, 40.14", "35°20'N 40°08'E" or "POINT (40.14 35.33)"; None, None for others."""
    plain = _plain(text)
    if found := _POINT.fullmatch(plain):
        return float(found[2]), float(found[1])
    if found := _FORM.fullmatch(plain):
        return float(found[1]), float(found[2])
    if _GEOMETRY.match(text):
        from events.sources.points import point_of_text  # shapely, for such columns only

        return point_of_text(text)
    inner = plain.strip("()[] ")
    for cut in _BETWEEN.finditer(inner):
        (first, axis), (second, other) = _angle(inner[: cut.start()]), _angle(inner[cut.end() :])
        if first is not None and second is not None and (axis is None or axis != other):
            return (second, first) if axis == "lon" or other == "lat" else (first, second)
    return None, None


def _angle(plain: str) -> tuple[float | None, str | None]:
    """Degrees, and whether a word such as N or E makes them a latitude or a longitude."""
    # A comma between digits can only be a decimal one here.
    found = _ANGLE.fullmatch(_COMMA.sub(".", plain))
    if not found or (found["before"] and found["after"]):
        return None, None
    minutes, seconds = float(found["min"] or 0), float(found["sec"] or 0)
    if minutes >= 60 or seconds >= 60:
        return None, None
    size = float(found["deg"]) + minutes / 60 + seconds / 3600
    word = found["before"] or found["after"]
    axis, hand = _HAND.get(word, (None, 1))
    return (-size if (hand < 0) != (found["sign"] in ("-", "−")) else size), axis


def _plain(text: str) -> str:
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text[:_LONGEST])
    return "".join(digits).replace("٫", ".").strip().casefold()
