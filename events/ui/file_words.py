"""What is said of foreign files and their rows, in the reader's language.

The sentences are those of `events.sources` and `events.visitors`; one without a place here shows in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from events.ui.language import Language
from events.ui.sentences import Say, Sentences, Told, common, isolated, say
from events.ui.words import N_, place_kind
from geo.gazetteer import Gazetteer
from geo.place import Place

SENTENCES = Sentences((
    # What a file is instead of a table.
    N_("This is {what}; expected a table of events: CSV, TSV, XLSX, Parquet or GeoJSON."),
    N_("a PDF document"), N_("an image"), N_("a media file"), N_("a file of an old Office; save it as .xlsx"),
    N_("a {kind} archive; unpack it"), N_("an {kind} archive; unpack it"), N_("a database"), N_("a program"),
    N_("a text document"), N_("a sound"), N_("an Arrow file; save it as Parquet"), N_("a pickle"), N_("a web page"),
    N_("XML"),
    N_("a database, such as a GeoPackage; save its table as CSV or GeoJSON"), N_("a file of {program}; save it as CSV"),
    N_("a file of R; save the table as CSV"), N_("a shapefile; save it as GeoJSON or CSV"),
    N_("KML; save it as GeoJSON or CSV"), N_("a pointer of Git LFS and not the file; fetch the file itself"),
    N_("This is a directory; give the files in it."), N_("There is no such file."), N_("This is no ordinary file."),
    N_("The file is empty; expected a table of events: CSV, TSV, XLSX, Parquet or GeoJSON."),
    N_("The file holds nothing but blanks; expected a table of events: CSV, TSV, XLSX, Parquet or GeoJSON."),
    N_("This is no text and no known kind of table; expected a table of events: CSV, TSV, XLSX, Parquet or GeoJSON."),
    N_("The text is no table of several columns; expected a table of events: CSV, TSV, XLSX, Parquet or GeoJSON."),
    N_("This is a file of GDELT 1; expected GDELT 2 events with 61 columns."),
    N_("The file cannot be read: {why}."), N_("The file cannot be taken in: {why}."),
    # Zip archives.
    N_("The zip archive is broken or cut short; fetch it anew."),
    N_("The archive is broken or cut short; fetch it anew."),
    N_("The archive grows more than {n} times when unpacked, the most allowed here: unpack it and give the file."),
    N_("The zip archive holds {found}; expected exactly one: unpack it and give the file."),
    N_("The zip archive holds {found}; expected exactly one: a CSV, XLSX or GeoJSON."),
    N_("no table"), N_("{n} tables"),
    N_("The zip archive holds another archive; unpack it and give the table."),
    N_("The zip archive grows more than {n} times when unpacked, the most allowed here: unpack it and give the file."),
    N_("The zip archive is locked with a password; unpack it and give the file."),
    # Broken or unsuitable tables.
    N_("Up to line {line} quotes are opened again and again and never closed; expected cells quoted as RFC 4180 says: "
       "export the table anew."),
    N_("The JSON holds an empty list; expected at least one event."),
    N_("This is a service's answer without events, which says “{answer}”; ask it anew."),
    N_("The JSON's objects have {n} properties; expected a table of events."),
    N_("The JSON is broken ({why}); expected GeoJSON features."),
    N_("The file is no JSON object or list; expected a GeoJSON FeatureCollection of events."),
    N_("The GeoJSON's coordinates are in “{system}”; RFC 7946 wants degrees of WGS 84: convert it."),
    N_("The Parquet file cannot be read ({why}); write it anew."),
    N_("The Parquet file has {n} columns; expected a table of events."),
    N_("The Parquet file breaks off at row {row} ({why})."),
    N_("The GeoParquet's coordinates are in {system}; expected degrees of WGS 84 (OGC:CRS84): convert them first."),
    N_("The workbook has no rows; expected a table of events with a header."),
    N_("The workbook cannot be read ({why}); save it anew as .xlsx or as CSV."),
    N_("The workbook's first sheet has no header of several columns; expected a table of events."),
    N_("No sheet of the workbook has a header of several columns; expected a table of events with a header."),
    N_("The workbook's sheet has {n} columns; expected a table of events."),
    N_("A row of the workbook holds more than {most} MB; expected a table of events."),
    N_("The JSON stands column by column; expected a list of objects, one an event."),
    N_("This is GDELT's table of mentions, a row an article; expected its events (export.CSV)."),
    N_("This is GDELT's knowledge graph, a row an article; expected its events (export.CSV)."),
    ("GDELT's events have 61 columns, or 58 or 57 in GDELT 1; this table has {n}: open it with another --format.",
     N_("GDELT's events have 61 columns, or 58 or 57 in GDELT 1; this table has {n}: choose another format.")),
    N_("The file has a header and no rows; expected at least one event."),
    N_("The table counts events (column “{column}”) and does not list them; "
       "expected one row an event, each with its day."),
    N_("The table sums up by “{column}” and does not list them; expected one row an event, each with its day."),
    N_("The table has a row for each conflict and year (column “{column}”) and lists no events; "
       "expected one row an event, such as UCDP's GED."),
    N_("The table has a row for each article (column “{column}”) and lists no events; "
       "expected one row an event, such as GDELT's events (export.CSV)."),
    N_("The table measures something (column “{column}”) and lists no events; "
       "expected one row an event, with what happened, who took part or who died."),
    # Formats and columns. The page has boxes where the command line has options.
    ("“{format}” is no format; expected auto, {formats}.", N_("“{format}” is no format; choose one of {formats}.")),
    ("The file is no GeoJSON; expected a FeatureCollection (RFC 7946), or another --format.",
     N_("The file is no GeoJSON; expected a FeatureCollection (RFC 7946), or choose another format.")),
    ("As {format} the file lacks the columns for {fields} (it has {columns} …); "
     "give them with --map, or open it as a plain table.",
     N_("Read as {format}, the file lacks the columns for {fields} (it has {columns} …); "
        "choose “Table” as its format and say which column means what.")),
    N_("“{field}” is no field of format “{format}”; expected one of {fields}."),
    N_("The file has no column “{column}”; it has {columns}."),
    ("No column says when something happened (columns: {columns}); this is no table of events, "
     "or name the column: --map date=COLUMN.",
     N_("No column says when something happened (columns: {columns}). "
        "If this is a table of events, choose the column of the date.")),
    N_("The first line reads like an event and not like a header (columns: {columns}); "
       "put the names of the columns above it."),
    ("No column says where, what or who (columns: {columns}); this is no table of events, "
     "or name the column: --map place=COLUMN.",
     N_("No column says where, what or who (columns: {columns}). "
        "If this is a table of events, choose one of those columns.")),
    # Limits.
    N_("The file holds {size} MB; here at most {most} MB are read: split it, or import it on the command line."),
    N_("The file holds more than {n} rows, the most that are read here: split it, or import it on the command line."),
    N_("The events of “{file}” are on the public map already."),
    N_("This server holds the events of {n} visitors already; download yours, or try later."),
    N_("These are {coming} events, and you have {held}; this server holds at most {most} for a visitor. "
       "Import large files with `python -m events import`."),
    # What is wrong with a row, and what became of it.
    N_("{fault}; the row was left out"), N_("{fault} The row is kept without a place."),
    N_("{fault}; the row is kept without it"),
    N_("the event has no day"), N_("the row is a total of others; it was left out"),
    N_("the event has no day; the row is kept undated; a merged cell tells of its first row only"),
    N_("this is the day 0000-00-00, which stands for unknown"), N_("this is no day of the calendar"),
    N_("this is no day; expected one such as 2017-10-12 or 12 October 2017"), N_("the days run backwards"),
    N_("this looks like a day of the Hijri calendar; expected the Gregorian one"),
    N_("such numbers were taken for days as spreadsheets count them, from 30 December 1899"),
    N_("the year is not between {first} and {last}"), N_("the event ends before it starts ({day})"),
    N_("the day lies in the future; the row was kept"),
    N_("nothing tells whether such days start with the day or the month; the day was taken"),
    N_("nothing tells whether such days start with the day or the month; the month was taken"),
    N_("some days of the file start with the day and some with the month; such a one was read the only way it can be, "
       "those that could be either with the day first"),
    N_("some days of the file start with the day and some with the month; such a one was read the only way it can be, "
       "those that could be either with the month first"),
    N_("this is no pair of latitude and longitude"),
    N_("this is no latitude; expected degrees such as 35.33"),
    N_("this is no longitude; expected degrees such as 35.33"),
    N_("the latitude is not between {least} and {most}"), N_("the longitude is not between {least} and {most}"),
    N_("{fault}: latitude and longitude look swapped"),
    N_("latitude and longitude look swapped: as they stand the point is far from {country}, "
       "the other way round it lies there"),
    N_("latitude and longitude look swapped: the other way round the point lies at the place named"),
    N_("the other way round the point would lie in Syria; if the two are swapped, turn the columns round"),
    N_("one of latitude and longitude is missing; the row is kept without the other"),
    N_("latitude and longitude are both 0, which stands for unknown; they were not used"),
    N_("“{name}” may mean {n} places: {places}; give coordinates or areas."),
    N_("the gazetteer knows no “{name}”."), N_("the gazetteer knows no “{name}”; closest spellings: {names}."),
    N_("the gazetteer knows no “{name}” within {area}."),
    N_("the gazetteer knows no “{name}” within {area}; closest spellings: {names}."),
    N_("the gazetteer knows no area “{area}”, in which “{name}” lies."),
    N_("“{name}” cannot be located ({why})."),
    N_("the code is not between {first} and {last}"),
    N_("the type of violence is none of 1, 2, 3"), N_("this is no CAMEO code of an event"),
    N_("neither type is one of ACLED's; the row is kept as Strategic developments / Other"),
    N_("the type is not known; the row is kept as Strategic developments / Other"),
    N_("the figures run from high to low"), N_("this is no number of people, such as 12 or 5-7"),
    N_("this tells of people without a number of them"), N_("the figure is uncertain; it was taken as it stands"),
    N_("low, best and high ({low}, {best}, {high}) are not in order; the row is kept as it says"),
    N_("the least figure is above the greatest; the row is kept as it says"),
    N_("the row says neither when nor where, what or who; it was left out"),
    N_("the ids of {n} rows stand at other rows too and name none of them; all rows were kept"),
    N_("the id stands at line {line} already"), N_("the header stands here again; the line was left out"),
    N_("the row has {n} cells, the header {m}; it was left out"),
    N_("the row has {n} cells, the header {m}, and a quote stands where no cell starts or ends; it was left out"),
    N_("the line is no row of a table ({why}); it was left out"),
    N_("a quote is opened here and not closed where a cell ends; the line was left out"),
    N_("the cell has {n} characters, more than the {most} read here"),
    N_("the cell has more than the {most} characters read here"),
    N_("the value has more than the {most} characters read here; the feature was left out"),
    N_("the cell holds NUL characters; they were taken out and the row kept"),
    N_("the cell holds bytes that are no UTF-8; they show as � and the row was kept"),
    N_("the geometry cannot be read ({why}); the feature is kept without a place"),
    N_("the geometry cannot be read ({why}); the row is kept without a place"),
    N_("the geometry cannot be read ({why}); the feature is kept without it"),
    N_("the geometry cannot be read ({why}); the row is kept without it"),
    N_("the JSON breaks here ({why}); what stands before was read, the rest left out"),
    N_("the JSON breaks here ({why}); what stands before was read, the broken part left out"),
    N_("this sheet was read; others that look like tables of events were not ({sheets}): "
       "save each as a file of its own"),
    N_("coordinates of a map grid are not read; give degrees of WGS 84"),
    N_("each row seems to tell of one person's death; no column counts the dead, so no row has a figure"),
    N_("a cell stands to the right of the last column that the header names; it was not read"),
))  # fmt: skip
"""The refusals of files and the reasons of row issues."""


def said(text: str, language: Language, gazetteer: Gazetteer | None = None) -> str:
    """A refusal or a reason in the reader's language. gazetteer: the places in it are called as there."""
    return SENTENCES.said(text, language, value=_namer(language, gazetteer))


def direction(text: str, language: Language) -> str:
    """Which way a refusal or a reason runs once it is said: one that is not known stays English."""
    return "rtl" if language.rtl and SENTENCES.parse(text) else "ltr"


def summed_up(reasons: Iterable[str], language: Language, gazetteer: Gazetteer | None = None) -> str:
    """One sentence for reasons of one kind (see `kind`). gazetteer: as for `said`."""
    texts = list(reasons)
    told = [found for text in texts if (found := SENTENCES.parse(text))]
    return say(common(told), language, value=_namer(language, gazetteer)) if len(told) == len(texts) else texts[0]


_ID = re.compile(r"\(\w+, (\w+)\)")
_MORE = re.compile(r" and (\d+) more$")


def _namer(language: Language, gazetteer: Gazetteer | None) -> Say:
    """How the values within a sentence are said: names of places in the reader's language, all else as it is."""

    def value(gap: str, text: str) -> str:
        if gap == "names":
            return language.joined(isolated(name, language) for name in text.split(", "))
        if gazetteer is not None and gap == "area":
            area = next((place for place in gazetteer if place.name_en == text), None)
            return isolated(language.name(area) if area else text, language)
        if gazetteer is not None and gap == "places" and (ids := _ID.findall(text)):
            names = language.joined(_namesake(gazetteer.get(key), gazetteer, language) for key in ids)
            more = _MORE.search(text)
            return language.gettext("{names} and {n} more").format(names=names, n=more[1]) if more else names
        return isolated(text, language)

    return value


def _namesake(place: Place, gazetteer: Gazetteer, language: Language) -> str:
    """A place and what tells it from its namesakes: its kind and the area it lies in."""
    kind = place_kind(place.kind, language)
    areas = [language.name(area) for area in gazetteer.ancestors(place.id)[:1]]
    return isolated(f"{language.name(place)} ({language.joined([kind, *areas])})", language)


def kind(reason: str) -> object:
    """What two reasons have in common that differ in their values only."""
    found: Told | None = SENTENCES.parse(reason)
    return found.shape if found else reason
