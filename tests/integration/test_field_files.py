"""The field to take away, and the whole of the claim: nothing on these pages or in these files is not published."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from assessment.store.db import reading
from assessment.store.models import Snapshot, SnapshotCell, SnapshotQuality
from tests.house.network import MadeNetwork
from tests.house.queries import counted
from tests.house.visitor import Page, Visitor
from tests.house.xlsx import read_xlsx

PAGES: Final = ("", "principle", "years", "taking-part", "instrument")
FILES: Final = ("overview", *PAGES[1:])
SIGHTS: Final = ("", "voice=staff", "voice=people", "basis=full", "by=nation&group=nation:england&principle=roles")
CHOSE: Final = "Services chose to take part; these are not estimates for all services"


@pytest.fixture
def net(app: Flask) -> MadeNetwork:
    """A network over two years, in every voice; a nation too small to be shown."""
    made = MadeNetwork(app)
    for year in (2025, 2026):
        day = date(year, 9, 15)
        for nation in ("england", "england", "england", "england", "wales"):
            alone = nation == "england" and year == 2026
            made.organisation([_rounds(made, day, alone=alone and k < 3) for k in range(5)], nation=nation)
        made.publish(date(year, 11, 1))
    return made


def _rounds(made: MadeNetwork, day: date, *, alone: bool) -> list[Any]:
    agreed = made.together(day, made.answers(made.asked.statements, 0.05))
    if not alone:
        return [agreed]
    staff = [made.answers(made.asked.statements, 0.02) for _one in range(10)]
    people = [made.answers(made.asked.shared, 0.02) for _one in range(10)]
    return [agreed, made.apart(day, staff, people)]


def file(app: Flask, address: str) -> Page:
    """A page or a file, read to its end as a browser does."""
    page = Visitor(app).get(f"/field/{address}")
    page.response.get_data()
    page.response.close()
    return page


def csv_rows(page: Page) -> dict[str, list[dict[str, str]]]:
    """Every sheet of a file of CSV, or of a ZIP of them."""
    data = page.response.data
    parts = {"": data}
    if data.startswith(b"PK"):
        with ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    return {name: list(csv.DictReader(io.StringIO(part.decode("utf-8-sig")))) for name, part in parts.items()}


def test_every_file_holds_the_same_in_every_kind_and_says_what_it_is_of(net: MadeNetwork) -> None:
    for what in FILES:
        as_csv = csv_rows(file(net.app, f"{what}.csv"))
        as_json = json.loads(file(net.app, f"{what}.json").response.data)
        as_xlsx = read_xlsx(file(net.app, f"{what}.xlsx").response.data)
        assert len(as_csv) == len(as_json) == len(as_xlsx) - 1
        for sheet, rows in zip(as_json.values(), as_csv.values(), strict=True):
            assert len(sheet["rows"]) == len(rows) > 0
            assert sheet["about"]["caution"] == CHOSE and sheet["about"]["published for"] == "2026-11-01"
            assert {row["caution"] for row in rows} == {CHOSE} and {row["version"] for row in rows} == {"1.0"}
            assert {row["voice"] for row in rows} and {row["base"] for row in rows}


def test_what_is_hidden_is_a_row_with_its_reason_and_no_figure(net: MadeNetwork) -> None:
    groups = json.loads(file(net.app, "principle.json?by=nation").response.data)["groups"]["rows"]
    found = {row["group"]: row for row in groups}
    assert found["nation:wales"]["hidden because"] == "fewer than 4 organisations"
    assert found["nation:wales"]["median"] is None and found["nation:wales"]["services at least"] is None
    assert found["network"]["services at least"] == 50 and found["network"]["median"] is not None


def test_a_file_follows_what_was_chosen_on_the_page_that_offers_it(net: MadeNetwork) -> None:
    page = file(net.app, "principle?by=nation&principle=roles&voice=staff")
    [address] = re.findall(r'href="(/field/principle\.json[^"]*)"', page.html)
    taken = file(net.app, address.removeprefix("/field/").replace("&amp;", "&"))
    about = json.loads(taken.response.data)["groups"]["about"]
    assert about["principle"] == "Blurred roles" and about["voice"] == "Staff and partners, each alone"
    for voice in ("staff", "people"):
        rows = json.loads(file(net.app, f"overview.json?voice={voice}").response.data)["whole-network"]["rows"]
        assert {row["services at least"] for row in rows} == {10}


def test_a_link_says_whether_its_tables_come_in_a_zip(net: MadeNetwork) -> None:
    pages = {"": "overview", "principle": "principle", "years": "years", "taking-part": "taking-part"}
    for address, what in {**pages, "instrument": "instrument"}.items():
        said = net.app.test_client().get(f"/field/{address}").text
        sent = file(net.app, f"{what}.csv").response.content_type
        assert ("CSV, in a ZIP" in said) == (sent == "application/zip"), what


def test_pictures_of_the_field_are_files_that_say_what_they_are_of(net: MadeNetwork, visitor: Visitor) -> None:
    of_a_group = "principle?by=nation&principle=roles&group=nation:england"
    for page, picture in (
        ("", "overview"),
        ("principle?by=nation&principle=roles", "groups"),
        ("principle?principle=roles", "spread"),
        (of_a_group, "group-spread"),
        ("years", "years"),
    ):
        address = re.search(rf'href="(/field/pictures/{picture}\.svg[^"]*)"', visitor.get(f"/field/{page}").html)
        assert address
        file = visitor.get(address.group(1).replace("&amp;", "&"))
        assert file.status == 200 and file.headers["Content-Type"].startswith("image/svg+xml")
        assert "Services chose" in file.response.text
        assert "public" in file.headers["Cache-Control"]
        with counted(net.app) as asked:
            assert visitor.get(address.group(1).replace("&amp;", "&")).status == 200
        assert len(asked) <= 6, picture
    for nothing in ("other", "group-spread"):
        assert visitor.get(f"/field/pictures/{nothing}.svg").status == 404
    # Ten services are too few to say how they spread: there is no drawing to take away.
    assert "/pictures/spread.svg" not in visitor.get("/field/principle?voice=staff").html
    assert visitor.get("/field/pictures/spread.svg?voice=staff").status == 404


def test_files_are_public_and_there_are_no_others(net: MadeNetwork) -> None:
    for what in FILES:
        with counted(net.app) as asked:
            page = file(net.app, f"{what}.csv")
        assert "public" in page.headers["Cache-Control"] and "Set-Cookie" not in page.headers and len(asked) <= 8
    for address in ("overview.txt", "nothing.csv", "overview.csv.csv"):
        assert file(net.app, address).status == 404


def test_before_a_snapshot_there_is_nothing_to_take_away(app: Flask) -> None:
    assert file(app, "overview.csv").status == 404


def published(app: Flask) -> tuple[set[str], set[int]]:
    """Every figure with decimals and every count that any snapshot holds, as a page would write it."""
    with app.app_context(), reading() as session:
        cells = list(session.scalars(select(SnapshotCell)))
        qualities = list(session.scalars(select(SnapshotQuality)))
        years = [day.year for day in session.scalars(select(Snapshot.as_of))]
    tenths = [x for c in cells for x in (c.median_x10, c.lower_x10, c.upper_x10) if x is not None]
    bins = [tuple(map(int, bar.split(":"))) for c in cells for bar in c.bins.split(",") if bar]
    edges = {start for start, _services in bins} | {start - 1 for start, _services in bins if start} | {0, 40}
    measured = [x for q in qualities for x in (q.alpha, q.alpha_low, q.alpha_high, q.icc1, q.icc2) if x is not None]
    of_statements = [one for q in qualities if q.statements for one in json.loads(q.statements).values()]
    measured += [one["item_rest"] for one in of_statements if one["item_rest"] is not None]
    shares = [x for one in of_statements for x in (one["not_applicable"], one["left_out"]) if x is not None]
    counts = {c.services for c in cells} | {c.organisations for c in cells} | {services for _start, services in bins}
    counts |= {x for q in qualities for x in (q.services, q.responses, q.complete)} | set(shares) | set(years)
    return {f"{x / 10:.1f}" for x in (*tenths, *edges)} | {f"{x:.2f}" for x in measured}, counts


def words_of(page: Page) -> Iterator[str]:
    """Every text in the main part, with what is drawn and what is said of a drawing."""
    main = page.html[page.html.index("<main") : page.html.index("</main>")]
    yield from re.findall(r'aria-label="([^"]*)"', main)
    yield from re.findall(r"<(?:text|tspan|td|th|dd|h1|h2)[^>]*>([^<]*)<", main)


def test_every_number_on_these_pages_was_published(net: MadeNetwork) -> None:
    decimals, counts = published(net.app)
    # The scale, the sizes of forms, and the limits that are told: 4 organisations, 10 and 20 services, 5 responses.
    told = {0, 1, 2, 3, 4, 5, 10, 12, 20, 36, 95}
    for name in PAGES:
        for sight in SIGHTS:
            page = file(net.app, f"{name}?{sight}")
            assert page.status == 200
            said = re.sub(r"\b[A-F]\d\b", "", " | ".join(words_of(page)))
            assert set(re.findall(r"-?\d+\.\d+", said)) <= decimals, (name, sight)
            whole = {int(one) for one in re.findall(r"(?<![\d.])\d+(?![\d.]*\d)", said)}
            assert whole <= counts | told, (name, sight, whole - counts - told)


def test_every_number_in_these_files_was_published(net: MadeNetwork) -> None:
    decimals, counts = published(net.app)
    for what in FILES:
        for sight in SIGHTS:
            for sheet in json.loads(file(net.app, f"{what}.json?{sight}").response.data).values():
                for row in sheet["rows"]:
                    for column, value in row.items():
                        if isinstance(value, float):
                            assert f"{value:.1f}" in decimals or f"{value:.2f}" in decimals, (what, column, value)
                        elif isinstance(value, int):
                            assert value in counts, (what, column, value)
