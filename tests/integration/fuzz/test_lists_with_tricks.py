"""Lists as files, with every trick a file can hold: taken in whole, or refused in words, and never half."""

from __future__ import annotations

import csv
import io
from typing import Final
from uuid import UUID
from zipfile import ZipFile

import pytest
from flask import Flask

from assessment.store.models import Service
from tests.house.leading import Place
from tests.house.people import signed_in
from tests.house.places import make_organisation
from tests.house.rows import count
from tests.house.visitor import ORIGIN, Page, Visitor
from tests.integration.fuzz.attacks import BOUNDARY, joined, part

HEAD: Final = b"department,service,sector\n"
GOOD: Final = HEAD + b"Adults,Home support,social-care\n"
FORMULAS: Final = ("=1+1", "@SUM(A1)", "+1", "-1", '=HYPERLINK("https://zq9host.example")', "\t=1", "\uff1d1+1")
TRICKS: Final[dict[str, bytes]] = {
    "nothing": b"",
    "marks of an order of bytes": b"\xef\xbb\xbf" + GOOD,
    "twice such marks": b"\xef\xbb\xbf\xef\xbb\xbf" + GOOD,
    "utf-16": GOOD.decode().encode("utf-16"),
    "utf-16 cut in two": GOOD.decode().encode("utf-16")[:-1],
    "utf-16 without its mark": GOOD.decode().encode("utf-16-le"),
    "utf-32": GOOD.decode().encode("utf-32"),
    "windows letters": HEAD + b"Adults,Caf\xe9,social-care\n",
    "no letters at all": bytes(range(256)) * 40,
    "nothing but zeros": b"\0" * 100_000,
    "zeros within": HEAD + b"Adu\0lts,Ho\0me,social-care\n",
    "line ends of every kind": GOOD.replace(b"\n", b"\r") + b"A,B,other\r\nC,D,other\n\rE,F,other\x0bG,H,other\x85",
    "a quotation mark never closed": HEAD + b'"Adults,Home,social-care\n' * 100,
    "quotation marks within": HEAD + b'"Ad""ults","Ho"me","social-care"\n',
    "a cell of a megabyte": HEAD + b"A," + b"x" * 900_000 + b",other\n",
    "a cell of many lines": HEAD + b'A,"' + b"\n" * 100_000 + b'",other\n',
    "a million columns": HEAD + b"," * 999_000,
    "a million columns with names": b"department,service,sector," + b"service," * 120_000 + b"\nA,B,other\n",
    "a hundred thousand lines": HEAD + b"A,B,other\n" * 90_000,
    "nothing but line ends": b"\n" * 900_000,
    "nothing but quotation marks": b'"' * 900_000,
    "a formula in each cell": HEAD + "".join(f'"{one}","{one}",other\n' for one in FORMULAS).encode(),
    "markup": HEAD + b'"<zq9x>","""><zq9x onload=1>",other\n',
    "a separator said before": b"sep=;\n" + GOOD.replace(b",", b";"),
    "half a letter": HEAD + b"A,\xe2\x82,other\n",
    "a letter that is none": HEAD + b"A,\xed\xa0\x80,other\n",
    "a zip": b"PK\x03\x04" + b"\0" * 1_000,
    "a spreadsheet of old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1_000,
    "a page": b"<!DOCTYPE html><html><zq9x>",
    "joined letters": HEAD + ("A," + "e" + "\u0301" * 5_000 + ",other\n").encode(),
    "letters that grow": HEAD + ("A," + "\ufdfa" * 190 + ",other\n").encode(),
}  # fmt: skip


@pytest.fixture
def larkshire(app: Flask) -> UUID:
    return make_organisation(app)


@pytest.fixture
def lead(app: Flask, larkshire: UUID) -> Visitor:
    return signed_in(app, ("organisation lead", larkshire))


def uploaded(lead: Visitor, address: str, data: bytes, name: str = "list.csv", **more: str) -> Page:
    """The page after sending this file."""
    fields = {"csrf_token": lead.get(address).holds("", "csrf_token"), **more}
    parts = [part(field.encode(), value.encode()) for field, value in fields.items()]
    body = joined([*parts, part(b"file", data, f'; filename="{name}"')])
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return Page(lead, lead.client.post(address, data=body, content_type=kind, base_url=ORIGIN), None)


def test_a_list_is_taken_in_whole_or_refused_in_words(app: Flask, larkshire: UUID, lead: Visitor) -> None:
    for trick, data in TRICKS.items():
        page = uploaded(lead, f"/manage/{larkshire}/import", data)
        assert page.status in (200, 413, 422), trick
        assert page.heading and "<zq9x" not in page.html, trick
        if page.status == 422:
            assert "govuk-error" in page.html, trick
        assert count(app, Service) == 0, trick  # it was only looked at


def test_the_name_of_a_file_is_never_read(lead: Visitor, larkshire: UUID) -> None:
    for name in ("../../x.csv", "a\0b", "<zq9x>.csv", "con", "x" * 5_000, "list.exe", '";--.csv'):
        page = uploaded(lead, f"/manage/{larkshire}/import", GOOD, name)
        assert page.status in (200, 422) and "zq9x" not in page.html, name


def test_a_list_of_addresses_is_as_hard_to_trick(app: Flask) -> None:
    place = Place.made(app)
    round_id, lead = place.planned(), place.lead()
    address = f"/round/{round_id}/people"
    for trick, data in TRICKS.items():
        page = uploaded(lead, address, data, addresses="")
        assert page.status in (200, 413, 422), trick
        assert page.heading and "<zq9x" not in page.html, trick


def test_a_formula_that_came_in_goes_out_as_words(app: Flask, lead: Visitor, larkshire: UUID) -> None:
    page = uploaded(lead, f"/manage/{larkshire}/import", TRICKS["a formula in each cell"])
    assert page.status == 200, page.text[:500]
    page.press("Add them")
    token = lead.get(f"/manage/{larkshire}/export").holds("", "csrf_token")
    response = lead.client.post(f"/manage/{larkshire}/export", data={"csrf_token": token}, base_url=ORIGIN)
    with ZipFile(io.BytesIO(response.get_data())) as archive:
        files = [name for name in archive.namelist() if name.endswith(".csv")]
        cells = [cell for name in files for row in _rows(archive.read(name)) for cell in row]
    assert any("1+1" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r")) or cell == "-1"] == []


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
