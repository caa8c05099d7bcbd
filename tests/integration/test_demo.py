"""flask demo: a network that looks like the field, made by the code that makes the real one, and kept apart from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select, text

from assessment.app import create_app
from assessment.config import Settings
from assessment.disclosure.attack import Gate
from assessment.disclosure.benchmark import TOO_FEW_ORGANISATIONS
from assessment.store.db import Base, db, reading, transaction
from assessment.store.messages import from_text
from assessment.store.models import (
    Department,
    Link,
    Network,
    Organisation,
    Release,
    ReleaseCell,
    Round,
    Service,
    Snapshot,
    SnapshotCell,
)
from assessment.store.queries.publishing import Measure, published_rows
from assessment.workflows.measures import FORMS
from assessment.workflows.membership import Ground, Membership
from assessment.workflows.peer_groups import from_name
from assessment.workflows.release import send
from tests.house.production import in_production
from tests.house.visitor import Visitor

LINK: Final = re.compile(r"http://127\.0\.0\.1:8000(/link/\S+)")


def prepared(database: str, instance: Path) -> Flask:
    """An installation that is migrated and empty, and not said to be for real use."""
    app = create_app(Settings(database_url=database, instance=instance), TESTING=True)
    assert run(app, "prepare").exit_code == 0
    return app


def run(app: Flask, *args: str) -> Result:
    return app.test_cli_runner().invoke(args=list(args))


@pytest.fixture
def empty(empty_database: str, tmp_path: Path) -> Iterator[Flask]:
    app = prepared(empty_database, tmp_path / "instance")
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def small(empty: Flask) -> Flask:
    """A demo of forty services, filled."""
    result = run(empty, "demo", "--services", "40", "--rounds", "2")
    assert result.exit_code == 0, result.output
    return empty


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo that a local run is filled with; read-only for the tests here."""
    folder = tmp_path_factory.mktemp("usual")
    app = prepared(f"sqlite:///{folder / 'x.db'}", folder)
    result = run(app, "demo")
    assert result.exit_code == 0, result.output
    yield app
    with app.app_context():
        db.engine.dispose()


def number(app: Flask, model: type[Base]) -> int:
    with app.app_context(), reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


BASES: Final = tuple((voice, form) for voice, forms in FORMS.items() for form in forms)
LEAST_GROUPS: Final = {"together": 4, "staff": 3, "people": 3}


def published(app: Flask) -> Mapping[tuple[str, str, str], list[SnapshotCell]]:
    """The rows of the newest snapshot by group, voice and basis."""
    found: dict[tuple[str, str, str], list[SnapshotCell]] = {}
    with app.app_context(), reading() as session:
        newest = session.scalar(select(Snapshot.id).order_by(Snapshot.as_of.desc()).limit(1))
        for row in session.scalars(select(SnapshotCell).where(SnapshotCell.snapshot_id == newest)):
            found.setdefault((row.cell, row.voice, row.form), []).append(row)
    return found


class TestUsualDemo:
    def test_it_has_about_three_hundred_services_in_thirty_organisations(self, usual: Flask) -> None:
        assert (number(usual, Service), number(usual, Organisation)) == (304, 30)

    @pytest.mark.parametrize(("voice", "form"), BASES)
    def test_several_groups_show_a_middle_half_on_every_principle(self, usual: Flask, voice: str, form: str) -> None:
        shown = [
            cell
            for (cell, *basis), rows in published(usual).items()
            if basis == [voice, form] and all(row.lower_x10 is not None and row.services >= 20 for row in rows)
        ]
        assert len(shown) >= LEAST_GROUPS[voice]
        if voice == "together":
            assert {cell.split(":")[0] for cell in shown} >= {"network", "sector", "kind", "nation"}

    def test_one_nation_has_the_services_but_not_the_organisations(self, usual: Flask) -> None:
        rows = published(usual)["nation:northern-ireland", "together", "shared"]
        assert all(from_text(row.reason) == TOO_FEW_ORGANISATIONS for row in rows)

    def test_several_years_are_published(self, usual: Flask) -> None:
        with usual.app_context(), reading() as session:
            years = [day.year for day in session.scalars(select(Snapshot.as_of).order_by(Snapshot.as_of))]
            network = select(func.count()).where(
                SnapshotCell.cell == "network", SnapshotCell.voice == "together", SnapshotCell.origin_id.is_not(None)
            )
            assert session.scalar(network) == len(years) * 12
        assert years == list(range(years[-1] - 3, years[-1] + 1))

    @pytest.mark.parametrize(("voice", "form"), BASES)
    def test_no_small_group_follows_from_all_that_is_published(self, usual: Flask, voice: str, form: str) -> None:
        with usual.app_context(), reading() as session:
            ground = Ground.of(session)
            measure = Measure("co-production", "1.0", form, voice, "assets")
            membership = Membership.of(session, ground, measure)
            cells = [
                membership.cells(row["origin_id"])[from_name(row["cell"])] for row in published_rows(session, measure)
            ]
        assert len(cells) > 5
        assert Gate(cells).findings() == ()

    def test_one_department_is_too_small_to_show_and_one_has_nothing_yet(self, usual: Flask) -> None:
        released = Counter(_released_departments(usual))
        with usual.app_context(), reading() as session:
            largest = session.scalar(select(Organisation.id).where(Organisation.name == "Larkshire Council"))
            all_of = session.scalars(select(Department.name).where(Department.organisation_id == largest)).all()
        assert len(all_of) >= 8 and set(all_of) - set(released) == {"Planning"}
        assert 2 in released.values()

    def test_results_keep_the_snapshot_that_was_newest_when_they_were_made(self, usual: Flask) -> None:
        with usual.app_context(), reading() as session:
            days = {row.id: row.published_on for row in session.scalars(select(Snapshot))}
            for released_on, kept in session.execute(select(Release.released_on, Release.snapshot_id)):
                before = [day for day in days.values() if day <= released_on]
                assert (days[kept] if kept else None) == max(before, default=None)


def _released_departments(app: Flask) -> list[str]:
    """The department of each service of the large council that has a result."""
    with app.app_context(), reading() as session:
        query = (
            select(Department.name, Service.id)
            .join(Service, Service.department_id == Department.id)
            .join(Organisation, Organisation.id == Service.organisation_id)
            .join(Release, Release.service_id == Service.id)
            .where(Organisation.name == "Larkshire Council")
            .distinct()
        )
        return [row[0] for row in session.execute(query)]


class TestSmallDemo:
    def test_the_same_seed_makes_the_same_figures(self, small: Flask, tmp_path: Path) -> None:
        other = prepared(f"sqlite:///{tmp_path / 'other.db'}", tmp_path)
        run(other, "demo", "--services", "40", "--rounds", "2")
        assert _figures(small) == _figures(other)
        assert len(_figures(small)) > 1000

    def test_sending_a_demo_round_again_changes_nothing(self, small: Flask) -> None:
        with small.app_context(), reading() as session:
            together = select(Round.id, Release.released_on).join(Release).where(Round.mode == "together")
            rounds = session.execute(together).all()
        for round_id, day in rounds[:5]:
            with small.app_context():
                assert send(round_id, day) == 1

    def test_every_service_asked_for_has_a_result_and_four_have_begun(self, small: Flask) -> None:
        with small.app_context(), reading() as session:
            released = session.scalar(select(func.count(Release.service_id.distinct())))
        assert (released, number(small, Service)) == (40, 44)

    def test_a_filled_demo_is_not_filled_again(self, small: Flask) -> None:
        before = number(small, Release)
        again = run(small, "demo", "--services", "40")
        assert again.exit_code == 1 and again.output == "Error: The demo network is there already.\n"
        content = run(small, "demo", "--if-empty")
        assert content.exit_code == 0 and "The demo network is there already." in content.output
        assert len(LINK.findall(content.output)) == 4
        assert number(small, Release) == before

    def test_printed_links_open_what_they_say(self, small: Flask) -> None:
        said = run(small, "demo", "links").output
        assert "The start page: http://127.0.0.1:8000/\n" in said
        assert "The field: http://127.0.0.1:8000/field/\n" in said
        paths = [Visitor(small).get(link).press("Continue").path for link in LINK.findall(said)]
        assert [path.split("/")[1] for path in paths] == ["organisation", "result", "answer", "alone"]

    def test_links_are_printed_for_another_address(self, small: Flask) -> None:
        said = run(small, "demo", "links", "--at", "http://localhost:8123/").output
        assert said.count("http://localhost:8123/link/") == 4

    def test_links_printed_before_stop_working_and_do_not_pile_up(self, small: Flask) -> None:
        """All but a poster's, which hangs on the wall."""
        *before, poster = LINK.findall(run(small, "demo", "links").output)
        rows = number(small, Link)
        *after, same = LINK.findall(run(small, "demo", "links").output)
        assert number(small, Link) == rows and not set(before) & set(after) and same == poster
        assert [Visitor(small).get(link).status for link in before] == [404] * 3


def _figures(app: Flask) -> list[Any]:
    with app.app_context(), reading() as session:
        query = (
            select(Service.id, Release.released_on, ReleaseCell.measure, ReleaseCell.value_x10, ReleaseCell.said)
            .join(Release, Release.service_id == Service.id)
            .join(ReleaseCell, ReleaseCell.release_id == Release.id)
        )
        return sorted(map(tuple, session.execute(query)), key=str)


class TestRefusing:
    def test_a_real_installation_stays_free_of_demo_data(self, empty: Flask) -> None:
        run(empty, "prepare", "--real")
        result = run(empty, "demo", "--services", "5")
        assert result.exit_code == 1
        assert result.output == "Error: This is a real installation: the demo network stays out of it.\n"
        assert number(empty, Organisation) == 0
        assert run(empty, "demo", "--if-empty").exit_code == 0

    def test_an_organisation_of_which_nothing_is_said_is_real(self, empty: Flask) -> None:
        with empty.app_context(), transaction() as session:
            session.add(_organisation())
        assert run(empty, "demo", "--services", "5").exit_code == 1
        assert number(empty, Network) == 0 and number(empty, Organisation) == 1

    def test_there_is_no_demo_in_production(self, empty_database: str, tmp_path: Path) -> None:
        app = create_app(in_production(empty_database, tmp_path))
        run(app, "prepare")
        result = run(app, "demo", "--services", "5")
        assert result.exit_code == 1 and "runs in production" in result.output
        assert number(app, Organisation) == 0
        with app.app_context():
            db.engine.dispose()

    def test_links_need_a_demo(self, empty: Flask) -> None:
        result = run(empty, "demo", "links")
        assert result.exit_code == 1 and "There is no demo network here." in result.output

    def test_without_a_questionnaire_it_says_what_to_run(self, empty: Flask) -> None:
        with empty.app_context(), transaction() as session:
            session.execute(text("DELETE FROM definition"))
        result = run(empty, "demo", "--services", "5")
        assert result.exit_code == 1 and "flask prepare" in result.output


def _organisation() -> Organisation:
    return Organisation(
        id=UUID(int=1), name="A", name_key="a", kind="council", nation="wales", region="wales", size="large"
    )
