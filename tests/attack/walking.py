"""A walk by one role past every address there is, and each choice that a page offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final
from urllib.parse import urlencode, urljoin, urlsplit
from uuid import UUID

from flask import Flask, url_for
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from assessment.pages.access_table import ACCESS
from assessment.pages.field.files import MADE
from assessment.pages.open_data.show import TABLES
from assessment.store.db import Session, reading
from assessment.store.models import Department, Release, ReleaseCell, Round, Service
from assessment.store.records import Role
from tests.attack.figures import Said, figures_of
from tests.house.html import HTML
from tests.house.people import signed_in
from tests.house.visitor import ORIGIN, Visitor

MOST_CHOICES: Final = 12
PLACES: Final = ("with bands", "with a hidden voice", "together")

# Of an answer in hand, of a person or of a secret: no released figure is near, and no address can be made up.
NOT_OPENED: Final = frozenset(
    {"secret", "membership_id", "sheet_id", "way", "other_id", "filename", "offer_id", "sign_in_id"}
)

# A new word in an address must be given its values here: no page is left out by itself.
STANDS: Final[Mapping[str, Sequence[object]]] = {
    "principle_id": ("assets",),
    "statement_id": ("A1",),
    "side": ("staff", "people"),
    "kind": ("csv", "xlsx", "json"),
    "picture": ("radar", "ranges", "answers", "bands", "changes", "rounds"),
    "voice": ("together", "staff", "people"),
    "what": tuple(MADE),
    "year": (2024, 2025, 2026),
}
OF_ONE: Final[Mapping[str, Mapping[str, Sequence[object]]]] = {
    "start.example": {"name": ("co-production",)},
    "open_data.file": {"name": tuple(TABLES)},
    "field.picture": {"picture": ("overview", "groups", "spread", "group-spread", "years")},
    "organisation.picture": {"picture": ("radar", "ranges", "peers")},
}


@dataclass(frozen=True)
class Place:
    """What stands in the addresses, and whose figures may be seen there."""

    round_id: UUID
    service_id: UUID
    organisation_id: UUID
    department_id: UUID


@dataclass
class Walk:
    """Everything that one role is shown: the figures by address, and by the name of the page."""

    app: Flask
    role: Role | None
    place: Place
    seen: dict[str, frozenset[str]] = field(default_factory=dict)
    figures: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        held = {"service": self.place.service_id, "organisation": self.place.organisation_id}
        self.visitor = (
            signed_in(self.app, (self.role, held.get(self.role.split()[0]))) if self.role else Visitor(self.app)
        )

    def all(self) -> Walk:
        for rule in self.app.url_map.iter_rules():
            entry = ACCESS.get(rule.endpoint)
            if entry is None or "GET" not in (rule.methods or ()) or rule.arguments & NOT_OPENED:
                continue
            if entry.anyone or (self.role and entry.signed_in) or self.role in entry.roles:
                self._open_each(rule)
        return self

    def open(self, endpoint: str) -> Walk:
        self._open_each(next(rule for rule in self.app.url_map.iter_rules() if rule.endpoint == endpoint))
        return self

    def _open_each(self, rule: Rule) -> None:
        values = [self._values(rule, name) for name in sorted(rule.arguments)]
        for chosen in product(*values):
            with self.app.test_request_context("/", base_url=ORIGIN):
                address = url_for(rule.endpoint, **dict(zip(sorted(rule.arguments), chosen, strict=True)))
            self._open(rule.endpoint, address)

    def _values(self, rule: Rule, name: str) -> Sequence[object]:
        stands = {**STANDS, **OF_ONE.get(rule.endpoint, {})}
        return stands[name] if name in stands else (getattr(self.place, name),)

    def _open(self, endpoint: str, address: str) -> None:
        page = self._look(endpoint, address)
        if page.status_code != 200 or page.mimetype != HTML or (self.role and ACCESS[endpoint].anyone):
            return  # what a page for everyone offers is the same for everyone, and walked by a visitor
        for choice in list(dict.fromkeys(choices(page, address)))[:MOST_CHOICES]:
            self._look(endpoint, choice)

    def _look(self, endpoint: str, address: str) -> TestResponse:
        page = self.visitor.client.get(address, base_url=ORIGIN)
        if page.status_code == 200 and address not in self.seen:
            self.seen[address] = figures_of(page)
            self.figures[endpoint] = self.figures.get(endpoint, frozenset()) | self.seen[address]
        return page


def choices(page: TestResponse, address: str) -> Iterator[str]:
    """What else a page offers to show at the same address, by links and by forms that only ask."""
    path, asks, chooser = urlsplit(address).path, False, ""
    for tag, named in Said(page.get_data(as_text=True)).elements:
        if tag == "a":
            target = urlsplit(urljoin(address, named.get("href", "")))
            if target.path == path and target.query:
                yield f"{path}?{target.query}"
        elif tag == "form":
            asks = named.get("method", "get").lower() == "get"
        elif tag == "select":
            chooser = named.get("name", "")
        elif asks and tag == "option":
            yield f"{path}?{urlencode({chooser: named.get('value', '')})}"
        elif asks and tag == "input" and named.get("type") in ("radio", "checkbox"):
            yield f"{path}?{urlencode({named.get('name', ''): named.get('value', 'on')})}"


def places(app: Flask) -> tuple[Place, Place, Place]:
    """A service with rounds of both kinds, one of which has bands or a hidden voice; and a round held together."""
    with app.app_context(), reading() as session:
        apart = (
            select(Round.id, Round.service_id)
            .join(Release, Release.round_id == Round.id)
            .join(ReleaseCell, ReleaseCell.release_id == Release.id)
            .where(Round.mode == "apart")
        )
        with_bands = session.execute(apart.where(ReleaseCell.band != "").order_by(Round.id)).first()
        with_hidden = session.execute(apart.where(ReleaseCell.reason != "").order_by(Round.id.desc())).first()
        largest = session.execute(
            select(Service.organisation_id).group_by(Service.organisation_id).order_by(func.count().desc())
        ).first()
        together = session.execute(
            select(Round.id, Round.service_id)
            .join(Release, Release.round_id == Round.id)
            .join(Service, Service.id == Round.service_id)
            .where(Round.mode == "together", Service.organisation_id == largest[0] if largest else False)
            .order_by(Service.department_id.is_(None), Round.opened_on.desc())
        ).first()
        assert with_bands and with_hidden and together
        return _place(session, *with_bands), _place(session, *with_hidden), _place(session, *together)


def _place(session: Session, round_id: UUID, service_id: UUID) -> Place:
    service = session.get_one(Service, service_id)
    department = service.department_id or session.scalars(select(Department.id)).first()
    assert department
    return Place(round_id, service_id, service.organisation_id, department)
