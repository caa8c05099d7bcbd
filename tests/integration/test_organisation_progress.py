"""Where each service's rounds stand: for the organisation's leads alone, with days, and without counts of answers."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from assessment.pages.organisation.view import MOST_ON_ONE_PAGE
from assessment.store.db import transaction
from assessment.store.models import Round
from tests.house.council import Council, rows
from tests.house.leading import TODAY, Place, close
from tests.house.visitor import Page

RECENT = TODAY - timedelta(days=40)


@pytest.fixture
def council(app: Flask) -> Council:
    return Council(app)


def progress(council: Council, query: str = "") -> Page:
    return council.lead().get(f"/organisation/{council.id}/progress{query}")


def planned(council: Council, service: UUID, opens_in: int = 0, closes_in: int = 21) -> UUID:
    return Place(council.app, council.id, service).planned(opens_in, closes_in)


def change(council: Council, round_id: UUID, **values: object) -> None:
    with council.app.app_context(), transaction() as session:
        found = session.get_one(Round, round_id)
        for name, value in values.items():
            setattr(found, name, value)


def test_only_leads_of_the_organisation_see_it(council: Council) -> None:
    council.service("Carers", "Adults")
    assert council.page("progress").status == 401 and "rounds stand" not in council.page().text
    assert progress(council).status == 200
    shown = council.lead().get(f"/organisation/{council.id}/").go("Where each service’s rounds stand")
    assert shown.heading == "Where each service’s rounds stand" and "Carers" in rows(shown)
    elsewhere = Council(council.app, name="Elsewhere", secret="e" * 43)
    assert elsewhere.lead().get(shown.path).status == 404


def test_every_state_is_told_with_its_days(council: Council) -> None:
    planned(council, council.service("Open", "Adults"))
    planned(council, council.service("Planned", "Adults"), opens_in=7, closes_in=30)
    council.release(council.service("Agreed", "Adults"), 2, opened=RECENT)
    council.alone(council.service("Opened", "Adults"), staff="2" * 12, opened=RECENT)
    council.alone(council.service("Waits", "Adults"), staff="2" * 12, opened=RECENT, agreed=False)
    council.service("None", "Adults")
    found = rows(progress(council))
    assert "Open, each alone: until" in found["Open"] and "None so far" in found["Open"]
    assert "Planned, each alone: opens on" in found["Planned"]
    assert "Agreed together: result of" in found["Agreed"] and "Each alone: result of" in found["Opened"]
    assert "Its lead has not opened the result yet" in found["Waits"]
    assert found["None"].startswith("None None None so far Nothing in the last 12 months")


def test_a_round_whose_last_day_is_over_is_being_counted(council: Council) -> None:
    service = council.service("Just over", "Adults")
    change(council, planned(council, service), opened_on=TODAY - timedelta(days=9), closes_on=TODAY - timedelta(days=1))
    assert "the answers are being counted" in rows(progress(council))["Just over"]
    assert not rows(progress(council, "?only=word"))


def test_a_friendly_word_where_one_may_help(council: Council) -> None:
    planned(council, council.service("Soon", "Adults"), closes_in=5)
    council.release(council.service("Long ago", "Adults"), 2, opened=TODAY - timedelta(days=500))
    council.alone(council.service("Waits", "Adults"), staff="2" * 12, opened=RECENT, agreed=False)
    late = council.alone(council.service("Late", "Adults"), staff="2" * 12, opened=RECENT)
    change(council, late, hear_by=TODAY - timedelta(days=1))
    council.release(council.service("Well", "Adults"), 2, opened=RECENT)
    page = progress(council, "?only=word")
    found = rows(page)
    assert "It closes soon" in found["Soon"] and "Nothing in the last 12 months" in found["Long ago"]
    assert "its lead may be glad of a hand" in found["Waits"] and "People were to hear by" in found["Late"]
    assert "Well" not in found and page.holds("Show", "only") == "word"
    assert "For 4 of them a friendly word may help" in page.text


def test_a_round_begun_long_ago_and_not_sent_may_want_a_hand(council: Council) -> None:
    council.release(council.service("Begun", "Adults"), 2, opened=TODAY - timedelta(days=90))
    with council.app.app_context(), transaction() as session:
        session.query(Round).update({"state": "open"})
    assert "Begun some time ago and not sent" in rows(progress(council))["Begun"]


def test_a_called_off_round_is_as_if_it_never_was(council: Council) -> None:
    service = council.service("Called off", "Adults")
    change(council, planned(council, service), state="cancelled")
    assert "None None so far" in rows(progress(council))["Called off"]


def test_how_many_have_answered_is_nowhere(council: Council) -> None:
    service = council.service("Open", "Adults")
    place, round_id = Place(council.app, council.id, service), planned(council, service)
    before = progress(council).text
    place.answer(round_id, "people", ["2"] * 37)
    assert progress(council).text == before
    close(council.app, round_id)
    assert not re.search(r"\b37\b", progress(council).text)


def test_it_is_narrowed_by_sector_and_department_alone(council: Council) -> None:
    council.service("Homes", "Housing", sector="housing")
    council.service("Carers", "Adults")
    council.service("Loose", "")
    assert list(rows(progress(council))) == ["Carers", "Homes", "Loose"]
    assert list(rows(progress(council, "?sector=housing"))) == ["Homes"]
    adults = progress(council).press("Show", department=str(council.departments["Adults"]))
    assert list(rows(adults)) == ["Carers"]
    assert list(rows(progress(council, "?sector=x&department=y&only=z"))) == ["Carers", "Homes", "Loose"]


def test_with_no_service_it_says_what_will_stand_there(council: Council) -> None:
    assert "Services stand here once they are confirmed." in progress(council).text


def test_the_list_is_taken_away_as_it_was_asked_for(council: Council) -> None:
    planned(council, council.service("=1+1", "Adults"))
    council.release(council.service("Agreed", "Adults", sector="housing"), 2, opened=RECENT)
    council.service("Quiet")
    lead, address = council.lead(), f"/organisation/{council.id}/progress"
    page = lead.get(address)
    for kind in ("csv", "xlsx", "json"):
        assert f'href="{address}.{kind}"' in page.html
    whole = rows_of(council, "")
    # By department, A to Z, and last those without one: as on the page.
    assert [row["service"] for row in whole] == ["=1+1", "Agreed", "Quiet"]
    said = rows(page)
    for row in whole:
        words = [row["under_way"], row["last_round"], row["friendly_word"] or "–"]
        assert all(word in said[str(row["service"])] for word in words)
    assert whole[1]["last_result_on"] == (RECENT + timedelta(days=1)).isoformat() and whole[2]["department"] is None
    assert [row["service"] for row in rows_of(council, "?only=word")] == ["Quiet"]
    assert [row["service"] for row in rows_of(council, "?sector=housing")] == ["Agreed"]
    assert f'href="{address}.csv?sector=housing&amp;only=word"' in lead.get(f"{address}?sector=housing&only=word").html
    sheet = lead.send("GET", f"{address}.csv").response.text
    assert "'=1+1" in sheet and ",=1+1" not in sheet


def rows_of(council: Council, query: str) -> list[dict[str, str | None]]:
    file = council.lead().send("GET", f"/organisation/{council.id}/progress.json{query}")
    assert file.status == 200 and "no-store" in file.headers["Cache-Control"]
    found: list[dict[str, str | None]] = json.loads(file.response.data)["progress"]["rows"]
    return found


def test_the_list_has_every_page_and_is_for_leads_alone(council: Council) -> None:
    for n in range(MOST_ON_ONE_PAGE + 5):
        council.service(f"Service {n:03}", "Adults")
    assert len(rows_of(council, "")) == MOST_ON_ONE_PAGE + 5
    assert council.page("progress.csv").status == 401
    elsewhere = Council(council.app, name="Elsewhere", secret="e" * 43)
    assert elsewhere.lead().get(f"/organisation/{council.id}/progress.csv").status == 404
