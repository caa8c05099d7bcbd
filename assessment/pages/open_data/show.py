"""The page of the open data, and its files at addresses that stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from assessment.pages.definitions import dimensions
from assessment.pages.files import Kind, file_response
from assessment.pages.headers import public
from assessment.pages.open_data.csvw import metadata
from assessment.pages.open_data.dictionary import ABOUT, FILES, KEY, TYPES, Column
from assessment.pages.open_data.sheets import LICENCE, Definitions, about, citation, sheet
from assessment.store.db import reading
from assessment.store.queries.definitions import definition, version_keys
from assessment.store.queries.open_data import Edition, edition, editions

blueprint = Blueprint("open_data", __name__, url_prefix="/open-data")

TABLES: Final[Mapping[str, tuple[Kind, tuple[str, ...]]]] = {
    "figures.csv": ("csv", ("figures",)),
    "histogram.csv": ("csv", ("histogram",)),
    "dictionary.csv": ("csv", ("dictionary",)),
    "open-data.xlsx": ("xlsx", tuple(FILES)),
    "open-data.json": ("json", tuple(FILES)),
}
"""What each file is, and which tables it holds."""
FORMAT: Final = 1
"""Goes up with every change to what stands in the files: browsers then fetch them anew."""
KEPT: Final = "public, max-age=86400"


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    with reading() as session:
        found = editions(session)
    return render_template(
        "open_data/index.html",
        editions=found,
        tables=_columns_apart(),
        types=TYPES,
        licence=LICENCE,
        citation=citation(found[0]) if found else "",
    )


def _columns_apart() -> Mapping[str, Sequence[Column]]:
    """Every column once: those that both tables begin with, those of each alone, and those of every file."""
    alone = {name: FILES[name][len(KEY) :] for name in ("figures", "histogram")}
    return {"both": KEY, **alone, "every": ABOUT}


@blueprint.get("/<int(max=9999):year>/<name>")
def file(year: int, name: str) -> ResponseReturnValue:
    if name not in TABLES:
        abort(404)
    kind, tables = TABLES[name]
    found, asked = _found(year)
    if kept := _kept_already(tag := _tag(found, name)):
        return kept
    sheets = [sheet(one, found, asked) for one in tables]
    return _to_keep(file_response(f"same-table-{year}-{Path(name).stem}", sheets, kind), tag)


@blueprint.get("/<int(max=9999):year>/csv-metadata.json")
def csv_metadata(year: int) -> ResponseReturnValue:
    found, _asked = _found(year)
    if kept := _kept_already(tag := _tag(found, "csv-metadata.json")):
        return kept
    return _to_keep(jsonify(metadata(dict(about(found)))), tag)


def _found(year: int) -> tuple[Edition, Definitions]:
    with reading() as session:
        found = edition(session, year)
        asked = {version: definition(session, key) for version, key in version_keys(session).items()}
    if found is None:
        abort(404)
    return found, asked


def _tag(found: Edition, name: str) -> str:
    """Of all that the file is made from: it changes with the file, and is known before the file is made."""
    of = (FORMAT, found, name, dimensions(), about(found))
    return sha256(repr(of).encode()).hexdigest()[:32]


def _kept_already(tag: str) -> Response | None:
    """The answer to a browser that has the file already."""
    return _to_keep(Response(status=304), tag) if request.if_none_match.contains_weak(tag) else None


def _to_keep(response: Response, tag: str) -> Response:
    """Kept for a day and then asked for by its tag; anyone's page may read it, for it is everyone's."""
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = KEPT
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
