"""Departments and services come in as a list, and everything goes out in one file."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import insert, select

from assessment.store.db import reading, transaction
from assessment.store.models import Department, Organisation, ResponseText, Service
from tests.house.journey import SAVE, Team
from tests.house.leading import Place, close
from tests.house.people import make_person, signed_in
from tests.house.places import deeds_in, make_department, make_organisation, make_service
from tests.house.queries import counted
from tests.house.visitor import ORIGIN, Page, Visitor

LOOK = "See what would be added"
LIST = "department,service,sector\nAdults,Home support,social-care\nAdults,Day centre,Social care\n,Library,other\n"


def rows(app: Flask, table: Any) -> list[Any]:
    with app.app_context(), reading(answers=True) as session:
        return list(session.scalars(select(table)))


@pytest.fixture
def larkshire(app: Flask) -> UUID:
    return make_organisation(app)


@pytest.fixture
def lead(app: Flask, larkshire: UUID) -> Visitor:
    return signed_in(app, ("organisation lead", larkshire))


def paste(lead: Visitor, larkshire: UUID, text: str) -> Page:
    return lead.get(f"/manage/{larkshire}/import").press(LOOK, text=text)


class TestImporting:
    def test_a_list_is_shown_first_and_taken_in_once(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        page = paste(lead, larkshire, LIST)
        assert page.heading == "What would be added"
        assert "1 new department, 3 new services" in page.text and rows(app, Service) == []
        for _press in range(2):
            assert "The list is imported" in page.press("Add them").text
        assert {(row.name, row.sector) for row in rows(app, Service)} == {
            ("Home support", "social-care"),
            ("Day centre", "social-care"),
            ("Library", "other"),
        }
        assert all(row.confirmed_on for row in rows(app, Service)) and len(rows(app, Department)) == 1
        assert deeds_in(app) == ["list imported"]
        assert "imported a list: 1 new department, 3 new services" in lead.get(f"/manage/{larkshire}/trail").text

    def test_a_longer_list_later_adds_only_what_is_new(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        paste(lead, larkshire, LIST).press("Add them")
        page = paste(lead, larkshire, LIST)
        assert page.heading == "Everything is there already" and "Add them" not in page.text
        page = paste(lead, larkshire, LIST.upper().replace("SOCIAL-CARE", "social-care") + "Children,Play,youth\n")
        assert "1 new department, 1 new service. 3 lines are there already" in page.text
        page.press("Add them")
        assert len(rows(app, Service)) == 4 and len(rows(app, Department)) == 2

    def test_one_fault_and_nothing_is_taken_in(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        text = LIST + "Adults,Carers,Rockets\n"
        page = paste(lead, larkshire, text)
        assert page.status == 422 and "Line 5. We know no sector “Rockets”." in page.text
        assert page.holds(LOOK, "text").replace("\r\n", "\n") == text
        assert rows(app, Service) == []

    def test_what_stands_otherwise_is_a_fault(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        make_service(app, larkshire, "Library", sector="education")
        away = make_department(app, larkshire, "Adults")
        lead.get(f"/manage/{larkshire}/departments/{away}").press("Archive the department")
        page = paste(lead, larkshire, LIST)
        assert "Line 2. Adults is archived." in page.text
        assert "Line 4. Library is there already, with the sector “education”." in page.text

    def test_what_changed_meanwhile_is_shown_again(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        page = paste(lead, larkshire, LIST)
        make_department(app, larkshire, "Adults")
        page = page.press("Add them")
        assert "Look again" in page.text and "0 new departments, 3 new services" in page.text
        assert "The list is imported" in page.press("Add them").text

    def test_a_forged_confirmation_adds_nothing_that_was_not_shown(
        self, app: Flask, larkshire: UUID, lead: Visitor
    ) -> None:
        page = paste(lead, larkshire, LIST).press("Add them", text=LIST + "Adults,Smuggled,other\n")
        assert "Look again" in page.text and rows(app, Service) == []

    def test_a_file_of_two_thousand_lines_with_ampersands(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        lines = "".join(f"Health & care & more,Service {number},health\r\n" for number in range(2000))
        _method, address, holds = lead.get(f"/manage/{larkshire}/import").form(LOOK)
        data = (b"\xef\xbb\xbfdepartment,service,sector\r\n" + lines.encode(), "list.csv")
        holds.pop("file", None)
        response = lead.client.post(
            address,
            data=holds | {"file": (io.BytesIO(data[0]), data[1])},
            base_url=ORIGIN,
            content_type="multipart/form-data",
        )
        page = Page(lead, response, None)
        assert "1 new department, 2000 new services" in page.text and "And 1800 more." in page.text
        _method, address, holds = page.form("Add them")
        with counted(app) as statements:
            response = lead.client.post(address, data=holds, base_url=ORIGIN, content_type="multipart/form-data")
        assert response.status_code == 302 and len(rows(app, Service)) == 2000
        assert len(statements) < 20

    def test_nothing_at_all_is_asked_for_again(self, larkshire: UUID, lead: Visitor) -> None:
        page = paste(lead, larkshire, "  ")
        assert page.status == 422 and "Choose a file, or paste a list." in page.text

    def test_a_service_that_a_team_started_is_not_taken_for_the_organisation_s(
        self, app: Flask, larkshire: UUID, lead: Visitor
    ) -> None:
        make_service(app, larkshire, "Library", sector="other", confirmed_on=None)
        assert "3 new services" in paste(lead, larkshire, LIST).text


class TestExporting:
    def take(self, lead: Visitor, organisation_id: UUID) -> dict[str, Any]:
        method, address, holds = lead.get(f"/manage/{organisation_id}/export").form("Download")
        response = lead.client.open(address, method=method, data=holds, base_url=ORIGIN)
        assert response.mimetype == "application/zip" and "no-store" in response.headers["Cache-Control"]
        with ZipFile(io.BytesIO(response.get_data())) as archive:
            assert archive.testzip() is None
            found: dict[str, Any] = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
        return found

    def test_it_holds_what_is_theirs_and_nothing_of_others(self, app: Flask, team: Team) -> None:
        team.answer(team.statements[0].id, "2", evidence="SECRET EVIDENCE", dissent="SECRET DISSENT")
        team.answer_all()
        team.visitor.get(f"{team.address}/statement/{team.statements[0].id}").press(SAVE, evidence="SECRET EVIDENCE")
        team.send()
        assert rows(app, ResponseText)
        organisation = rows(app, Organisation)[0].id
        elsewhere = make_organisation(app, "Elsewhere Trust")
        make_service(app, elsewhere, "Not theirs")
        make_person(app, "other@example.org", ("organisation lead", elsewhere))
        make_service(app, organisation, "=cmd|' /c calc'!A1")
        lead = signed_in(app, ("organisation lead", organisation), email="lead@example.org")
        found = self.take(lead, organisation)
        assert set(found) == {
            *(f"{name}.csv" for name in ("departments", "services", "people", "offers", "claims", "rounds", "replies")),
            *(f"{name}.csv" for name in ("releases", "released-figures", "targets", "audit")),
            "manifest.json",
        }
        everything = "".join(found.values())
        assert "SECRET" not in everything and "Not theirs" not in everything and "other@example.org" not in everything
        services = list(csv.DictReader(io.StringIO(found["services.csv"])))
        assert {row["name"] for row in services} == {"Home Support", "'=cmd|' /c calc'!A1"}
        assert "lead@example.org" in found["people.csv"] and "export taken" in found["audit.csv"]
        figures = list(csv.DictReader(io.StringIO(found["released-figures.csv"])))
        assert figures and {row["value_x10"] for row in figures if row["value_x10"]} == {"20"}
        manifest = json.loads(found["manifest.json"])
        assert {one["name"]: one["rows"] for one in manifest["files"]}["services.csv"] == 2
        assert any("never leaves the service" in sentence for sentence in manifest["left_out"])

    def test_the_result_of_a_round_apart_waits_here_too_for_the_promise(self, app: Flask) -> None:
        place = Place.made(app)
        round_id = place.planned()
        place.answer(round_id, "staff", ["1"] * 12)
        close(app, round_id)
        lead = signed_in(app, ("organisation lead", place.organisation_id), email="lead@example.org")
        found = self.take(lead, place.organisation_id)
        assert str(round_id) in found["rounds.csv"]
        assert [found[name].count("\n") for name in ("releases.csv", "released-figures.csv")] == [1, 1]
        place.lead().get(f"/round/{round_id}/results").press("We will say what came of it by")
        found = self.take(lead, place.organisation_id)
        assert str(round_id) in found["releases.csv"] and found["released-figures.csv"].count("\n") > 12

    def test_a_large_one_is_written_as_it_is_read(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        many = [
            {"organisation_id": larkshire, "name": f"Service {n}", "sector": "other", "confirmed_on": date(2026, 1, 1)}
            for n in range(3000)
        ]
        with app.app_context(), transaction(answers=True) as session:
            session.execute(insert(Service), many)
        found = self.take(lead, larkshire)
        assert found["services.csv"].count("\n") == 3001
