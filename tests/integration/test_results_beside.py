"""The result of a round held apart beside its peers: services where the same side answered, each person alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import select

from assessment.scoring.likely import WORDS
from assessment.scoring.shrinkage import standing
from assessment.store.db import reading, transaction
from assessment.store.models import Release, ReleaseCell, Snapshot, SnapshotCell, Target
from assessment.store.queries.definitions import definition
from tests.house.leading import KEY, TODAY, Place, opened
from tests.house.peers import NAMES, Around, decimals_of, hold_around, publish_of
from tests.house.people import signed_in
from tests.house.queries import counted
from tests.house.visitor import Page, Visitor
from tests.house.xlsx import read_xlsx

BEFORE = (TODAY.replace(day=1) - timedelta(40)).replace(day=15)
FIRST = "You are among the first. A comparison appears when 10 other services have shared theirs."
SVG = "{http://www.w3.org/2000/svg}"


def result_of(app: Flask, people: list[str], staff: list[str], **over: object) -> tuple[Place, UUID, Visitor]:
    """A service that asked both sides, its round released, its result open."""
    place = Place.made(app)
    round_id = place.planned(**over)  # type: ignore[arg-type]
    place.answer(round_id, "people", people)
    place.answer(round_id, "staff", staff)
    return place, round_id, opened(app, place, round_id)


def section(page: Page, side: str) -> Element:
    assert page.tree is not None
    return next(one for one in page.tree.iter("section") if one.get("id") == side)


def said_in(page: Page, side: str) -> str:
    return " ".join("".join(section(page, side).itertext()).split())


def classes(element: Element) -> list[str]:
    return [name for one in element.iter() for name in (one.get("class") or "").split()]


def rows_of(element: Element, caption: str) -> list[list[str]]:
    table = next(one for one in element.iter("table") if caption in "".join(one.find("caption").itertext()))  # type: ignore[union-attr]
    return [["".join(cell.itertext()).strip() for cell in row] for row in table.iter("tr")]


def test_the_first_to_share_are_told_so(app: Flask) -> None:
    _place, round_id, lead = result_of(app, ["3"] * 12, ["2"] * 12)
    page = lead.get(f"/round/{round_id}/results")
    assert page.text.count(FIRST) == 2 and "No other services stand beside" not in page.text
    assert "s-peer" not in classes(section(page, "people")) and "mid" not in classes(section(page, "staff"))
    assert 'data-plot="radar-people"' in page.html and "plotly" in page.html


def test_each_side_stands_beside_peers_of_the_same_side(app: Flask) -> None:
    hold_around(app, BEFORE, Around())
    publish_of(app, BEFORE)
    _place, round_id, lead = result_of(app, ["4"] * 12 + ["3"] * 4, ["0"] * 8 + ["1"] * 4)
    page = lead.get(f"/round/{round_id}/results")
    people, staff = said_in(page, "people"), said_in(page, "staff")
    assert "what people who use the service say is likely higher in all six." in people
    assert "what staff and partners say is likely lower in all six." in staff
    assert "25 services or more, of 4 organisations or more" in people
    for side in ("people", "staff"):
        assert {"s-peer", "mid", "med"} <= set(classes(section(page, side)))
        assert f"comparison of {BEFORE.day} " in said_in(page, side)
    assert not any(name in page.text for name in NAMES), "who the peers are is said in numbers only"
    assert "better" not in page.text.lower() and "worse" not in page.text.lower()

    rows = {row[0]: row[-1] for row in rows_of(section(page, "people"), "The same numbers")[1:]}
    assert rows == expected_words(app, round_id, "people", "sector:social-care")
    assert set(rows.values()) == {"Likely higher"}


def expected_words(app: Flask, round_id: UUID, side: str, group: str) -> dict[str, str]:
    """The position of each principle, reckoned from what is kept."""
    words = {}
    with app.app_context(), reading() as session:
        asked = definition(session, KEY)
        release = session.scalars(select(Release).where(Release.round_id == round_id)).one()
        for principle in asked.principles:
            own = session.get_one(ReleaseCell, (release.id, side, f"shared/{principle.id}"))
            key = (release.snapshot_id, *KEY[:2], "shared", side, group, principle.id)
            of = session.get_one(SnapshotCell, key)
            assert own.value_x10 is not None and of.mean is not None and of.tau is not None and of.icc1 is not None
            words[principle.name] = str(WORDS[standing(own.value_x10 / 10, own.n, of.mean, of.tau, of.icc1)])
    return words


def test_another_group_is_chosen_for_one_side_and_the_other_stays(app: Flask) -> None:
    hold_around(app, BEFORE, Around())
    hold_around(app, BEFORE, Around(sector="housing", region="scotland-north", higher=2))
    publish_of(app, BEFORE)
    _place, round_id, lead = result_of(app, ["2"] * 12, ["2"] * 12)
    page = lead.get(f"/round/{round_id}/results")
    assert page.holds("Show these", "people") == "sector:social-care"
    before = rows_of(section(page, "people"), "The same numbers")
    assert page.form("Show these")[0] == "GET"
    page = lead.get(f"/round/{round_id}/results?people=network")
    assert page.holds("Show these", "people") == "network"
    assert rows_of(section(page, "people"), "The same numbers") != before
    assert "Beside services in Social care" in said_in(page, "staff")
    page = lead.get(f"/round/{round_id}/results?people=network&staff=sector:housing")
    assert page.holds("Show these", "staff") == "sector:housing", "what is asked for the other side goes along"
    assert "Beside services in Social care" in said_in(page, "staff"), "a group it is not in is not offered"


def test_groups_that_are_not_offered_say_why(app: Flask) -> None:
    hold_around(app, BEFORE, Around(region="north-west"))
    hold_around(app, BEFORE, Around(organisations=1, services=3, region="london"))
    publish_of(app, BEFORE)
    _place, round_id, lead = result_of(app, ["2"] * 12, ["2"] * 12)
    page = lead.get(f"/round/{round_id}/results")
    assert "London is not offered. Fewer than 10 services have shared a result here" in said_in(page, "people")


def test_the_comparison_that_a_result_keeps_and_the_newer_one(app: Flask) -> None:
    hold_around(app, BEFORE, Around())
    publish_of(app, BEFORE)
    _place, round_id, lead = result_of(app, ["2"] * 12, ["2"] * 12)
    hold_around(app, TODAY, Around(higher=2))
    kept = lead.get(f"/round/{round_id}/results?people=network")
    assert "See the newer comparison" not in kept.text
    publish_of(app, TODAY)
    page = lead.get(f"/round/{round_id}/results?people=network")
    assert rows_of(section(page, "people"), "The same numbers") == rows_of(section(kept, "people"), "The same numbers")
    newer = page.go("See the newer comparison")
    assert rows_of(section(newer, "people"), "The same numbers") != rows_of(section(kept, "people"), "The same numbers")
    assert newer.holds("Show these", "people") == "network", "the choice goes along"
    assert "This result keeps an older one" in newer.text
    back = newer.go("Go back to the comparison this result keeps")
    assert rows_of(section(back, "people"), "The same numbers") == rows_of(section(kept, "people"), "The same numbers")


def test_nobody_is_called_among_the_first_once_there_is_a_newer_comparison(app: Flask) -> None:
    publish_of(app, BEFORE)
    _place, round_id, lead = result_of(app, ["2"] * 12, ["2"] * 12)
    assert lead.get(f"/round/{round_id}/results").text.count(FIRST) == 2
    hold_around(app, TODAY, Around())
    publish_of(app, TODAY)
    page = lead.get(f"/round/{round_id}/results")
    assert FIRST not in page.text and page.text.count("has nothing of services like these") == 2
    assert "25 services or more" in said_in(page.go("See the newer comparison"), "people")


def test_between_ten_and_nineteen_services_there_is_a_median_and_no_word(app: Flask) -> None:
    hold_around(app, BEFORE, Around(organisations=4, services=3))
    publish_of(app, BEFORE)
    _place, round_id, lead = result_of(app, ["4"] * 12, ["2"] * 12)
    page = lead.get(f"/round/{round_id}/results")
    people = section(page, "people")
    assert "s-peer" in classes(people) and "mid" not in [name for name in classes(people) if name == "mid"][1:]
    assert "ikely higher in" not in said_in(page, "people") and "Beside peers" not in said_in(page, "people")
    assert "The middle half is shown from 20 services" in said_in(page, "people")


def test_a_side_that_may_only_be_said_in_words_has_its_peers_median_and_no_picture(app: Flask) -> None:
    hold_around(app, BEFORE, Around())
    publish_of(app, BEFORE)
    _place, round_id, lead = result_of(app, ["4", "4", "4", "3", "3", "2"], ["2"] * 12)
    page = lead.get(f"/round/{round_id}/results")
    people = section(page, "people")
    assert not {"radar", "lanes", "mid"} & set(classes(people)) and 'data-plot="radar-people"' not in page.html
    rows = rows_of(people, "Shown as low, middle or high only")
    assert rows[0] == ["Principle", "Level", "Peers’ median", "Answers"]
    assert {tuple(row[1:]) for row in rows[1:]} == {("High", "Middle (1.5)", "6")}
    assert decimals_of([" ".join(people.itertext())]) == {"1.5"}, "no decimal of this service"
    assert "What they said is high in all six." in said_in(page, "people")
    assert "ikely higher" not in said_in(page, "people")
    for picture in ("radar", "ranges", "answers-assets", "answers-nothing", "nothing"):
        assert lead.send("GET", f"/round/{round_id}/pictures/people/{picture}.svg").status == 404


def test_a_side_that_is_hidden_is_set_beside_nobody(app: Flask) -> None:
    hold_around(app, BEFORE, Around())
    publish_of(app, BEFORE)
    _place, round_id, lead = result_of(app, ["4"] * 12, ["2"] * 3)
    page = lead.get(f"/round/{round_id}/results")
    assert "Hidden, to protect people" in said_in(page, "staff")
    assert "Beside" not in said_in(page, "staff") and "Peers" not in said_in(page, "staff")
    for picture in ("radar", "ranges", "changes"):
        assert lead.send("GET", f"/round/{round_id}/pictures/staff/{picture}.svg").status == 404


def test_a_bound_stands_beside_peers_without_a_word(app: Flask) -> None:
    hold_around(app, BEFORE, Around())
    publish_of(app, BEFORE)
    _place, round_id, lead = result_of(app, ["4"] * 12, ["0"] * 6)
    page = lead.get(f"/round/{round_id}/results")
    staff = section(page, "staff")
    rows = rows_of(staff, "The same numbers")
    assert all(row[1] == "0.2 or below" for row in rows[1:]) and "Beside peers" not in rows[0]
    assert "ikely lower in" not in said_in(page, "staff") and "s-peer" in classes(staff)


def test_every_decimal_of_the_page_was_released_or_published(app: Flask) -> None:
    hold_around(app, BEFORE, Around(form="full"))
    publish_of(app, BEFORE)
    place = Place.made(app)
    earlier = place.planned(form="full")
    answer_full(app, place, earlier, ["1"] * 7 + ["2"] * 5)
    opened(app, place, earlier, -30)
    round_id = place.planned(form="full")
    answer_full(app, place, round_id, ["1"] * 4 + ["3"] * 7 + ["2"] * 2)
    lead = opened(app, place, round_id)
    for query in ("", "?people=network&staff=network", "?newest=1"):
        page = lead.get(f"/round/{round_id}/results{query}")
        assert page.tree is not None
        shown = decimals_of(list(figures_in(page.tree)))
        assert len(shown) > 8 and shown <= published(app, place), shown - published(app, place)
    for picture in ("radar", "ranges", "changes"):
        answer = lead.send("GET", f"/round/{round_id}/pictures/staff/{picture}.svg").response
        texts = [" ".join(one.itertext()) for one in parsed(answer.get_data(as_text=True)).iter() if one.tag in TEXTS]
        assert decimals_of([text for text in texts if "self-assessment" not in text]) <= published(app, place)


def test_each_row_is_what_was_released_of_this_side_and_published_of_its_peers(app: Flask) -> None:
    hold_around(app, BEFORE, Around(form="full"))
    publish_of(app, BEFORE)
    place = Place.made(app)
    round_id = place.planned(form="full")
    answer_full(app, place, round_id, ["1"] * 4 + ["3"] * 7 + ["2"] * 2)
    lead = opened(app, place, round_id)
    page = lead.get(f"/round/{round_id}/results?people=network&staff=network")
    for side, form in (("people", "shared"), ("staff", "full")):
        rows = rows_of(section(page, side), "The same numbers")
        assert rows[0][1:] == [*HEADS[side], "Likely between", "Answers", *HEADS["peers"]]
        assert {row[0]: row[1:-1] for row in rows[1:]} == expected_rows(app, round_id, side, form)


HEADS = {
    "people": ["People who use the service"],
    "staff": ["Staff and partners"],
    "peers": ["Peers’ median", "Peers’ middle half", "Beside peers"],
}


def expected_rows(app: Flask, round_id: UUID, side: str, form: str) -> dict[str, list[str]]:
    """From the tables: the figure, its interval, how many answered, and the network's median and quarter points."""
    rows = {}
    with app.app_context(), reading() as session:
        release = session.scalars(select(Release).where(Release.round_id == round_id)).one()
        for principle in definition(session, KEY).principles:
            measure = f"{'principle' if form == 'full' else 'shared'}/{principle.id}"
            own = session.get_one(ReleaseCell, (release.id, side, measure))
            of = session.get_one(SnapshotCell, (release.snapshot_id, *KEY[:2], form, side, "network", principle.id))
            tenths = (own.value_x10, own.low_x10, own.high_x10, of.median_x10, of.lower_x10, of.upper_x10)
            value, low, high, median, lower, upper = (f"{one / 10:.1f}" for one in tenths if one is not None)
            rows[principle.name] = [value, f"{low} to {high}", str(own.n), median, f"{lower} to {upper}"]
    return rows


TEXTS = (f"{SVG}text", f"{SVG}desc", f"{SVG}title")


def figures_in(tree: Element) -> Iterator[str]:
    """What stands in tables, in drawings, and in what is said of them."""
    for one in tree.iter():
        if one.tag in ("td", "text", "desc") or str(one.tag).endswith("}text"):
            yield " ".join(one.itertext())
        if one.get("role") == "img" and one.get("aria-label"):
            yield str(one.get("aria-label"))
        if one.tag == "script" and one.get("type") == "application/json":
            yield from plotted(one.text or "")


def plotted(figure: str) -> Iterator[str]:
    """The figures that Plotly is given, and what it says when pointed at; the rest of its numbers are places."""
    for trace in json.loads(figure)["data"]:
        yield from (f"{value:.1f}" for value in trace["r"] if value is not None)
        yield from trace["text"]


def published(app: Flask, place: Place) -> set[str]:
    """Every figure of this service's releases, and of every snapshot."""
    with app.app_context(), reading() as session:
        own = session.execute(
            select(ReleaseCell.value_x10, ReleaseCell.low_x10, ReleaseCell.high_x10)
            .join(Release, Release.id == ReleaseCell.release_id)
            .where(Release.service_id == place.service_id)
        )
        peers = session.execute(select(SnapshotCell.median_x10, SnapshotCell.lower_x10, SnapshotCell.upper_x10))
        return {f"{value / 10:.1f}" for row in (*own, *peers) for value in row if value is not None}


def answer_full(app: Flask, place: Place, round_id: UUID, levels: list[str]) -> None:
    place.answer(round_id, "people", levels)
    place.answer(round_id, "staff", levels, form="full")


def parsed(svg: str) -> Element:
    return ET.fromstring(svg)  # noqa: S314  # our own drawing


def set_target(app: Flask, place: Place, level: int) -> None:
    with app.app_context(), transaction() as session:
        statement = definition(session, KEY).shared[0].id
        session.add(Target(service_id=place.service_id, statement=statement, level=level, reason="Because we said so"))


def test_targets_are_drawn_for_staff_with_their_reasons_for_those_inside(app: Flask) -> None:
    place, round_id, lead = result_of(app, ["2"] * 12, ["2"] * 12)
    set_target(app, place, 4)
    page = lead.get(f"/round/{round_id}/results")
    assert "goal" in classes(section(page, "staff")) and "goal" not in classes(section(page, "people"))
    assert rows_of(section(page, "staff"), "The same numbers")[1][4] == "3.0", "one of two statements, from 2 to 4"
    assert "Because we said so" in said_in(page, "staff")
    outside = signed_in(app, ("organisation lead", place.organisation_id))
    page = outside.get(f"/round/{round_id}/results")
    assert "Where the service wants to be" in said_in(page, "staff") and "Because we said so" not in page.text
    assert "Because we said so" not in lead.send("GET", f"/round/{round_id}/results.csv").html


def test_no_target_is_drawn_where_it_would_tell_what_is_hidden(app: Flask) -> None:
    place, round_id, lead = result_of(app, ["2"] * 12, ["2", "2", "2", "1", "3", "2"])
    set_target(app, place, 4)
    page = lead.get(f"/round/{round_id}/results")
    assert "goal" not in classes(section(page, "staff"))
    assert "drawn as diamonds only where it may be shown how 10 or more answered" in said_in(page, "staff")


@pytest.mark.parametrize("name", ["people/radar", "staff/ranges", "people/changes", "people/answers-assets"])
def test_a_picture_to_keep_says_by_itself_what_it_is(app: Flask, name: str) -> None:
    hold_around(app, BEFORE, Around())
    publish_of(app, BEFORE)
    place = Place.made(app, service="Care <&> Repair")
    for days, level in ((-30, "1"), (0, "3")):
        round_id = place.planned()
        for side in ("people", "staff"):
            place.answer(round_id, side, [level] * 11 + ["2"])  # type: ignore[arg-type]
        lead = opened(app, place, round_id, days)
    answer = lead.send("GET", f"/round/{round_id}/pictures/{name}.svg").response
    assert answer.mimetype == "image/svg+xml" and "attachment" in answer.headers["Content-Disposition"]
    drawing = parsed(answer.get_data(as_text=True))
    assert drawing.findtext(f"{SVG}title") and drawing.findtext(f"{SVG}desc")
    assert "Care <&> Repair, Larkshire Council" in " ".join(drawing.itertext())
    names = {attribute for one in drawing.iter() for attribute in one.attrib}
    assert not names & {"class", "style", "href"} and {"fill", "stroke"} <= names
    assert not any(one.tag.endswith(("style", "script", "image")) for one in drawing.iter())
    if name.endswith(("radar", "ranges")):
        assert "25 services or more, of 4 organisations or more" in " ".join(" ".join(drawing.itertext()).split())


def test_the_files_set_each_figure_beside_the_peers_of_its_side(app: Flask) -> None:
    hold_around(app, BEFORE, Around())
    publish_of(app, BEFORE)
    _place, round_id, lead = result_of(app, ["4"] * 12, ["2"] * 4)
    address = f"/round/{round_id}/results"
    rows = list(csv.DictReader(io.StringIO(lead.send("GET", f"{address}.csv").html.removeprefix("\ufeff"))))
    compared = [row for row in rows if row["peer_group"]]
    assert {(row["side"], row["kind"]) for row in compared if row["value"]} == {("people", "shared")}
    assert {row["beside_peers"] for row in compared if row["side"] == "people"} == {"Likely higher"}
    assert {row["beside_peers"] for row in compared if row["side"] == "staff"} == {""}
    assert {row["comparison_of"] for row in rows} == {BEFORE.isoformat()}
    workbook = lead.send("GET", f"{address}.xlsx").response
    sheets = read_xlsx(workbook.get_data())
    workbook.close()
    assert len(sheets["figures"]) == len(rows) + 1
    told = lead.send("GET", f"{address}.json").json["figures"]
    assert [row["value"] for row in told["rows"]] == [float(row["value"]) if row["value"] else None for row in rows]
    other = lead.send("GET", f"{address}.csv?people=network").html
    assert "network" in {row["peer_group"] for row in csv.DictReader(io.StringIO(other))}


def test_beside_peers_the_page_asks_no_more_than_six_times(app: Flask) -> None:
    hold_around(app, BEFORE, Around())
    publish_of(app, BEFORE)
    place, round_id, lead = result_of(app, ["4"] * 12, ["2"] * 12)
    set_target(app, place, 3)
    for name in ("results", "results?newest=1", "pictures/staff/ranges.svg", "pictures/staff/answers-assets.svg"):
        with counted(app) as statements:
            assert lead.send("GET", f"/round/{round_id}/{name}").status == 200
        assert len(statements) <= 6, statements


def test_what_the_release_keeps_is_the_newest_there_was(app: Flask) -> None:
    hold_around(app, BEFORE, Around())
    publish_of(app, BEFORE)
    _place, round_id, _lead = result_of(app, ["4"] * 12, ["2"] * 12)
    with app.app_context(), reading() as session:
        kept = session.scalars(select(Release.snapshot_id).where(Release.round_id == round_id)).one()
        days: list[date] = list(session.scalars(select(Snapshot.as_of).where(Snapshot.id == kept)))
    assert days == [BEFORE]
