"""Leads run their organisation: departments, services, what it shares, and what was done."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from assessment.store.db import db, reading
from assessment.store.models import Department, Organisation, Round, Service
from tests.house.journey import Team
from tests.house.people import make_person, signed_in, signed_in_as
from tests.house.places import deeds_in, make_department, make_organisation, make_service
from tests.house.queries import counted
from tests.house.visitor import Visitor


@pytest.fixture
def larkshire(app: Flask) -> UUID:
    return make_organisation(app)


@pytest.fixture
def lead(app: Flask, larkshire: UUID) -> Visitor:
    return signed_in_as(app, make_person(app, "lead@example.org", ("organisation lead", larkshire), name="Lena Lead"))


def rows(app: Flask, table: Any) -> list[Any]:
    with app.app_context(), reading() as session:
        return list(session.scalars(select(table)))


class TestPlaces:
    def test_departments_and_services_are_added_once(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        page = lead.get(f"/manage/{larkshire}/services").go("Add a department")
        for _press in range(2):
            assert "The department is added" in page.press("Add the department", name="  Adult   care ").text
        (department,) = rows(app, Department)
        assert department.name == "Adult care"
        page = lead.get(f"/manage/{larkshire}/services").go("Add a service")
        typed = {"name": "Home support", "sector": "social-care", "department": str(department.id)}
        for _press in range(2):
            assert "The service is added" in page.press("Add the service", **typed).text
        (service,) = rows(app, Service)
        assert service.confirmed_on and service.department_id == department.id
        again = lead.get(f"/manage/{larkshire}/services/new").press("Add the service", **typed)
        assert again.status == 422 and "a service of this name in this department already" in again.text
        assert lead.get(f"/manage/{larkshire}/services/new").press("Add the service", **typed | {"department": ""})
        assert deeds_in(app) == ["department added", "service added", "service added"]

    def test_a_department_is_renamed_archived_and_brought_back(
        self, app: Flask, larkshire: UUID, lead: Visitor
    ) -> None:
        first, second = (make_department(app, larkshire, name) for name in ("Adults", "Children"))
        address = f"/manage/{larkshire}/departments/{first}"
        taken = lead.get(address).press("Save the name", name="children")
        assert taken.status == 422 and "a department of this name already" in taken.text
        lead.get(address).press("Save the name", name="ADULTS")
        assert "Archived" in lead.get(address).press("Archive the department").text
        assert "No department" in lead.get(f"/manage/{larkshire}/services/new").text
        assert "ADULTS" not in lead.get(f"/manage/{larkshire}/services/new").text
        refused = lead.get(f"/manage/{larkshire}/departments/new").press("Add the department", name="adults")
        assert "An archived department has this name" in refused.text
        lead.get(address).press("Bring it back")
        assert "ADULTS" in lead.get(f"/manage/{larkshire}/services/new").text
        assert deeds_in(app) == ["department renamed", "department archived", "department brought back"]
        assert second

    def test_a_service_is_renamed_moved_and_archived(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        department = make_department(app, larkshire, "Adults")
        service = make_service(app, larkshire, "Home support")
        make_service(app, larkshire, "Day centre")
        page = lead.get(f"/service/{service}/edit")
        assert page.press("Save", name="day CENTRE").status == 422
        page = page.press("Save", name="Home care", sector="health", department=str(department))
        assert page.heading == "Home care" and "Adults. Health" in page.text
        page = lead.get(f"/service/{service}/edit").press("Archive the service")
        assert "It shows on no other page" in page.text
        page = lead.get(f"/service/{service}/edit").press("Bring it back")
        assert "It shows on no other page" not in page.text
        assert sorted(deeds_in(app)) == [
            "sector changed",
            "service archived",
            "service brought back",
            "service moved",
            "service renamed",
        ]

    def test_another_organisation_s_department_is_no_place_for_a_service(
        self, app: Flask, larkshire: UUID, lead: Visitor
    ) -> None:
        elsewhere = make_organisation(app, "Elsewhere Trust")
        foreign = make_department(app, elsewhere, "Theirs")
        assert lead.get(f"/manage/{larkshire}/departments/{foreign}").status == 404
        page = lead.get(f"/manage/{larkshire}/services/new")
        typed = {"name": "Home support", "sector": "social-care", "department": str(foreign)}
        assert page.press("Add the service", **typed).status == 422
        assert rows(app, Service) == []

    def test_names_are_text_whatever_they_hold(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        name = "=cmd|'/c calc'!A1 <b>\x00\u202e"
        page = lead.get(f"/manage/{larkshire}/departments/new").press("Add the department", name=name)
        assert "=cmd|'/c calc'!A1 <b>" in page.text
        page = lead.get(f"/manage/{larkshire}/departments/new").press("Add the department", name="x" * 900_000)
        assert page.status == 422 and "no more than 200 characters" in page.text
        assert lead.get(f"/manage/{larkshire}/departments/new").press("Add the department", name="…").status == 422


class TestConsent:
    def test_sharing_is_agreed_and_withdrawn_by_name(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        page = lead.get(f"/manage/{larkshire}/sharing")
        assert "has not agreed" in page.text
        page = page.press("Agree for Larkshire Council")
        assert "has agreed since" in page.text and rows(app, Organisation)[0].shares_on
        assert "has not agreed" in page.press("Withdraw").text
        assert rows(app, Organisation)[0].shares_on is None
        trail = lead.get(f"/manage/{larkshire}/trail").text
        assert "Lena Lead agreed that results are counted" in trail and "Lena Lead withdrew the agreement" in trail

    def test_a_passkey_is_required_only_by_one_who_has_used_one(self, app: Flask, larkshire: UUID) -> None:
        by_link = signed_in(app, ("organisation lead", larkshire), way="link")
        page = by_link.get(f"/manage/{larkshire}/passkeys").press("Require a passkey of leads")
        assert page.status == 422 and "lock yourself out" in page.text
        by_key = signed_in(app, ("organisation lead", larkshire), way="passkey")
        page = by_key.get(f"/manage/{larkshire}/passkeys").press("Require a passkey of leads")
        assert "A passkey is required" in page.text
        assert by_link.get(f"/manage/{larkshire}/").heading == "This page needs a passkey"
        page.press("Let a link by e-mail be enough")
        assert by_link.get(f"/manage/{larkshire}/").status == 200


class TestRounds:
    def test_a_lead_starts_a_round_of_a_service_that_has_none(self, app: Flask, larkshire: UUID) -> None:
        service = make_service(app, larkshire, "Home support")
        lead = signed_in(app, ("service lead", service))
        page = lead.get(f"/service/{service}/").go("Start a round together")
        typed = {"sheet": "co-production:1.0:en:short", "people_present": "3", "staff_present": "2"}
        first = page.press("Start answering", **typed)
        second = page.press("Start answering", **typed)
        assert first.path == second.path and first.path.startswith("/answer/")
        team = Team(lead, UUID(first.path.split("/")[2]))
        team.answer_all()
        team.send()
        assert lead.get(f"/service/{service}/").go("Together, round one screen").path.startswith("/result/")
        page = lead.get(f"/service/{service}/start")
        page.press("Start answering", shows_previous="1", **typed)
        found = rows(app, Round)
        assert {row.previous_id for row in found} == {None, team.round_id}
        assert deeds_in(app) == ["round started", "round started"]

    def test_others_see_a_round_only_once_its_result_is_out(self, app: Flask, larkshire: UUID) -> None:
        service = make_service(app, larkshire, "Home support")
        lead, member = signed_in(app, ("service lead", service)), signed_in(app, ("service member", service))
        typed = {"sheet": "co-production:1.0:en:short", "people_present": "3", "staff_present": "2"}
        started = lead.get(f"/service/{service}/start").press("Start answering", **typed)
        page = member.get(f"/service/{service}/")
        assert "Open" in page.text and "/answer/" not in page.html
        assert member.get(f"/service/{service}/start").status == 404
        team = Team(lead, UUID(started.path.split("/")[2]))
        team.answer_all()
        team.send()
        assert member.get(f"/service/{service}/").go("Together").status == 200

    def test_a_lead_without_a_link_is_told_why_there_is_none(self, app: Flask, team: Team) -> None:
        service = rows(app, Service)[0].id
        page = signed_in(app, ("service lead", service)).get(f"{team.address}/links")
        assert "You came here by your account" in page.text and "/link/" not in page.html
        assert "These are your new links" in page.press("Make new links").text


class TestTrail:
    def test_it_is_of_this_organisation_and_says_who(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        elsewhere = make_organisation(app, "Elsewhere Trust")
        other = signed_in(app, ("organisation lead", elsewhere))
        other.get(f"/manage/{elsewhere}/departments/new").press("Add the department", name="Secret plans")
        lead.get(f"/manage/{larkshire}/departments/new").press("Add the department", name="Adults")
        app.test_cli_runner().invoke(args=["organisation", "share", "Larkshire Council"])
        page = lead.get(f"/manage/{larkshire}/trail")
        assert "Lena Lead added the department Adults" in page.text and "Secret plans" not in page.text
        assert "The operator agreed that results are counted" in page.text
        admin = signed_in(app, ("network admin", None))
        assert "Secret plans" in admin.get("/network/trail").text

    def test_an_erased_person_is_someone_who_has_left(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        lead.get(f"/manage/{larkshire}/departments/new").press("Add the department", name="Adults")
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("UPDATE person SET name = '', email = NULL, email_key = NULL, erased_on = made_on"))
        other = signed_in(app, ("organisation lead", larkshire))
        assert "someone who has left added the department Adults" in other.get(f"/manage/{larkshire}/trail").text

    @pytest.mark.parametrize("statement", ["UPDATE audit SET detail = 'x'", "DELETE FROM audit"])
    def test_no_line_of_it_is_ever_changed(self, app: Flask, larkshire: UUID, lead: Visitor, statement: str) -> None:
        lead.get(f"/manage/{larkshire}/departments/new").press("Add the department", name="Adults")
        with app.app_context(), pytest.raises(DatabaseError, match="only added to"), db.engine.begin() as connection:
            connection.execute(text(statement))
        assert deeds_in(app) == ["department added"]

    def test_it_is_read_page_by_page(self, app: Flask, larkshire: UUID, lead: Visitor) -> None:
        page = lead.get(f"/manage/{larkshire}/sharing")
        for _turn in range(26):
            page = page.press("Agree for Larkshire Council").press("Withdraw")
        page = lead.get(f"/manage/{larkshire}/trail")
        assert "Page 1 of 2" in page.text
        assert "Page 2 of 2" in page.go("Next page").text
        assert lead.get(f"/manage/{larkshire}/trail?page=-7").status == 200


def test_each_page_asks_little_however_many_services_there_are(app: Flask, larkshire: UUID, lead: Visitor) -> None:
    def asked() -> dict[str, int]:
        found = {}
        for name in ("", "services", "people", "sharing", "passkeys", "trail", "import", "export", "leave"):
            with counted(app) as statements:
                assert lead.get(f"/manage/{larkshire}/{name}").status == 200
            found[name] = len(statements)
        return found

    lead.get("/")
    few = asked()
    for number in range(30):
        make_department(app, larkshire, f"Department {number}")
        service = make_service(
            app, larkshire, f"Service {number}", confirmed_on=None if number % 3 else date(2026, 1, 1)
        )
        make_person(app, f"lead-{number}@example.org", ("service lead", service))
    assert asked() == few
    assert max(few.values()) <= 6


def test_a_stranger_s_service_is_not_there(app: Flask, lead: Visitor) -> None:
    service = make_service(app, make_organisation(app, "Elsewhere Trust"), "Theirs")
    for name in ("", "edit", "people", "confirm", f"people/{uuid4()}"):
        assert lead.get(f"/service/{service}/{name}").status == 404
