"""Two leads at once: each wish comes true once, and no place loses the last lead it had."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from assessment.store.db import reading, transaction
from assessment.store.models import Claim, Department, Membership, Offer, Organisation, Person, Service
from assessment.store.queries.roles import Where
from assessment.workflows.claims import claim_service
from assessment.workflows.imports import import_places, plan_import
from assessment.workflows.network_care import CannotMerge, merge_organisations
from assessment.workflows.offers import OfferedAlready, OfferEnded, Offering, accept_offer, offer_role
from assessment.workflows.place_list import read_places
from assessment.workflows.places import NameTaken, add_department
from assessment.workflows.roles import LastLead, take_away
from assessment.workflows.sign_in import Browser
from tests.house.at_once import AT_ONCE, at_once
from tests.house.people import make_person
from tests.house.places import make_organisation, make_service
from tests.house.rows import count

NOW: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)


def unless(fault: type[Exception], wish: Callable[[], object]) -> Callable[[], object]:
    def ask() -> object:
        with suppress(fault):
            return wish()
        return fault

    return ask


def test_leads_who_all_leave_at_once_leave_one_behind(app: Flask) -> None:
    organisation = make_organisation(app)
    people = [make_person(app, f"lead-{n}@example.org", ("organisation lead", organisation)) for n in range(AT_ONCE)]
    with app.app_context(), reading() as session:
        held = {row.person_id: row.id for row in session.scalars(select(Membership))}
    where = Where(organisation)
    wishes = [unless(LastLead, lambda its=one: take_away(held[its], where, its, NOW)) for one in people]  # type: ignore[misc]
    assert at_once(app, wishes).count(LastLead) == 1
    assert count(app, Membership) == 1


def test_one_offer_and_one_person_however_many_press(app: Flask) -> None:
    where = Where(make_organisation(app))
    by = make_person(app, "lead@example.org")
    offers = [Offering(uuid4(), "New@example.org", "organisation lead", where) for _tab in range(AT_ONCE)]
    at_once(app, [unless(OfferedAlready, lambda its=one: offer_role(its, by, NOW)) for one in offers])  # type: ignore[misc]
    assert count(app, Offer) == 1
    with app.app_context(), reading() as session:
        offer = session.scalars(select(Offer.id)).one()
    wish = unless(OfferEnded, lambda: accept_offer(offer, Browser(""), NOW))
    assert at_once(app, [wish] * AT_ONCE).count(OfferEnded) == AT_ONCE - 1
    assert (count(app, Person), count(app, Membership)) == (2, 1)


def test_one_department_and_one_list_and_one_claim(app: Flask) -> None:
    organisation, by = make_organisation(app), make_person(app, "lead@example.org")
    new = [uuid4() for _tab in range(AT_ONCE)]
    at_once(
        app,
        [unless(NameTaken, lambda its=one: add_department(organisation, its, "Adults", by, NOW)) for one in new],  # type: ignore[misc]
    )
    assert count(app, Department) == 1
    lines = read_places("service,sector\nHome,other\nLibrary,other\n", {"other": "Other"}).lines
    with app.app_context(), reading() as session:
        digest = plan_import(session, organisation, lines).digest
    at_once(app, [lambda: import_places(organisation, lines, digest, by, NOW)] * AT_ONCE)
    assert count(app, Service) == 2
    service: UUID = make_service(app, organisation, "Ours", confirmed_on=None)
    asked = at_once(app, [lambda: claim_service(service, "team@example.org", "", NOW)] * AT_ONCE)
    assert asked.count(True) == 1 and count(app, Claim) == 1


def test_two_organisations_joined_both_ways_at_once_are_one(app: Flask) -> None:
    first, second = make_organisation(app), make_organisation(app, region="wales", nation="wales")
    by = make_person(app, "admin@example.org")
    make_service(app, first, "Home")
    make_service(app, second, "Library")
    wishes = [
        unless(CannotMerge, lambda: merge_organisations(first, second, by, NOW)),
        unless(CannotMerge, lambda: merge_organisations(second, first, by, NOW)),
    ]
    assert at_once(app, wishes).count(CannotMerge) == 1
    with app.app_context(), transaction() as session:
        (left,) = session.scalars(select(Organisation)).all()
        assert {row.organisation_id for row in session.scalars(select(Service))} == {left.id}
