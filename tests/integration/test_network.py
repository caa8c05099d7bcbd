"""Network admins look after organisations: find, confirm, describe, join, archive, and give each its first lead."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import insert, select

from assessment.store.db import reading, transaction
from assessment.store.models import Department, Link, Membership, Organisation, Provider, Release, Round, Service
from tests.house.journey import CONTINUE, Team, set_up, sit_down
from tests.house.people import make_person, signed_in, signed_in_as
from tests.house.places import deeds_in, make_department, make_organisation
from tests.house.queries import counted
from tests.house.visitor import Visitor


def rows(app: Flask, table: Any) -> list[Any]:
    with app.app_context(), reading() as session:
        return list(session.scalars(select(table)))


@pytest.fixture
def admin(app: Flask) -> Visitor:
    return signed_in(app, ("network admin", None))


def test_an_organisation_is_found_and_confirmed(app: Flask, team: Team, admin: Visitor) -> None:
    make_organisation(app, "Elsewhere Trust")
    page = admin.get("/network/?q=lark&kept=unconfirmed")
    assert "1 organisation" in page.text and "Elsewhere" not in page.text
    page = page.go("Larkshire Council").press("Confirm the organisation")
    assert "That is changed" in page.text and "Since" in page.text
    assert all(row.confirmed_on for row in rows(app, Organisation))
    assert deeds_in(app) == ["organisation confirmed"]
    assert rows(app, Service)[0].confirmed_on is None, "its services are for its own lead to confirm"


def test_what_an_organisation_is_can_be_changed_but_never_to_another_s(app: Flask, admin: Visitor) -> None:
    first = make_organisation(app, "Larkshire Council")
    make_organisation(app, "Larkshire Council", region="wales", nation="wales")
    page = admin.get(f"/network/organisation/{first}/edit")
    refused = page.press("Save", region="wales")
    assert refused.status == 422 and "Another organisation has this name, kind and place" in refused.text
    page = page.press("Save", name="Greater Larkshire", region="scotland", kind="charity", size="")
    assert page.heading == "Greater Larkshire" and "Charity or community group, Scotland" in page.text
    found = next(row for row in rows(app, Organisation) if row.id == first)
    assert (found.nation, found.name_key, found.size) == ("scotland", "greater larkshire", "")


def test_archived_it_is_offered_to_nobody(app: Flask, admin: Visitor, visitor: Visitor) -> None:
    first = make_organisation(app)
    admin.get(f"/network/organisation/{first}").press("Archive the organisation")
    assert "Larkshire" not in visitor.get("/start/organisations?q=lark").text
    assert "Larkshire" not in admin.get("/network/").text
    page = admin.get("/network/?kept=archived").go("Larkshire Council").press("Bring it back")
    assert "Larkshire" in visitor.get("/start/organisations?q=lark").text
    assert page.status == 200
    assert deeds_in(app) == ["organisation archived", "organisation brought back"]


def test_an_organisation_gets_its_first_lead(app: Flask, admin: Visitor) -> None:
    first = make_organisation(app)
    page = admin.get(f"/network/organisation/{first}").go("Give it its first lead")
    page = page.press("Send the offer", email="new@example.org", role="organisation lead")
    assert "The offer is on its way" in page.text
    assert admin.get(f"/organisation/{first}/").status == 404, "no network role sees an organisation's results"
    assert admin.get(f"/manage/{first}/export").status == 404


class TestJoining:
    def test_everything_of_both_stands_at_the_one_that_stays(
        self, app: Flask, team: Team, admin: Visitor, visitor: Visitor
    ) -> None:
        team.answer_all()
        team.send()
        gone = rows(app, Organisation)[0].id
        stays = make_organisation(app, "Larkshire County Council", shares_on=date(2026, 1, 1))
        make_department(app, stays, "ADULT CARE")
        person = make_person(app, "both@example.org", ("organisation lead", gone), ("organisation lead", stays))
        app.test_cli_runner().invoke(args=["organisation", "link", str(gone)])
        page = admin.get(f"/network/organisation/{gone}/merge?q=county").go("Larkshire County Council")
        assert "0 services move" in page.text
        page = page.go("Let the other one stay instead")
        assert "1 service moves, with 1 released result" in page.text
        assert "those of one name become one: Adult care" in page.text
        assert "has agreed to be counted in comparisons" in page.text
        page = page.press("Join them")
        assert page.heading == "Larkshire County Council" and "The two are one now" in page.text
        assert gone not in {row.id for row in rows(app, Organisation)}
        for table in (Service, Release):
            found = [row for row in rows(app, table) if row.organisation_id == stays]
            assert len(found) == 1, table
        (department,) = [row for row in rows(app, Department) if row.organisation_id == stays]
        assert department.name == "ADULT CARE"
        assert next(row for row in rows(app, Service) if row.organisation_id == stays).department_id == department.id
        assert [row.person_id for row in rows(app, Membership) if row.organisation_id == stays] == [person]
        assert {row.of for row in rows(app, Link) if row.purpose == "organisation"} == {stays}
        assert team.visitor.get(f"/result/{team.round_id}/").status == 200
        trail = signed_in_as(app, person).get(f"/manage/{stays}/trail").text
        assert "joined Larkshire Council with this organisation" in trail
        assert "made a private link" in trail, "what was done in the one that is gone is told too"

    def test_what_cannot_be_joined_says_why(self, app: Flask, admin: Visitor) -> None:
        first, second = make_organisation(app), make_organisation(app, region="wales", nation="wales")
        page = admin.get(f"/network/organisation/{first}/merge/{first}")
        assert page.status == 422 and "with itself" in page.text
        assert admin.get(f"/network/organisation/{first}/merge/{uuid4()}").status == 404
        with app.app_context(), transaction() as session:
            session.execute(
                insert(Provider),
                [
                    {
                        "organisation_id": one,
                        "issuer": f"https://{one}.example",
                        "client_id": "x",
                        "client_secret_sealed": "",
                        "domains": "",
                    }
                    for one in (first, second)
                ],
            )
        page = admin.get(f"/network/organisation/{first}/merge/{second}")
        assert page.status == 422 and "Both have a way to sign in of their own" in page.text

    def test_joining_twice_is_one_joining(self, app: Flask, admin: Visitor) -> None:
        first, second = make_organisation(app), make_organisation(app, region="wales", nation="wales")
        page = admin.get(f"/network/organisation/{first}/merge/{second}")
        assert page.press("Join them").status == 200
        assert page.press("Join them").status == 404
        assert deeds_in(app) == ["organisations merged"]

    def test_a_team_half_way_through_is_asked_again(self, app: Flask, admin: Visitor, visitor: Visitor) -> None:
        first, second = make_organisation(app), make_organisation(app, "Larkshire", region="wales", nation="wales")
        page = set_up(visitor).press(CONTINUE, organisation_id=first.hex)
        assert page.path == "/start/sitting"
        admin.get(f"/network/organisation/{second}/merge/{first}").press("Join them")
        page = sit_down(page)
        assert page.path == "/start/service" and page.status == 200
        assert rows(app, Round) == []


def test_ten_thousand_organisations_are_read_page_by_page(app: Flask, admin: Visitor) -> None:
    values = {"kind": "charity", "nation": "wales", "region": "wales", "size": "", "passkeys": False}
    many = [
        {"id": uuid4(), "name": f"Charity {number:05}", "name_key": f"charity {number:05}", **values}
        for number in range(10_000)
    ]
    with app.app_context(), transaction() as session:
        session.execute(insert(Organisation), many)
    admin.get("/network/")
    with counted(app) as statements:
        page = admin.get("/network/")
    assert len(statements) <= 6
    assert "10000 organisations" in page.text and "Page 1 of 200" in page.text
    assert "Charity 00050" in page.go("Next page").text
    assert "Charity 09999" in admin.get("/network/?page=200").text
    assert "1 organisation" in admin.get("/network/?q=07777").text
    found: UUID = many[0]["id"]  # type: ignore[assignment]
    for name in ("", "/edit", "/merge"):
        with counted(app) as statements:
            assert admin.get(f"/network/organisation/{found}{name}").status == 200
        assert len(statements) <= 6
