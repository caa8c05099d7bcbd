"""Two at once: one link signs in one browser, and two leads do not leave a place to nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from assessment.store.db import transaction
from assessment.store.models import Membership, Person, SignIn, SignInLink
from assessment.store.queries.roles import Where
from assessment.store.secrets import hash_of, new_secret
from assessment.workflows import roles
from assessment.workflows.accounts import LastLead, erase
from assessment.workflows.oidc import Claims
from assessment.workflows.providers import ProviderOf, person_by_provider
from assessment.workflows.sign_in import Browser, sign_in_by_link
from tests.house.at_once import AT_ONCE, at_once
from tests.house.people import make_person
from tests.house.places import make_organisation, make_service
from tests.house.rows import count

NOW: Final = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


def a_link(app: Flask) -> str:
    secret, person = new_secret(), make_person(app, "ann@example.org")
    with app.app_context(), transaction() as session:
        session.add(SignInLink(hash=hash_of(secret), person_id=person, ends_at=NOW + timedelta(minutes=1)))
    return secret


def test_of_many_browsers_with_one_link_one_is_signed_in(app: Flask) -> None:
    link, browser = a_link(app), Browser("")
    wishes = [partial(sign_in_by_link, link, new_secret(), browser, NOW) for _browser in range(AT_ONCE)]
    assert sorted(map(bool, at_once(app, wishes))) == [False] * (AT_ONCE - 1) + [True]
    assert count(app, SignIn) == 1


def test_of_many_presses_at_one_browser_each_is_good(app: Flask) -> None:
    link, becoming = a_link(app), new_secret()
    assert at_once(app, [lambda: sign_in_by_link(link, becoming, Browser(""), NOW)] * AT_ONCE) == [True] * AT_ONCE
    assert count(app, SignIn) == 1


def test_two_leads_who_leave_at_once_leave_one(app: Flask) -> None:
    service = make_service(app, make_organisation(app, "Larkshire Council"), "Home Support")
    leads = [make_person(app, f"{name}@example.org", ("service lead", service)) for name in ("ann", "ben")]

    def leave(person: UUID) -> bool:
        try:
            erase(person, NOW)
        except LastLead:
            return False
        return True

    left = at_once(app, [lambda: leave(leads[0]), lambda: leave(leads[1])])
    assert sorted(map(bool, left)) == [False, True]


def test_a_lead_who_erases_and_one_who_leaves_at_once_leave_one(app: Flask) -> None:
    organisation = make_organisation(app, "Larkshire Council")
    service = make_service(app, organisation, "Home Support")
    ann, ben = (make_person(app, f"{name}@example.org", ("service lead", service)) for name in ("ann", "ben"))
    with app.app_context(), transaction() as session:
        held = session.scalars(select(Membership.id).where(Membership.person_id == ben)).one()

    def refused(wish: Callable[[], object]) -> bool:
        try:
            wish()
        except (LastLead, roles.LastLead):
            return True
        return False

    leave = partial(roles.take_away, held, Where(organisation, service), ben, NOW)
    done = at_once(app, [partial(refused, partial(erase, ann, NOW)), partial(refused, leave)])
    assert sorted(map(bool, done)) == [False, True]


def test_a_first_sign_in_pressed_twice_makes_one_person(app: Flask) -> None:
    organisation = make_organisation(app, "Larkshire Council")
    provider = ProviderOf(organisation, "Larkshire Council", "https://id.example", "x", "x", ("larkshire.example",))
    claims = Claims("ann-1", "ann@larkshire.example", "Ann")
    found = at_once(app, [lambda: person_by_provider(provider, claims, NOW)] * AT_ONCE)
    assert len(set(found)) == 1 and count(app, Person) == 1
