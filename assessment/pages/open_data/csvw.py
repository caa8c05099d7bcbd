"""What the CSV files hold, for machines: W3C's Metadata Vocabulary for Tabular Data (CSV on the Web)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from assessment.pages.files import Cell
from assessment.pages.open_data.dictionary import ABOUT, DICTIONARY, FILES, Column, Type
from assessment.pages.open_data.sheets import LICENCE

TYPES: Final[Mapping[Type, str]] = {"text": "string", "number": "decimal", "whole number": "integer", "date": "date"}


def metadata(said: Mapping[str, Cell]) -> dict[str, Any]:
    """Of the files of one year; ``said`` is what each says of itself."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": said["cite"],
        "dc:description": f"{said['caution']} {said['period']}",
        "dc:license": {"@id": LICENCE},
        "tables": [
            {"url": f"{name}.csv", "tableSchema": {"columns": [_column(one) for one in (*_columns(name), *ABOUT)]}}
            for name in FILES
        ],
    }


def _columns(file: str) -> tuple[Column, ...]:
    return DICTIONARY if file == "dictionary" else FILES[file]


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "datatype": TYPES[column.type],
        "dc:description": str(column.meaning),
    }
