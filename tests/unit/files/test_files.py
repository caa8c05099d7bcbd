"""Tables as files: every value comes back as it was, nothing in them runs, and large ones need little memory."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import Final
from zipfile import ZipFile

import pytest
from flask import Flask, Response

from assessment.pages.files import KINDS, Cell, Kind, Sheet, as_xlsx, file_response
from tests.house.xlsx import read_xlsx

HOSTILE: Final = (
    '=HYPERLINK("http://bad.example","look")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1＋1",
    "＋1",
    "－1",
    "＠1",
    "  =1",
    "\u00a0=1",
    "\u200b=1",
)
HARMLESS: Final = (
    "Tŷ’r Cyfeillion, “Together”",
    "a;b\tc,d",
    'two\nlines and a "quote"',
    "http://example.org",
    "007",
    "1e5",
)
NUMBERS: Final = (0, -3, 2.5, -0.1, 1_000_000)
DAY: Final = date(2026, 11, 1)


def sheet(rows: list[list[Cell]], name: str = "figures", **more: Cell) -> Sheet:
    return Sheet(name, ("name", "=value", "day"), rows, tuple(more.items()))


def sent(stem: str, sheets: list[Sheet], kind: Kind, method: str = "GET") -> tuple[Response, bytes]:
    with Flask(__name__).test_request_context(method=method):
        response = file_response(stem, sheets, kind)
        data = b"".join(response.iter_encoded())
        response.close()
        return response, data


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", HOSTILE)
def test_in_csv_no_text_is_a_formula(text: str) -> None:
    _response, data = sent("x", [sheet([[text, 1, None]], **{text: text})], "csv")
    assert read_csv(data) == [["name", "'=value", "day", f"'{text}"], [f"'{text}", "1", "", f"'{text}"]]


@pytest.mark.parametrize("text", HOSTILE + HARMLESS)
def test_in_xlsx_and_json_a_text_comes_back_as_it_was(text: str) -> None:
    made = [sheet([[text, 1, None]], base=text)]
    book = read_xlsx(sent("x", made, "xlsx")[1])
    assert book["About"] == [["Sheet", "What", "Value"], ["figures", "base", text]]
    assert book["figures"] == [["name", "=value", "day"], [text, 1.0]]
    assert json.loads(sent("x", made, "json")[1]) == {
        "figures": {
            "about": {"base": text},
            "columns": ["name", "=value", "day"],
            "rows": [{"name": text, "=value": 1, "day": None}],
        }
    }


@pytest.mark.parametrize("text", HARMLESS)
def test_in_csv_other_texts_come_back_as_they_were(text: str) -> None:
    assert read_csv(sent("x", [sheet([[text, 1, None]])], "csv")[1])[1] == [text, "1", ""]


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_and_days_are_untouched(number: float) -> None:
    made = [sheet([["x", number, DAY]])]
    assert read_csv(sent("x", made, "csv")[1])[1] == ["x", str(number), "2026-11-01"]
    assert read_xlsx(sent("x", made, "xlsx")[1])["figures"][1] == ["x", number, DAY]
    assert json.loads(sent("x", made, "json")[1])["figures"]["rows"] == [
        {"name": "x", "=value": number, "day": "2026-11-01"}
    ]


def test_what_is_to_be_known_stands_in_every_row_of_a_csv_file() -> None:
    _response, data = sent("x", [sheet([["a", 1, None], ["b", 2, None]], version="1.0")], "csv")
    assert [row[-1] for row in read_csv(data)] == ["version", "1.0", "1.0"]


def test_several_sheets_are_a_zip_of_csv_files_or_one_workbook_or_one_object() -> None:
    made = [sheet([["a", 1, None]], "The figures"), sheet([], "Sgôr y tŷ")]
    response, data = sent("x", made, "csv")
    assert response.mimetype == "application/zip"
    with ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["the-figures.csv", "sgor-y-ty.csv"]
        assert len(read_csv(archive.read("the-figures.csv"))) == 2 and archive.testzip() is None
    assert list(read_xlsx(sent("x", made, "xlsx")[1])) == ["About", "the-figures", "sgor-y-ty"]
    assert list(json.loads(sent("x", made, "json")[1])) == ["the-figures", "sgor-y-ty"]


def test_two_sheets_or_columns_of_one_name_and_a_row_too_short_are_refused() -> None:
    for kind in KINDS:
        with pytest.raises(ValueError, match="two sheets"):
            sent("x", [sheet([], "Figures!"), sheet([], "figures")], kind)
        with pytest.raises(ValueError, match="2 cells for 3 columns"):
            sent("x", [sheet([["a", 1]])], kind)
    with pytest.raises(ValueError, match="two columns"):
        sheet([], day=DAY)


@pytest.mark.parametrize(
    ("stem", "name"),
    [("Round 1: “Housing”", "round-1-housing"), ('a"\r\nSet-Cookie: x', "a-set-cookie-x"), ("../..", "file")],
)
def test_a_file_has_a_name_that_every_system_takes(stem: str, name: str) -> None:
    for kind in KINDS:
        response, _data = sent(stem, [sheet([])], kind)
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}.{kind}"'
        assert "Cache-Control" not in response.headers  # so that it is kept nowhere unless the view says otherwise


def test_long_names_of_sheets_stay_apart_in_a_workbook() -> None:
    name = "a principle with quite a long name"
    names = [f"{name} {number}" for number in (1, 2)]
    book = read_xlsx(sent("x", [sheet([], "about"), *(sheet([], one) for one in names)], "xlsx")[1])
    assert list(book) == ["About", "about-2", "a-principle-with-quite-a-long-n", "a-principle-with-quite-a-long-2"]


def test_rows_beyond_what_a_worksheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_xlsx, "ROWS_A_SHEET", 2)
    book = read_xlsx(sent("x", [sheet([[str(n), n, None] for n in range(3)])], "xlsx")[1])
    assert [len(rows) for rows in book.values()] == [1, 3, 2]


def test_the_same_sheets_make_the_same_file() -> None:
    for kind in KINDS:
        made = [sheet([["a", 1, DAY]], version="1.0")]
        assert sent("x", made, kind)[1] == sent("x", made, kind)[1]


def test_asking_for_the_headers_alone_makes_no_file() -> None:
    def rows() -> Iterator[list[Cell]]:
        raise AssertionError
        yield []

    for kind in KINDS:
        with Flask(__name__).test_request_context(method="HEAD"):
            response = file_response("x", [Sheet("figures", ("a",), rows())], kind)
            assert response.headers["Content-Disposition"].endswith(f'x.{kind}"')


MEASURE: Final = """
import resource, sys
from flask import Flask
from assessment.pages.files import Sheet, file_response

def size(kind, rows):
    made = ([n, "a service of a place %d" % n, n / 10, None] for n in range(rows))
    sheet = Sheet("figures", ("n", "name", "value", "reason"), made, (("base", "all of them"),))
    with Flask("x").test_request_context():
        response = file_response("x", [sheet], kind)
        sent = sum(map(len, response.iter_encoded()))
        response.close()
    return sent

def most_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

size(sys.argv[1], 2000)
before = most_memory()
print(size(sys.argv[1], 200_000), most_memory() - before)
"""


@pytest.mark.parametrize("kind", KINDS)
def test_two_hundred_thousand_rows_need_no_more_memory_than_two_thousand(kind: str) -> None:
    done = subprocess.run([sys.executable, "-c", MEASURE, kind], capture_output=True, text=True, check=True)
    size, more = map(int, done.stdout.split())
    assert size > 2_000_000 and more < 4_000_000
