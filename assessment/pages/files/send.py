"""A file as a response: kept nowhere unless the view says otherwise, and sent in pieces, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Final, Literal, get_args

from flask import Response, request, stream_with_context

from assessment.pages.files.as_csv import csv_pieces, zip_pieces
from assessment.pages.files.as_json import json_pieces
from assessment.pages.files.as_xlsx import xlsx_file
from assessment.pages.files.sheet import Sheet, by_safe_name, safe_name

Kind = Literal["csv", "xlsx", "json"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PIECE: Final = 64 * 1024


def file_response(stem: str, sheets: Sequence[Sheet], kind: Kind) -> Response:
    """The sheets as one file called after ``stem``: CSV (a ZIP of them, if there are several), XLSX or JSON.

    Raises ValueError, before anything is sent, for two sheets or two columns of one name.
    """
    named = by_safe_name(sheets)
    if kind == "json":
        return _response(stem, "json", "application/json", json_pieces(named))
    if kind == "xlsx":
        return _workbook(stem, named)
    if len(named) == 1:
        return _response(stem, "csv", CSV, csv_pieces(*named.values()))
    return _response(stem, "zip", "application/zip", zip_pieces(named))


def _response(stem: str, ending: str, content: str, pieces: Iterator[bytes]) -> Response:
    name = f"{safe_name(stem)}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stream_with_context(pieces), content_type=content, headers=headers)


def _workbook(stem: str, named: Mapping[str, Sheet]) -> Response:
    if request.method == "HEAD":
        return _response(stem, "xlsx", XLSX, iter(()))
    file = xlsx_file(named)
    response = _response(stem, "xlsx", XLSX, _read(file))
    response.call_on_close(file.close)
    return response


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
