"""The yearly open data: which years there are, what their files say and hide, and that they stay as they are."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from uuid import UUID

import pytest
from flask import Flask

from assessment.store.models import OpenData
from assessment.workflows.open_data import publish_open_data
from tests.house.open_data import make_edition, make_group, make_snapshot
from tests.house.rows import count
from tests.house.visitor import ORIGIN, Page, Visitor
from tests.house.xlsx import read_xlsx

CAUTION = "Services chose to take part; these are not estimates for all services."
JANUARY = date(2026, 1, 2)


def publish(app: Flask, today: date = JANUARY) -> tuple[int, ...]:
    with app.app_context():
        return publish_open_data(today)


def rows(visitor: Visitor, name: str, year: int = 2025) -> list[dict[str, str]]:
    page = visitor.send("GET", f"/open-data/{year}/{name}.csv")
    assert page.status == 200
    return list(csv.DictReader(io.StringIO(page.response.get_data().decode("utf-8-sig"), newline="")))


def row(visitor: Visitor, group: str, **where: str) -> dict[str, str]:
    (found,) = (one for one in rows(visitor, "figures") if one["group"] == group and where.items() <= one.items())
    return found


@pytest.fixture
def snapshot(app: Flask) -> UUID:
    """The last of 2025, with a network of 60 services."""
    id = make_snapshot(app, date(2025, 12, 1))
    make_group(app, id, "network", 60)
    return id


class TestYears:
    def test_a_year_is_published_once_it_is_over_from_its_last_snapshot(self, app: Flask, visitor: Visitor) -> None:
        for as_of, median in ((date(2025, 11, 1), 10), (date(2025, 12, 1), 20), (date(2026, 1, 1), 30)):
            make_group(app, make_snapshot(app, as_of), "network", 60, median_x10=median)
        assert publish(app, date(2025, 12, 31)) == ()
        assert publish(app) == (2025,)
        assert row(visitor, "network")["median"] == "2.0"

    def test_publishing_again_changes_nothing(self, app: Flask, snapshot: UUID) -> None:
        assert publish(app) == (2025,)
        make_group(app, make_snapshot(app, date(2025, 12, 20)), "network", 90)
        assert publish(app) == () and count(app, OpenData) == 1

    def test_a_year_that_ends_with_too_few_has_none(self, app: Flask) -> None:
        make_group(app, make_snapshot(app, date(2024, 3, 1)), "network", 60)
        make_group(app, make_snapshot(app, date(2024, 12, 1)), "network", 45)
        make_group(app, make_snapshot(app, date(2025, 12, 1)), "network", 50)
        assert publish(app) == (2025,)

    def test_years_that_nobody_published_come_late(self, app: Flask) -> None:
        for year in (2022, 2024):
            make_group(app, make_snapshot(app, date(year, 6, 1)), "network", 60)
        assert publish(app, date(2026, 5, 5)) == (2022, 2024)


class TestFigures:
    def test_a_group_says_what_was_published_and_nothing_finer(
        self, app: Flask, visitor: Visitor, snapshot: UUID
    ) -> None:
        publish(app)
        found = row(visitor, "network")
        assert (found["services"], found["organisations"], found["counted_up_to"]) == ("60", "10 or more", "2025-12-01")
        points = ("lowest_tenth", "lower_quartile", "median", "upper_quartile", "highest_tenth")
        assert [found[point] for point in points] == ["0.8", "1.4", "2.0", "2.6", "3.1"]
        assert (found["principle_name"], found["group_name"]) == ("Assets", "The whole network")
        assert (found["scale_top"], found["hidden_because"]) == ("4", "")
        assert "2.123" not in str(found)

    def test_what_is_hidden_is_empty_and_says_why(self, app: Flask, visitor: Visitor, snapshot: UUID) -> None:
        make_group(app, snapshot, "sector:housing", 15)
        make_group(app, snapshot, "sector-nation:housing:wales", 0)
        publish(app)
        small, refused = row(visitor, "sector:housing"), row(visitor, "sector-nation:housing:wales")
        assert (small["services"], small["median"], small["lower_quartile"]) == ("15", "2.0", "")
        assert small["hidden_because"] == "Quartiles are shown from 20 services, tenths from 50"
        assert refused["group_name"] == "Housing, Wales"
        assert {refused[name] for name in ("services", "organisations", "median", "counted_up_to")} == {""}
        assert "Fewer than 10 services" in refused["hidden_because"]

    def test_below_fifty_in_the_whole_network_a_voice_is_hidden_whatever_its_groups(
        self, app: Flask, visitor: Visitor, snapshot: UUID
    ) -> None:
        make_group(app, snapshot, "network", 45, voice="people")
        make_group(app, snapshot, "sector:housing", 20, voice="people")
        publish(app)
        for group in ("network", "sector:housing"):
            found = row(visitor, group, voice="people")
            assert (found["services"], found["median"]) == ("", "")
            assert "at least 50 services" in found["hidden_because"]
        assert {one["voice"] for one in rows(visitor, "histogram")} == {"together"}

    def test_carried_figures_say_their_day(self, app: Flask, visitor: Visitor, snapshot: UUID) -> None:
        make_group(app, snapshot, "kind:council", 20, origin_id=make_snapshot(app, date(2025, 9, 1)))
        publish(app)
        assert row(visitor, "kind:council")["counted_up_to"] == "2025-09-01"

    def test_matched_services_are_named_in_words(self, app: Flask, visitor: Visitor, snapshot: UUID) -> None:
        make_group(app, snapshot, "matched-then:2024", 20)
        publish(app)
        assert (
            row(visitor, "matched-then:2024")["group_name"] == "Services counted in 2024 as well: what they said then"
        )

    def test_bars_reach_from_end_to_end_and_small_numbers_are_hidden(
        self, app: Flask, visitor: Visitor, snapshot: UUID
    ) -> None:
        publish(app)
        bars = rows(visitor, "histogram")
        assert [(bar["bar_from"], bar["bar_to"], bar["services"]) for bar in bars] == [
            ("0.0", "1.5", ""),
            ("1.6", "4.0", "15"),
        ]
        assert bars[0]["hidden_because"] == "A number below 10 is not given" and not bars[1]["hidden_because"]


class TestFiles:
    def test_every_file_says_what_its_figures_are_not(self, app: Flask, visitor: Visitor) -> None:
        make_edition(app)
        for name in ("figures", "histogram", "dictionary"):
            assert {one["caution"] for one in rows(visitor, name)} == {CAUTION}
            assert {one["licence"].split(",")[0] for one in rows(visitor, name)} == {"CC BY 4.0"}
        book = read_xlsx(visitor.send("GET", "/open-data/2025/open-data.xlsx").response.get_data())
        assert CAUTION in {line[2] for line in book["About"]}
        whole = json.loads(visitor.send("GET", "/open-data/2025/open-data.json").response.get_data())
        assert {table["about"]["caution"] for table in whole.values()} == {CAUTION}

    def test_workbook_json_and_csv_hold_the_same(self, app: Flask, visitor: Visitor) -> None:
        make_edition(app)
        book = read_xlsx(visitor.send("GET", "/open-data/2025/open-data.xlsx").response.get_data())
        whole = json.loads(visitor.send("GET", "/open-data/2025/open-data.json").response.get_data())
        assert list(book) == ["About", "figures", "histogram", "dictionary"] and list(whole) == list(book)[1:]
        for name, table in whole.items():
            lines = rows(visitor, name)
            assert len(lines) == len(table["rows"]) == len(book[name]) - 1 > 0
            for line, said in zip(lines, table["rows"], strict=True):
                assert {column: line[column] for column in said} == {
                    column: "" if value is None else str(value) for column, value in said.items()
                }

    def test_the_dictionary_and_the_metadata_describe_every_column(self, app: Flask, visitor: Visitor) -> None:
        make_edition(app)
        described = {(one["file"], one["column"]) for one in rows(visitor, "dictionary")}
        metadata = json.loads(visitor.send("GET", "/open-data/2025/csv-metadata.json").response.get_data())
        tables = {one["url"]: [c["name"] for c in one["tableSchema"]["columns"]] for one in metadata["tables"]}
        for name in ("figures", "histogram", "dictionary"):
            columns = list(rows(visitor, name)[0])
            assert tables[f"{name}.csv"] == columns
            if name != "dictionary":
                assert {("every file" if c in columns[-5:] else name, c) for c in columns} <= described
        assert metadata["dc:license"]["@id"].startswith("https://creativecommons.org/licenses/by/4.0")

    @pytest.mark.parametrize("name", ["figures.csv", "open-data.xlsx", "open-data.json", "csv-metadata.json"])
    def test_a_file_may_be_kept_and_is_not_sent_twice(self, app: Flask, visitor: Visitor, name: str) -> None:
        make_edition(app)
        first = ask(visitor, name)
        assert first.headers["Cache-Control"] == "public, max-age=86400" and "Set-Cookie" not in first.headers
        again = visitor.client.get(
            f"/open-data/2025/{name}", base_url=ORIGIN, headers={"If-None-Match": first.headers["ETag"]}
        )
        assert (again.status_code, again.get_data()) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"] and "public" in again.headers["Cache-Control"]

    def test_two_years_are_two_files(self, app: Flask, visitor: Visitor) -> None:
        make_edition(app)
        make_edition(app, 2024)
        assert ask(visitor, "figures.csv").headers["ETag"] != ask(visitor, "figures.csv", 2024).headers["ETag"]

    @pytest.mark.parametrize(
        "address", ["2024/figures.csv", "2025/people.csv", "2025/figures.xlsx", "99999/figures.csv"]
    )
    def test_there_are_no_other_files(self, app: Flask, visitor: Visitor, address: str) -> None:
        make_edition(app)
        assert visitor.send("GET", f"/open-data/{address}").status == 404


def ask(visitor: Visitor, name: str, year: int = 2025) -> Page:
    page = visitor.send("GET", f"/open-data/{year}/{name}")
    assert page.status == 200
    return page


class TestPage:
    def test_without_any_it_says_when_they_begin(self, visitor: Visitor) -> None:
        page = visitor.get("/open-data/")
        assert "There are none yet" in page.text and "at least 50 services" in page.text

    def test_it_offers_every_year_and_each_link_works(self, app: Flask, visitor: Visitor) -> None:
        make_edition(app, 2024)
        make_edition(app)
        page = visitor.get("/open-data/")
        assert page.text.index("2025") < page.text.index("2024")
        assert CAUTION in page.text and "CC BY 4.0" in page.text and "Same table (2025)." in page.text
        links = re.findall(r'href="(/open-data/20[^"]+)"', page.html)
        assert len(links) == 12
        assert {visitor.send("GET", link).status for link in links} == {200}
        assert "public" in page.headers["Cache-Control"]

    def test_help_leads_to_it(self, visitor: Visitor) -> None:
        assert visitor.get("/help").go("Open data").heading == "Open data"
