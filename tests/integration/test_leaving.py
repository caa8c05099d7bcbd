"""An organisation leaves: what is its own is gone, and what published figures rest on stays without a name."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from assessment.store.db import Base, reading, transaction
from assessment.store.models import (
    Audit,
    Claim,
    Department,
    Draft,
    DraftAnswer,
    Invitation,
    Link,
    Membership,
    Offer,
    Organisation,
    Release,
    ReleaseCell,
    ResponseText,
    Round,
    Service,
    StoredResponse,
    Target,
)
from assessment.workflows.apart.inviting import invite
from assessment.workflows.exits import leave_for_good
from tests.house.journey import Team
from tests.house.leading import Place, hand
from tests.house.letterbox import Letterbox, post_all
from tests.house.people import make_person, signed_in
from tests.house.places import make_organisation, make_service
from tests.house.visitor import Visitor

LEAVE = "Leave for good"
GONE = (Claim, Department, Draft, DraftAnswer, Link, Membership, Offer, ResponseText, StoredResponse, Target)


def rows(app: Flask, table: Any) -> list[Any]:
    with app.app_context(), reading(answers=True) as session:
        return list(session.scalars(select(table)))


@pytest.fixture
def organisation(app: Flask, team: Team) -> UUID:
    """The team's organisation with everything that can hang on one."""
    team.answer(team.statements[0].id, "2", evidence="Our secret evidence")
    team.answer_all()
    team.send()
    team.again()
    team.visitor.get(f"{team.address}/claim").press("Ask to be confirmed", email="team@example.org", note="")
    with app.app_context(), transaction(answers=True) as session:
        found = session.scalars(select(Organisation)).one()
        found.confirmed_on = found.shares_on = date(2026, 1, 1)
        service = session.scalars(select(Service)).one()
        session.add(Target(service_id=service.id, statement=team.statements[0].id, level=3, reason="Ours"))
        organisation_id, service_id = found.id, service.id
    make_person(app, "member@example.org", ("service member", service_id))
    return organisation_id


@pytest.fixture
def lead(app: Flask, organisation: UUID) -> Visitor:
    visitor = signed_in(app, ("organisation lead", organisation), email="lead@example.org")
    page = visitor.get(f"/manage/{organisation}/people")
    page.press("Send the offer", email="next@example.org", role="organisation lead")
    return visitor


def test_those_who_were_asked_leave_no_link_behind(app: Flask) -> None:
    place = Place.made(app)
    with app.app_context():
        invite(place.planned(), ["ann@example.org"], hand(), place.seal)
    post_all(app, Letterbox())
    assert len(rows(app, Link)) == 4 and rows(app, Invitation)
    with app.app_context():
        leave_for_good(place.organisation_id, make_person(app, "lead@example.org"), hand().at)
    assert rows(app, Link) == [] == rows(app, Invitation)


def test_only_its_name_does_it(app: Flask, organisation: UUID, lead: Visitor) -> None:
    page = lead.get(f"/manage/{organisation}/").go("Leave Same table")
    assert "It cannot be undone" in page.text and "Take a copy of everything" in page.text
    for typed in ("", "Larkshire", "yes"):
        refused = page.press(LEAVE, name=typed)
        assert refused.status == 422 and "Type the name just as it stands above" in refused.text
        assert refused.holds(LEAVE, "name") == typed
    assert rows(app, Organisation)[0].left_on is None and rows(app, Link)


def test_what_is_theirs_is_gone_and_what_others_rest_on_stays(
    app: Flask, team: Team, organisation: UUID, lead: Visitor
) -> None:
    published = {(row.release_id, row.measure, row.value_x10) for row in rows(app, ReleaseCell)}
    assert published and all(rows(app, table) for table in GONE)
    assert lead.get(f"/manage/{organisation}/leave").press(LEAVE, name="larkshire  council").status == 200
    for table in GONE:
        assert rows(app, table) == [], table
    found = rows(app, Organisation)[0]
    assert (found.name, found.shares_on) == ("An organisation that left", None)
    assert found.left_on and found.archived_on
    assert {row.name for row in rows(app, Service)} == {"A service that left"}
    assert {(row.release_id, row.measure, row.value_x10) for row in rows(app, ReleaseCell)} == published
    assert {row.kind for row in rows(app, Release)} == {"council"}
    assert {row.state for row in rows(app, Round)} == {"released", "cancelled"}
    assert "organisation left" in {row.what for row in rows(app, Audit)}
    for address in (f"/manage/{organisation}/", f"/organisation/{organisation}/"):
        assert lead.get(address).status == 404
    assert team.visitor.get(f"/result/{team.round_id}/").status == 404
    admin = signed_in(app, ("network admin", None))
    assert admin.get(f"/network/organisation/{organisation}").status == 404
    assert "that left" not in admin.get("/network/").text
    assert "took the organisation out of Same table" in admin.get("/network/trail").text


def test_nothing_of_another_organisation_is_touched(app: Flask, organisation: UUID, lead: Visitor) -> None:
    other = Team.at_the_table(Visitor(app), organisation="Elsewhere Trust")
    other.answer_all()
    other.send()

    def others() -> dict[str, int]:
        with app.app_context(), reading(answers=True) as session:
            counts = {}
            for table in Base.metadata.sorted_tables:
                key = "organisation_id" if "organisation_id" in table.c else None
                if key and table.name != "audit":
                    query = select(table).where(table.c.organisation_id != organisation)
                    counts[table.name] = len(session.execute(query).all())
        return counts

    before = others()
    lead.get(f"/manage/{organisation}/leave").press(LEAVE, name="Larkshire Council")
    assert others() == before
    assert other.visitor.get(f"/result/{other.round_id}/").status == 200
    assert other.tasks().status == 200


def test_two_of_one_name_may_both_leave(app: Flask) -> None:
    for _time in range(2):
        organisation = make_organisation(app)
        make_service(app, organisation, "Home support")
        lead = signed_in(app, ("organisation lead", organisation))
        assert lead.get(f"/manage/{organisation}/leave").press(LEAVE, name="Larkshire Council").status == 200
    assert len({row.name_key for row in rows(app, Organisation)}) == 2
