"""Part (b) of the attacker: every number on any page, chart or export is a released one.

A small demo network, with rounds held together and apart, voices that are hidden and scores that are words, is walked
by every role: each address there is, and each choice that a page offers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urljoin, urlsplit
from uuid import UUID
from xml.etree.ElementTree import Element

import pytest
from flask import Flask, Response, url_for
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from assessment.app import create_app
from assessment.config import Settings
from assessment.disclosure import aggregate
from assessment.pages.access_table import ACCESS
from assessment.pages.field.files import MADE
from assessment.pages.open_data.show import TABLES
from assessment.store.db import Session, db, reading, transaction
from assessment.store.models import Department, Release, ReleaseCell, ReleaseMoments, Round, Service
from assessment.store.records import Role
from tests.attack.figures import coarsen, figures_of, means_of, published, released_of
from tests.house.html import HTML, parse
from tests.house.people import signed_in
from tests.house.visitor import ORIGIN, Visitor

SERVICES: Final = 80
MOST_CHOICES: Final = 12
# Ends of the scale, of bands (scoring/bands.py) and of what few people's answers are shown as (rule P5), the
# questionnaire's version, and that of the guidelines on access.
ALWAYS: Final = frozenset({"0.0", "4.0", "1.5", "2.5", "0.2", "3.8", "1.0", "2.2"})

# Of an answer in hand, of a person or of a secret: no released figure is near, and no address can be made up.
NOT_OPENED: Final = frozenset(
    {"secret", "membership_id", "sheet_id", "way", "other_id", "filename", "offer_id", "sign_in_id"}
)
MUST_BE_SEEN: Final = frozenset(
    {
        *("result.show", "rounds.results", "rounds.answers", "rounds.results_file", "result.file"),
        *(
            "organisation.show",
            "organisation.department",
            "organisation.services",
            "organisation.figures",
            "service.show",
            "field.index",
            "field.file",
        ),
        *("result.picture", "rounds.picture"),
    }
)


# A new word in an address must be given its values here: no page is left out by itself.
STANDS: Final[Mapping[str, Sequence[object]]] = {
    "principle_id": ("assets",),
    "statement_id": ("A1",),
    "side": ("staff", "people"),
    "kind": ("csv", "xlsx", "json"),
    "picture": ("radar", "ranges", "answers", "bands", "changes"),
    "what": tuple(MADE),
    "year": (2024, 2025, 2026),
}
OF_ONE: Final[Mapping[str, Mapping[str, Sequence[object]]]] = {
    "start.example": {"name": ("co-production",)},
    "open_data.file": {"name": tuple(TABLES)},
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("shown")
    app = create_app(Settings(database_url=f"sqlite:///{folder / 'x.db'}", instance=Path(folder)), TESTING=True)
    for args in (["prepare"], ["demo", "--services", str(SERVICES), "--rounds", "3"]):
        result = app.test_cli_runner().invoke(args=args)
        assert result.exit_code == 0, result.output
    with app.app_context(), transaction() as session:
        coarsen(session)
    # A page that fails shows no figure; other tests ask every page to answer.
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    with app.app_context():
        db.engine.dispose()


@dataclass(frozen=True)
class Place:
    """What stands in the addresses, and whose figures may be seen there."""

    round_id: UUID
    service_id: UUID
    organisation_id: UUID
    department_id: UUID


@dataclass
class Walk:
    """Everything that one role is shown."""

    app: Flask
    visitor: Visitor
    roles: frozenset[str]
    place: Place
    seen: dict[str, frozenset[str]] = field(default_factory=dict)
    endpoints: set[str] = field(default_factory=set)

    def all(self) -> None:
        for rule in self.app.url_map.iter_rules():
            entry = ACCESS.get(rule.endpoint)
            if entry is None or "GET" not in (rule.methods or ()) or rule.arguments & NOT_OPENED:
                continue
            if entry.anyone or (self.roles and entry.signed_in) or self.roles & entry.roles:
                self.open(rule)

    def open(self, rule: Rule) -> None:
        values = [self._values(rule, name) for name in sorted(rule.arguments)]
        for chosen in product(*values):
            with self.app.test_request_context("/", base_url=ORIGIN):
                address = url_for(rule.endpoint, **dict(zip(sorted(rule.arguments), chosen, strict=True)))
            self._open(rule.endpoint, address)

    def _values(self, rule: Rule, name: str) -> Sequence[object]:
        stands = {**STANDS, **OF_ONE.get(rule.endpoint, {})}
        return stands[name] if name in stands else (getattr(self.place, name),)

    def _open(self, endpoint: str, address: str) -> None:
        page = self._look(address)
        if page.status_code != 200:
            return
        self.endpoints.add(endpoint)
        if page.mimetype == HTML and b"<html" in page.get_data():
            for choice in list(dict.fromkeys(choices(parse(page.get_data(as_text=True)), address)))[:MOST_CHOICES]:
                self._look(choice)

    def _look(self, address: str) -> TestResponse:
        page = self.visitor.client.get(address, base_url=ORIGIN)
        if page.status_code == 200 and address not in self.seen:
            self.seen[address] = figures_of(page)
        return page


def choices(tree: Element, address: str) -> Iterator[str]:
    """What else a page offers to show at the same address, by links and by forms that only ask."""
    path = urlsplit(address).path
    for link in tree.iter("a"):
        target = urlsplit(urljoin(address, link.get("href", "")))
        if target.path == path and target.query:
            yield f"{path}?{target.query}"
    for form in tree.iter("form"):
        if form.get("method", "get").lower() == "get":
            for select_ in form.iter("select"):
                yield from (
                    f"{path}?{urlencode({select_.get('name', ''): option.get('value', '')})}"
                    for option in select_.iter("option")
                )
            for box in form.iter("input"):
                if box.get("type") in ("radio", "checkbox"):
                    yield f"{path}?{urlencode({box.get('name', ''): box.get('value', 'on')})}"


def places(app: Flask) -> list[Place]:
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
        return [_place(session, *found) for found in (with_bands, with_hidden, together)]


def _place(session: Session, round_id: UUID, service_id: UUID) -> Place:
    service = session.get_one(Service, service_id)
    department = service.department_id or session.scalars(select(Department.id)).first()
    assert department
    return Place(round_id, service_id, service.organisation_id, department)


def walked(app: Flask, role: Role | None, place: Place) -> Walk:
    held = {"service": place.service_id, "organisation": place.organisation_id}
    visitor = signed_in(app, (role, held.get(role.split()[0]))) if role else Visitor(app)
    walk = Walk(app, visitor, frozenset({role} if role else ()), place)
    walk.all()
    return walk


def allowed(app: Flask, role: Role | None, place: Place) -> frozenset[str]:
    """What this role may be shown of all that is published, and of what is released of its own place."""
    with app.app_context(), reading() as session:
        found = ALWAYS | published(session)
        if role in ("service member", "service lead"):
            return found | released_of(session, [place.service_id])
        if role == "organisation lead":
            own = session.scalars(select(Service.id).where(Service.organisation_id == place.organisation_id)).all()
            return found | released_of(session, own) | means_of(session, place.organisation_id)
        return found


def strange(walk: Walk, may: frozenset[str]) -> dict[str, set[str]]:
    """The figures that are not among those that may be shown, by address."""
    return {address: set(found - may) for address, found in walk.seen.items() if found - may}


ROLES: Final[Sequence[Role | None]] = (
    None,
    "service member",
    "service lead",
    "organisation lead",
    "network analyst",
    "network admin",
)


WALKS: Final = [*((role, 2) for role in ROLES), *((role, n) for role in ROLES[2:4] for n in range(2))]
PLACES: Final = ("with bands", "with a hidden voice", "together")


@pytest.fixture(scope="module")
def walks(demo: Flask) -> Callable[[Role | None, int], Walk]:
    """Each is made once, whichever tests ask for it."""
    return cache(lambda role, number: walked(demo, role, places(demo)[number]))


Walks = Callable[[Role | None, int], Walk]


@pytest.mark.parametrize(("role", "number"), WALKS, ids=[f"{role or 'anyone'}, {PLACES[n]}" for role, n in WALKS])
def test_every_number_on_every_page_is_released(demo: Flask, walks: Walks, role: Role | None, number: int) -> None:
    assert strange(walks(role, number), allowed(demo, role, places(demo)[number])) == {}


def test_the_walk_comes_by_every_page_of_figures(walks: Walks) -> None:
    taken = [walks(role, number) for role, number in WALKS]
    assert set().union(*(walk.endpoints for walk in taken)) >= MUST_BE_SEEN
    most = max(taken, key=lambda walk: len(walk.seen))
    assert len(set().union(*most.seen.values()) - ALWAYS) > 2 and any("?" in address for address in most.seen)


@pytest.mark.parametrize("endpoint", sorted(MUST_BE_SEEN))
def test_a_number_that_is_not_released_is_found(demo: Flask, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    role: Role = "organisation lead"
    place = places(demo)[0 if endpoint.startswith("rounds") else 2]
    may = allowed(demo, role, place)
    exact = next(mean for mean in exact_means(demo) if mean not in may)
    view = demo.view_functions[endpoint]

    def told(**values: object) -> Response:
        page = demo.make_response(view(**values))
        page.direct_passthrough = False
        if "sheet" in page.mimetype or page.status_code != 200:
            return page
        body = page.get_data(as_text=True)
        # In a table, where a figure would stand; in a file, as one more value.
        page.set_data(body.replace("</h1>", f"</h1><p>{exact}</p>", 1) if "</h1>" in body else added(body, exact))
        return page

    monkeypatch.setitem(demo.view_functions, endpoint, told)
    walk = Walk(demo, signed_in(demo, (role, place.organisation_id)), frozenset({role}), place)
    walk.open(next(rule for rule in demo.url_map.iter_rules() if rule.endpoint == endpoint))
    assert {figure for found in strange(walk, may).values() for figure in found} == {exact}


def added(body: str, figure: str) -> str:
    if "</svg>" in body:
        return body.replace("</svg>", f"<text>{figure}</text></svg>")
    return json.dumps([json.loads(body), float(figure)]) if body.startswith(("{", "[")) else f"{body}one,{figure}\r\n"


def exact_means(app: Flask) -> Iterator[str]:
    """Means as people's answers make them, before any rule."""
    with app.app_context(), reading() as session:
        for s1, n in session.execute(select(ReleaseMoments.s1, ReleaseMoments.n)).all():
            yield f"{s1 / n:.1f}"


def test_a_mean_of_two_services_is_found(demo: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule P3 switched off."""
    monkeypatch.setattr(aggregate, "LEAST_SERVICES", 1)
    assert any(
        strange(walked(demo, "organisation lead", place), allowed(demo, "organisation lead", place))
        for place in places(demo)
    )
