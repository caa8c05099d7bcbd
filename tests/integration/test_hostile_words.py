"""Characters that nobody can see, typed where leads and admins type: every page stays a page."""

from __future__ import annotations

import pytest
from flask import Flask

from assessment.store.db import reading
from assessment.store.models import Service
from tests.house.journey import Team
from tests.house.people import signed_in
from tests.house.places import make_organisation, make_service
from tests.house.visitor import Visitor

ODD = "a\x01b\x00c\u202e\ud800</textarea><script>"


@pytest.fixture
def odd() -> str:
    return ODD.encode("utf-8", "replace").decode()


def test_every_form_of_a_lead_shows_again_what_can_be_shown(app: Flask, odd: str) -> None:
    organisation = make_organisation(app)
    service = make_service(app, organisation, "Home support")
    lead = signed_in(app, ("organisation lead", organisation), ("service lead", service))
    forms = {
        f"/manage/{organisation}/people": ("Send the offer", {"email": odd, "role": "organisation lead"}),
        f"/manage/{organisation}/import": ("See what would be added", {"text": odd}),
        f"/manage/{organisation}/leave": ("Leave for good", {"name": odd}),
        f"/manage/{organisation}/departments/new": ("Add the department", {"name": odd}),
        f"/service/{service}/edit": ("Save", {"name": odd, "sector": odd}),
        f"/service/{service}/people": ("Send the offer", {"email": odd, "role": odd}),
    }
    for address, (button, typed) in forms.items():
        page = lead.get(address).press(button, **typed)
        assert page.status in (200, 422), address
        assert "<script>alert" not in page.html


def test_every_search_and_description_of_an_admin_does_too(app: Flask, odd: str) -> None:
    organisation = make_organisation(app)
    admin = signed_in(app, ("network admin", None))
    for address in ("/network/", f"/network/organisation/{organisation}/merge"):
        assert admin.send("GET", f"{address}?q=a%01b%00c%E2%80%AE%ED%A0%80&kept=%00&page=%00").status == 200
    assert admin.get(f"/network/organisation/{organisation}/edit").press("Save", name=odd).status == 200


def test_a_claim_and_what_is_said_of_it_do_too(app: Flask, team: Team, odd: str) -> None:
    page = team.visitor.get(f"{team.address}/claim").press("Ask to be confirmed", email=odd, note=odd)
    assert page.status == 422
    page.press("Ask again" if "Ask again" in page.text else "Ask to be confirmed", email="a@b.org", note=odd)
    with app.app_context(), reading() as session:
        service = session.query(Service).one()
    lead = signed_in(app, ("organisation lead", service.organisation_id))
    page = lead.get(f"/service/{service.id}/confirm").press("Save the decision", decision=odd, reason=odd)
    assert page.status == 422
    lead.get(f"/service/{service.id}/confirm").press("Save the decision", decision="no", reason=odd)
    assert "abc" in team.visitor.get(f"{team.address}/links").text


def test_a_megabyte_is_refused_politely(app: Flask) -> None:
    organisation = make_organisation(app)
    lead: Visitor = signed_in(app, ("organisation lead", organisation))
    page = lead.get(f"/manage/{organisation}/people").press("Send the offer", email="x" * 1_000_000 + "@example.org")
    assert page.status == 422
    page = lead.get(f"/manage/{organisation}/import").press("See what would be added", text="x" * 1_100_000)
    assert page.status == 422 and "larger than 1 MB" in page.text
