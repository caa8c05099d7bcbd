"""A team without an account asks its organisation to confirm the service, and hears what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from assessment.store.db import reading, transaction
from assessment.store.models import Claim, Organisation, Release, Round, Service, Target
from tests.house.journey import Team
from tests.house.letterbox import Letterbox, link_in, post_all
from tests.house.people import make_person, signed_in
from tests.house.places import deeds_in, make_organisation, make_service
from tests.house.visitor import Page, Visitor

ASK = "Ask to be confirmed"
DECIDE = "Save the decision"


def rows(app: Flask, table: Any) -> list[Any]:
    with app.app_context(), reading() as session:
        return list(session.scalars(select(table)))


@pytest.fixture
def organisation(app: Flask, team: Team) -> UUID:
    """The team's organisation, confirmed meanwhile."""
    with app.app_context(), transaction() as session:
        found = session.scalars(select(Organisation)).one()
        found.confirmed_on = date(2026, 1, 1)
        return found.id


@pytest.fixture
def lead(app: Flask, organisation: UUID) -> Visitor:
    return signed_in(app, ("organisation lead", organisation))


def ask(team: Team, email: str = "team@example.org", note: str = "We meet on Tuesdays") -> Page:
    return team.visitor.get(f"{team.address}/claim").press(ASK, email=email, note=note)


def test_the_team_is_told_what_happens_next(app: Flask, team: Team) -> None:
    page = team.visitor.get(f"{team.address}/links").go("Ask it to confirm the service")
    assert "Nobody has confirmed Larkshire Council itself yet" in page.text
    with app.app_context(), transaction() as session:
        session.scalars(select(Organisation)).one().confirmed_on = date(2026, 1, 1)
    assert "has no lead here yet" in team.visitor.get(page.path).text
    make_person(app, "lead@example.org", ("organisation lead", rows(app, Organisation)[0].id))
    assert "A lead of Larkshire Council sees your request" in team.visitor.get(page.path).text


def test_one_claim_waits_however_often_it_is_sent(app: Flask, team: Team) -> None:
    page = team.visitor.get(f"{team.address}/claim")
    for _press in range(2):
        sent = page.press(ASK, email="team@example.org", note="")
        assert "You asked on" in sent.text and "goes to team@example.org if it is yes" in sent.text
    assert len(rows(app, Claim)) == 1
    assert "You asked on" in team.visitor.get(f"{team.address}/links").text
    assert ask_again_is_gone(sent)


def ask_again_is_gone(page: Page) -> bool:
    return "Ask to be confirmed" not in page.text and "Ask again" not in page.text


def test_what_is_wrong_is_said_beside_its_field(team: Team) -> None:
    page = team.visitor.get(f"{team.address}/claim").press(ASK, email="team", note="x" * 2001)
    assert page.status == 422 and "like name@example.org" in page.text and "no more than 2,000" in page.text
    assert page.holds(ASK, "email") == "team"


def test_a_reader_cannot_ask(team: Team, visitor: Visitor, app: Flask) -> None:
    reader = Visitor(app)
    reader.get(team.links()[1]).press("Continue")
    assert reader.get(f"{team.address}/claim").status == 404


def test_a_lead_accepts_and_its_writer_leads_the_service(
    app: Flask, team: Team, organisation: UUID, lead: Visitor
) -> None:
    ask(team)
    page = lead.get(f"/manage/{organisation}/")
    assert "Its team asked on" in page.text
    page = page.go("Home Support")
    assert "team@example.org" in page.text and "We meet on Tuesdays" in page.text
    page = page.press(DECIDE, decision="new")
    assert "That is decided" in page.text and "Home Support" not in page.text
    assert rows(app, Service)[0].confirmed_on
    assert sorted(deeds_in(app)) == ["claim accepted", "role offered", "service confirmed"]
    letterbox = Letterbox()
    post_all(app, letterbox)
    (message,) = letterbox.messages
    newcomer = Visitor(app)
    newcomer.get(link_in(message.text)).press("Continue")
    assert newcomer.get(f"/answer/{team.round_id}/").status == 200
    assert "has said that this service is theirs" in team.visitor.get(f"{team.address}/claim").text
    assert "We meet on Tuesdays" not in signed_trail(app, organisation)


def signed_trail(app: Flask, organisation: UUID) -> str:
    return signed_in(app, ("organisation lead", organisation)).get(f"/manage/{organisation}/trail").text


def test_accepting_twice_decides_once(app: Flask, team: Team, organisation: UUID, lead: Visitor) -> None:
    ask(team)
    page = lead.get(f"/service/{rows(app, Service)[0].id}/confirm")
    page.press(DECIDE, decision="new")
    assert page.press(DECIDE, decision="no", reason="Not ours").status == 200
    assert rows(app, Claim)[0].state == "accepted"
    assert deeds_in(app).count("role offered") == 1


def test_a_service_that_is_known_already_takes_the_rounds(
    app: Flask, team: Team, organisation: UUID, lead: Visitor
) -> None:
    team.answer_all()
    team.send()
    principle = team.definition.principles[0].id
    statement = next(s.id for s in team.statements if s.principle == principle)
    page = team.visitor.get(f"/result/{team.round_id}/targets/{principle}")
    page.press("Save", **{f"{statement}-level": "3"})
    ask(team)
    double = rows(app, Service)[0].id
    known = make_service(app, organisation, "Home support service")
    page = lead.get(f"/service/{double}/confirm")
    assert page.press(DECIDE, decision="known").status == 422
    page.press(DECIDE, decision="known", known=str(known))
    assert [row.id for row in rows(app, Service)] == [known]
    assert {row.service_id for row in rows(app, Round)} == {known}
    assert {row.service_id for row in rows(app, Release)} == {known}
    assert {row.service_id for row in rows(app, Target)} == {known}
    assert rows(app, Claim)[0].state == "accepted"
    assert team.visitor.get(f"/result/{team.round_id}/").status == 200
    assert "Home Support" in signed_trail(app, organisation)


def test_declining_needs_a_reason_that_the_team_reads(
    app: Flask, team: Team, organisation: UUID, lead: Visitor
) -> None:
    ask(team)
    page = lead.get(f"/service/{rows(app, Service)[0].id}/confirm")
    assert page.press(DECIDE).status == 422
    refused = page.press(DECIDE, decision="no")
    assert refused.status == 422 and "Write why" in refused.text
    page.press(DECIDE, decision="no", reason="This is <b>the county</b>’s")
    assert "This is <b>the county</b>’s" in team.visitor.get(f"{team.address}/links").text
    page = team.visitor.get(f"{team.address}/claim")
    assert "Your organisation said no" in page.text
    assert "You asked on" in page.press("Ask again", email="team@example.org", note="").text
    assert sorted(row.state for row in rows(app, Claim)) == ["declined", "waiting"]


def test_a_service_without_a_claim_can_be_confirmed_too(
    app: Flask, team: Team, organisation: UUID, lead: Visitor
) -> None:
    page = lead.get(f"/manage/{organisation}/").go("Home Support")
    assert "Not one of ours" not in page.text
    page.press(DECIDE, decision="new")
    assert rows(app, Service)[0].confirmed_on and deeds_in(app) == ["service confirmed"]


def test_a_foreign_service_is_nothing_to_join_with(app: Flask, team: Team, organisation: UUID, lead: Visitor) -> None:
    foreign = make_service(app, make_organisation(app, "Elsewhere Trust"), "Theirs")
    page = lead.get(f"/service/{rows(app, Service)[0].id}/confirm")
    page = page.press(DECIDE, decision="known", known=str(foreign))
    assert page.status == 422
    assert next(row for row in rows(app, Round)).service_id != foreign
