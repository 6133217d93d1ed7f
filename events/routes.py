"""What the server answers beside the pages: the map's cells, the base map, and the events for other programs.

No route knows a visitor's session, only the token of what they brought along. Every answer but a refusal carries an
ETag; data go out as JSON or CSV, never as markup.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections.abc import Awaitable, Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from events import export
from events.atlas import Atlas
from events.errors import EventsError
from events.export.formats import MOST_AT_ONCE
from events.map import cells as cells_of
from events.map.answered import View, answered
from events.map.drawing import answer, as_json, places_of
from events.public import public_atlas
from events.selection import MAX_ZOOM, Selection, query_string, read_view
from events.visitors import visitors
from geo.errors import GeoError
from geo.mercator import Extent

FRAME_HEADER = "Furat-Frame"
"""By which a map names itself; its page finds by it what the map was answered."""
LONGEST_FRAME = 32
Question = tuple[str, Selection, str]
"""What a map shows: the data's version, the selection, and how it is drawn."""


def routes(*, tiles: Callable[[], list[dict[str, Any]]]) -> list[BaseRoute]:
    """What the app answers under `/api`. tiles: the online layers on offer."""
    return [
        Route("/api/cells", _guarded(_cells)),
        Route("/api/events.geojson", _guarded(_events_geojson)),
        Route("/api/events.csv", _guarded(_events_csv)),
        Route("/api/basemap.json", _basemap),
        Route("/api/map.json", _guarded(_map_of(tiles))),
    ]


Answering = Callable[[Request], Awaitable[Response]]


def _guarded(answering: Answering) -> Answering:
    """The same, but that data which cannot be opened are told in a sentence; the log has the rest."""

    async def guarded(request: Request) -> Response:
        try:
            return await answering(request)
        except (EventsError, GeoError) as error:
            print(f"{request.url.path}: {error}", file=sys.stderr)
            return JSONResponse({"error": "The data behind this map cannot be opened."}, status_code=503)

    return guarded


def _too_many(atlas: Atlas, selection: Selection) -> Response | None:
    """A refusal where the answer would not fit into memory beside others."""
    n = atlas.store.count(selection)
    if n <= MOST_AT_ONCE:
        return None
    sentence = (
        f"These are {n:,} events; here at most {MOST_AT_ONCE:,} are given at once. Narrow the filters, or use "
        "`python -m events export`."
    )
    return JSONResponse({"error": sentence}, status_code=413)


def _atlas(request: Request) -> Atlas:
    """What a request is about: the public events, or with a visitor's token also their own."""
    token = request.query_params.get("own")
    if not token:
        return public_atlas()
    return visitors.atlas(token, alone=bool(request.query_params.get("only_own")))


def _params(request: Request) -> dict[str, list[str]]:
    return {name: request.query_params.getlist(name) for name in request.query_params}


async def _events_geojson(request: Request) -> Response:
    def answer() -> Response:
        atlas = _atlas(request)
        view, ignored = read_view(_params(request), atlas.vocabulary)
        return _too_many(atlas, view.selection) or _tagged(
            request, export.geojson(atlas, view.selection, ignored).encode(), "application/geo+json"
        )

    return await run_in_threadpool(answer)


async def _events_csv(request: Request) -> Response:
    def answer() -> Response:
        atlas = _atlas(request)
        view, ignored = read_view(_params(request), atlas.vocabulary)
        if refusal := _too_many(atlas, view.selection):
            return refusal
        body = export.csv_text(atlas, view.selection).encode("utf-8-sig")
        told = _tagged(request, body, "text/csv; charset=utf-8")
        if ignored:
            # A table has no room for a remark; a header has, in the words of the link itself.
            told.headers["X-Furat-Ignored"] = query_string([(i.param, i.value[:80]) for i in ignored[:10]])
        return told

    return await run_in_threadpool(answer)


async def _cells(request: Request) -> Response:
    try:
        extent, zoom = _asked_view(request.query_params)
    except ValueError as error:
        return JSONResponse({"error": str(error)}, status_code=400)

    told: list[tuple[Question, View]] = []

    def body() -> bytes:
        atlas = _atlas(request)
        view, _ = read_view(_params(request), atlas.vocabulary)
        box = cells_of.snapped(extent, zoom)
        if key := request.query_params.get("places_of"):
            return as_json(
                {"places": places_of(atlas.store, view.selection, box=box, zoom=zoom, draw=view.draw, key=key)}
            )
        told.append(((atlas.store.version, view.selection, view.draw), (box, zoom)))
        # A visitor's own events shall go with the session.
        return answer(
            atlas.store, view.selection, box=box, zoom=zoom, draw=view.draw, sides=tuple(atlas.dataset.sides),
            kept=atlas is public_atlas(),
        )  # fmt: skip

    response = _tagged(request, await run_in_threadpool(body), "application/json")
    if told:
        question, asked = told[0]
        frame = request.headers.get(FRAME_HEADER, "")[:LONGEST_FRAME]
        # Once it is sent: who waits for it wants the same processor.
        response.background = BackgroundTask(answered.tell, question, frame=frame, view=asked)
    return response


def _asked_view(params: Mapping[str, str]) -> tuple[Extent, int]:
    """The box and zoom of a cells request. Raises ValueError with one sentence."""
    try:
        west, south, east, north = (float(part) for part in params["bbox"].split(","))
        zoom = int(params["zoom"])
    except (KeyError, ValueError, OverflowError):
        raise ValueError("Expected bbox=west,south,east,north in degrees and zoom=0…18.") from None
    if not all(map(math.isfinite, (west, south, east, north))) or west > east or south > north:
        raise ValueError(f"bbox={params['bbox']!r} is not a box; expected west,south,east,north in degrees.")
    if not 0 <= zoom <= MAX_ZOOM:
        raise ValueError(f"zoom={zoom} is out of range; expected 0 to {MAX_ZOOM}.")
    return Extent(south=max(south, -90.0), west=max(west, -180.0), north=min(north, 90.0), east=min(east, 180.0)), zoom


async def _basemap(request: Request) -> Response:
    return _tagged(request, await run_in_threadpool(_basemap_answer), "application/json")


@cache
def _basemap_answer() -> bytes:
    from geo.basemap import load_basemap

    return load_basemap()


def _map_of(tiles: Callable[[], list[dict[str, Any]]]) -> Callable[[Request], Any]:
    async def map_json(request: Request) -> Response:
        def answer() -> bytes:
            return _map_answer(public_atlas())

        return _tagged(request, await run_in_threadpool(answer), "application/json")

    @lru_cache(maxsize=2)
    def _map_answer(atlas: Atlas) -> bytes:
        from geo.basemap import labels

        sides = [
            {"id": s.id, "name_en": s.name_en, "name_ar": s.name_ar, "colour": s.colour, "letter": s.letter}
            for s in atlas.dataset.sides.values()
        ]
        names = [
            {"lat": n.lat, "lon": n.lon, "name_en": n.name_en, "name_ar": n.name_ar, "rank": n.rank, "kind": n.kind}
            for n in labels(atlas.gazetteer)
        ]
        return as_json({"sides": sides, "labels": names, "tiles": tiles()})

    return map_json


def _tagged(request: Request, body: bytes, media_type: str) -> Response:
    """The body with its ETag, or 304 where the reader has it already."""
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    private = "own" in request.query_params
    headers = {"ETag": tag, "Cache-Control": "private, no-cache" if private else "no-cache"}
    if not private:
        headers["Access-Control-Allow-Origin"] = "*"
    known = {part.strip() for part in request.headers.get("if-none-match", "").split(",")}
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
