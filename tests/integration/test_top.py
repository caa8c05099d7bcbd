"""The top and the foot of pages: the same ways on for whoever is signed in, and nothing of them on public pages."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.house.apart import Apart, open_link, round_apart
from tests.house.journey import Team
from tests.house.people import signed_in
from tests.house.visitor import Page, Visitor

NOT_KNOWN = "Sign in, or go to your places"


@pytest.fixture
def apart(app: Flask) -> Apart:
    return round_apart(app)


@pytest.fixture
def lead(app: Flask, apart: Apart) -> Visitor:
    return signed_in(app, ("service lead", apart.service_id))


def ways(page: Page) -> list[str]:
    """What the top bar offers, in its order."""
    bar = re.search(r'<nav aria-label="Main">(.*?)</nav>', page.html, re.DOTALL)
    return re.findall(r">([^<>]+)</a>", bar[1]) if bar else []


def test_a_lead_finds_the_same_ways_on_everywhere(lead: Visitor, apart: Apart) -> None:
    for address in (f"/service/{apart.service_id}/", f"/round/{apart.id}/", f"/round/{apart.id}/people"):
        page = lead.get(address)
        assert ways(page) == ["Your places", "Home Support", "Your account"], address
        assert NOT_KNOWN not in page.text
    assert ways(lead.get("/account/")) == ["Your places", "Your account"]


def test_a_public_page_is_the_same_for_everyone(app: Flask, lead: Visitor) -> None:
    stranger = Visitor(app)
    for address in ("/", "/help", "/who-sees-what", "/accessibility"):
        assert lead.get(address).html == stranger.get(address).html
        assert NOT_KNOWN in stranger.get(address).text and not ways(stranger.get(address))


def test_a_page_opened_by_a_link_knows_a_sign_in_beside_it(lead: Visitor, team: Team) -> None:
    team.answer_all()
    result, (_owner, reader) = team.send(), team.links()
    assert not ways(result) and NOT_KNOWN in result.text
    lead.get(reader).press("Continue")
    assert ways(lead.get(result.path)) == ["Your places", "Your account"]


def test_pages_of_answering_alone_say_nothing_of_accounts(lead: Visitor, apart: Apart) -> None:
    for page in (lead.get(f"/link/{apart.people}"), open_link(lead, apart.people)):
        assert not ways(page) and "our places" not in page.text
