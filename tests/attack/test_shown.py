"""Part (b) of the attacker: every number on any page, chart or export is a released one.

A small demo network, with rounds held together and apart, voices that are hidden and scores that are words, is walked
by every role: each address there is, and each choice that a page offers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from flask import Flask, Response
from sqlalchemy import func, select

from assessment.app import create_app
from assessment.config import Settings
from assessment.disclosure import aggregate
from assessment.store.db import db, reading, transaction
from assessment.store.models import ReleaseMoments, Service
from assessment.store.records import Role
from tests.attack.figures import bars, coarsen, means_of, measured, published, released_of
from tests.attack.walking import PLACES, Place, Walk, places

SERVICES: Final = 80
# Ends of the scale, of bands (scoring/bands.py) and of what few people's answers are shown as (rule P5), the
# questionnaire's version, and that of the guidelines on access.
ALWAYS: Final = frozenset({"0.0", "4.0", "1.5", "2.5", "0.2", "3.8", "1.0", "2.2"})

OF_A_TEAM: Final = frozenset(
    {
        *("result.show", "result.picture", "result.file", "service.show", "service.picture"),
        *("rounds.results", "rounds.answers", "rounds.picture", "rounds.results_file"),
        *("organisation.show", "organisation.department", "organisation.services", "organisation.figures"),
        "organisation.peers_file",
        *("organisation.picture", "organisation.departments_picture"),
    }
)
OF_THE_FIELD: Final = frozenset(
    {"field.index", "field.principle", "field.years", "field.instrument", "field.file", "field.picture"}
)
ROLES: Final[Sequence[Role | None]] = (
    None,
    "service member",
    "service lead",
    "organisation lead",
    "network analyst",
    "network admin",
)
# By its number among PLACES.
WALKS: Final = [*((role, 2) for role in ROLES), *((role, n) for role in ROLES[2:4] for n in range(2))]

May = Mapping[str, frozenset[str]]
"""The figures that may be shown, by the beginning of the address where they may."""
Walks = Callable[[Role | None, int], Walk]


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


@pytest.fixture(scope="module")
def walks(demo: Flask) -> Walks:
    """Each is made once, whichever tests ask for it."""
    return cache(lambda role, number: Walk(demo, role, places(demo)[number]).all())


def allowed(app: Flask, role: Role | None, place: Place) -> May:
    """What this role may be shown of all that is published, and of what is released of its own place."""
    with app.app_context(), reading() as session:
        found = ALWAYS | published(session)
        if role in ("service member", "service lead"):
            found |= released_of(session, [place.service_id])
        if role == "organisation lead":
            own = session.scalars(select(Service.id).where(Service.organisation_id == place.organisation_id)).all()
            found |= released_of(session, own) | means_of(session, place.organisation_id)
        spread = bars(session)
        return {"/": found, "/field/": spread, "/open-data/": spread, "/field/instrument": measured(session)}


def strange(walk: Walk, may: May) -> dict[str, set[str]]:
    """The figures that are not among those that may be shown, by address."""
    left = {
        address: found.difference(*(figures for start, figures in may.items() if address.startswith(start)))
        for address, found in walk.seen.items()
    }
    return {address: set(found) for address, found in left.items() if found}


@pytest.mark.parametrize(("role", "number"), WALKS, ids=[f"{role or 'anyone'}, {PLACES[n]}" for role, n in WALKS])
def test_every_number_on_every_page_is_released(demo: Flask, walks: Walks, role: Role | None, number: int) -> None:
    assert strange(walks(role, number), allowed(demo, role, places(demo)[number])) == {}


def test_every_page_of_figures_is_known_and_comes_by(walks: Walks) -> None:
    """A new one is to be added above, so that it is tried with a figure that is not released."""
    taken = [walks(role, number) for role, number in WALKS]
    known = OF_A_TEAM | OF_THE_FIELD
    assert {name for walk in taken for name, found in walk.figures.items() if found - ALWAYS} <= known
    assert known <= {name for walk in taken for name in walk.figures}
    offered = [walk for walk in taken if walk.role in (None, "service lead", "organisation lead")]
    assert all(any("?" in address for address in walk.seen) for walk in offered)


@pytest.mark.parametrize("endpoint", sorted(OF_A_TEAM | OF_THE_FIELD))
def test_a_number_that_is_not_released_is_found(demo: Flask, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    role: Role | None = None if endpoint in OF_THE_FIELD else "organisation lead"
    place = places(demo)[0 if endpoint.startswith("rounds") else 2]
    may = allowed(demo, role, place)
    exact = next(mean for mean in exact_means(demo) if mean not in frozenset().union(*may.values()))
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
    found = strange(Walk(demo, role, place).open(endpoint), may)
    assert {figure for figures in found.values() for figure in figures} == {exact}


def added(body: str, figure: str) -> str:
    if "</svg>" in body:
        return body.replace("</svg>", f"<text>{figure}</text></svg>")
    return json.dumps([json.loads(body), float(figure)]) if body.startswith(("{", "[")) else f"{body}one,{figure}\r\n"


def exact_means(app: Flask) -> Iterator[str]:
    """Means as people's answers make them, before any rule."""
    with app.app_context(), reading() as session:
        for s1, n in session.execute(select(ReleaseMoments.s1, ReleaseMoments.n)).all():
            yield f"{s1 / n:.1f}"


def test_a_spreadsheet_is_read_as_the_text_beside_it_is(walks: Walks) -> None:
    seen = walks("organisation lead", 2).seen | walks("service lead", 0).seen
    sheets = {address[:-5]: found for address, found in seen.items() if address.endswith(".xlsx")}
    beside = {name: fractions_of(seen[f"{name}.csv"]) for name in sheets if f"{name}.csv" in seen}
    assert all(sheets[name] >= found for name, found in beside.items())
    assert any(len(found - ALWAYS) > 1 for found in beside.values())


def fractions_of(figures: frozenset[str]) -> frozenset[str]:
    """A sheet holds whole numbers as such, whatever they look like."""
    return frozenset(figure for figure in figures if not figure.endswith(".0"))


def test_a_mean_of_two_services_is_found(demo: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any(of_two_services(demo))
    monkeypatch.setattr(aggregate, "LEAST_SERVICES", 1)  # rule P3 switched off
    assert any(of_two_services(demo))


def of_two_services(app: Flask) -> Iterator[Mapping[str, set[str]]]:
    """What is strange in the file of each organisation that has two services."""
    with app.app_context(), reading() as session:
        of_two = session.scalars(
            select(Service.organisation_id).group_by(Service.organisation_id).having(func.count() == 2)
        ).all()
    for organisation_id in of_two:
        place = replace(places(app)[2], organisation_id=organisation_id)
        may = allowed(app, "organisation lead", place)
        yield strange(Walk(app, "organisation lead", place).open("organisation.figures"), may)
