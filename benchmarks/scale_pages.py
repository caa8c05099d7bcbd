"""The pages that are compared between a network of full size and one of 300 services."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from assessment.pages.clock import today
from assessment.store.db import Session, reading, transaction
from assessment.store.models import Department, Membership, Organisation, Person, Round, Service
from assessment.workflows.demo_people import DEMO_PEOPLE, demo_person
from benchmarks.browser import Browser
from benchmarks.large import COUNCIL_NAME
from benchmarks.serving import Server
from benchmarks.table import milliseconds, table

FIELD: Final = {
    "Field": "/field/",
    "Field, one principle": "/field/principle",
    "Field, over the years": "/field/years",
    "Field, taking part": "/field/taking-part",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page by the name that it has in both networks, and where it is in one."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """Someone at one network's server, and what they look at."""

    browser: Browser
    server: Server
    pages: Sequence[Page]


@dataclass(slots=True)
class Timed:
    """Seconds each time a page of the large network, the small one and a bare one took.

    ``processor``: what the servers of the large and the small network used a request.
    """

    name: str
    large: list[float] = field(default_factory=list)
    small: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    processor: tuple[float, float] = (0.0, 0.0)


def pages() -> Sequence[Page]:
    """What the lead of two councils looks at: the one of many services and an ordinary one."""
    demo_person("organisation lead", today())
    with transaction() as session:
        ordinary, many = _councils(session)
        _let_lead(session, ordinary, many)
    with reading() as session:
        return (
            *_of_council(session, "Council", ordinary),
            *_of_council(session, "Council of most services", many),
            *(Page(name, path) for name, path in FIELD.items()),
            *(_result(session, ordinary, mode) for mode in ("together", "apart")),
        )


def _councils(session: Session) -> tuple[UUID, UUID]:
    """One of about 36 services, as many as the largest has in a demo network; and the one made to be large."""
    services = func.count().label("services")
    ordinary = (
        select(Organisation.id)
        .join(Service, Service.organisation_id == Organisation.id)
        .where(Organisation.kind == "council", Organisation.name != COUNCIL_NAME)
        .group_by(Organisation.id, Organisation.name)
        .order_by(services.desc(), Organisation.name)
        .limit(1)
    )
    many = select(Organisation.id).where(Organisation.name == COUNCIL_NAME)
    return session.scalars(ordinary).one(), session.scalars(many).one()


def _let_lead(session: Session, *organisations: UUID) -> None:
    lead = session.scalars(select(Person.id).where(Person.email == DEMO_PEOPLE["organisation lead"].email)).one()
    led = set(session.scalars(select(Membership.organisation_id).where(Membership.person_id == lead)))
    session.add_all(
        Membership(person_id=lead, role="organisation lead", organisation_id=one, made_on=today())
        for one in organisations
        if one not in led
    )


def _of_council(session: Session, name: str, council: UUID) -> tuple[Page, ...]:
    of = select(Department.id).where(Department.organisation_id == council).order_by(Department.name).limit(1)
    return (
        Page(name, f"/organisation/{council}/"),
        Page(f"{name}: its services", f"/organisation/{council}/services"),
        Page(f"{name}: a department", f"/organisation/{council}/{session.scalars(of).one()}"),
    )


def _result(session: Session, council: UUID, mode: str) -> Page:
    """Its newest result of a round held in this mode."""
    newest = (
        select(Round.id)
        .join(Service, Service.id == Round.service_id)
        .where(Service.organisation_id == council, Round.mode == mode, Round.state == "released")
        .order_by(Round.opened_on.desc(), Round.id)
        .limit(1)
    )
    round_id = session.scalars(newest).one()
    return Page(f"Result, {mode}", f"/result/{round_id}/" if mode == "together" else f"/round/{round_id}/results")


def take_turns(large: Visitor, small: Visitor, floor: Server, times: int) -> Sequence[Timed]:
    """Every page of both networks, by name, and a bare page of as many bytes."""
    return [_timed(large, small, Browser(floor.port), place, times) for place in range(len(large.pages))]


def _timed(large: Visitor, small: Visitor, bare: Browser, place: int, times: int) -> Timed:
    """Ask for the three in turn, so that what slows the machine for a while slows all of them."""
    at, beside = large.pages[place], small.pages[place]
    found, size = Timed(at.name), len(large.browser.get(at.path).body)
    small.browser.get(beside.path)
    before = large.server.cpu_seconds(), small.server.cpu_seconds()
    for _time in range(times):
        found.large.append(_seconds(lambda: large.browser.get(at.path)))
        found.small.append(_seconds(lambda: small.browser.get(beside.path)))
        found.bare.append(_seconds(lambda: bare.get(f"/{size}")))
    used = large.server.cpu_seconds() - before[0], small.server.cpu_seconds() - before[1]
    found.processor = used[0] / times, used[1] / times
    return found


def _seconds(step: Callable[[], object]) -> float:
    began = time.monotonic()
    step()
    return time.monotonic() - began


def timed_table(database: str, found: Sequence[Timed]) -> str:
    heads = ("", "p50", "p95", "CPU", "of 300: p50", "p95", "CPU", "bare p50", "ratio p50", "p95", "CPU")
    return table(f"Pages on {database}: clock, and processor time a request", heads, [_row(one) for one in found])


def _row(one: Timed) -> tuple[str, ...]:
    large, small = _figures(one.large, one.processor[0]), _figures(one.small, one.processor[1])
    ratios = (f"{ours / theirs:.2f}" if theirs else "" for ours, theirs in zip(large, small, strict=True))
    return (one.name, *map(milliseconds, (*large, *small, median(one.bare))), *ratios)


def _figures(seconds: Sequence[float], processor: float) -> tuple[float, float, float]:
    return *_middle_and_slow(seconds), processor


def _middle_and_slow(seconds: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(seconds)
    return median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
