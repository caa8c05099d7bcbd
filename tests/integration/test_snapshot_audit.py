"""The audit of everything published: silent where all is right, and loud about whatever was changed or let through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from assessment.disclosure import snapshot as rules
from assessment.disclosure.attack import Gate
from assessment.disclosure.benchmark import Cell
from assessment.store.db import transaction
from assessment.store.models import Release, ReleaseCell, Snapshot, SnapshotCell, SnapshotRelease
from tests.house.queries import counted
from tests.house.snapshots import AS_OF, MONTH_BEFORE, Field

Change = Callable[[Any], Any]


@pytest.fixture
def field(app: Flask) -> Field:
    return Field(app)


def audit(app: Flask) -> tuple[int, list[str]]:
    result = app.test_cli_runner().invoke(args=["snapshot", "audit"])
    return result.exit_code, result.output.splitlines()


def tamper(app: Flask, *statements: Any) -> None:
    with app.app_context(), transaction() as session:
        for statement in statements:
            assert session.execute(statement).rowcount  # type: ignore[attr-defined]


def of(cell: str, principle: str = "assets") -> Any:
    here = (SnapshotCell.cell == cell, SnapshotCell.principle == principle, SnapshotCell.form == "shared")
    newest = select(Snapshot.id).where(Snapshot.as_of == AS_OF).scalar_subquery()
    return update(SnapshotCell).where(*here, SnapshotCell.snapshot_id == newest)


def two_months(field: Field) -> None:
    """A network of which nothing changed in a month, but for a nation that joined."""
    field.organisations(5, 5)
    field.publish(MONTH_BEFORE)
    field.organisations(5, 5, nation="wales")
    field.publish(AS_OF)


def test_with_nothing_published_nothing_is_found(app: Flask) -> None:
    code, lines = audit(app)
    assert code == 0 and lines[-1].startswith("Examined 0 published figures") and len(lines) == 1


def test_what_was_published_by_the_rules_is_in_order(app: Flask, field: Field) -> None:
    two_months(field)
    code, lines = audit(app)
    assert (code, len(lines)) == (0, 1)
    assert "as seen by anyone and by each of 10 organisations. Faults found: 0." in lines[0]
    carried = int(lines[0].split(", ")[1].split()[0])
    assert carried > 0


@pytest.mark.parametrize(
    ("cell", "values", "said"),
    [
        ("network", {"median_x10": 39}, "its services give other figures: median_x10"),
        ("network", {"services": 47}, "its services give other figures: services"),
        ("network", {"organisations": 5}, "its services give other figures: organisations"),
        ("network", {"bins": "0:50"}, "its services give other figures: bins"),
        ("network", {"mean": 3.9}, "its services give other figures: mean"),
        ("nation:england", {"median_x10": 39}, "it is carried over, but not as it was: median_x10"),
        ("size:large", {"cell": "size:nowhere"}, "figures without a service behind them"),
        ("size:large", {"cell": "nonsense"}, "figures without a service behind them"),
    ],
)
def test_a_figure_that_was_changed_is_found(
    app: Flask, field: Field, cell: str, values: dict[str, Any], said: str
) -> None:
    two_months(field)
    tamper(app, of(cell).values(**values))
    code, lines = audit(app)
    assert code == 1 and len(lines) == 2
    assert lines[0].startswith(f"2026-11-01, {values.get('cell', cell)}, co-production 1.0, together, shared, assets:")
    assert lines[0].endswith(f"{said}.") and lines[1].endswith("Faults found: 1.")


def test_a_changed_result_is_found_in_every_figure_it_is_behind(app: Flask, field: Field) -> None:
    two_months(field)
    tamper(app, update(ReleaseCell).where(ReleaseCell.measure == "shared/assets").values(value_x10=40))
    code, lines = audit(app)
    assert code == 1 and all("its services give other figures" in line for line in lines[:-1])


def test_a_service_that_is_no_longer_counted_is_missed(app: Flask, field: Field) -> None:
    field.organisations(5, 2)
    field.publish(AS_OF)
    one = select(Release.id).limit(1).scalar_subquery()
    tamper(app, delete(SnapshotRelease).where(SnapshotRelease.release_id == one))
    code, lines = audit(app)
    assert code == 1
    assert any("it should not be shown: Fewer than 10 services have shared a result here" in line for line in lines)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"services": 5}, "it is refused, and yet something is said of it: services"),
        ({"median_x10": 20}, "it is refused, and yet something is said of it: median_x10"),
        ({"reason": ""}, "there is no figure and no reason"),
    ],
)
def test_a_refusal_that_says_something_is_found(app: Flask, field: Field, values: dict[str, Any], said: str) -> None:
    field.organisations(4, 5)
    field.organisation([field.round()], nation="scotland")
    field.publish(AS_OF)
    tamper(app, of("nation:scotland").values(**values))
    code, lines = audit(app)
    assert code == 1 and lines[0].endswith(f"{said}.")


def test_figures_carried_over_from_nowhere_are_found(app: Flask, field: Field) -> None:
    two_months(field)
    before = select(Snapshot.id).where(Snapshot.as_of == MONTH_BEFORE).scalar_subquery()
    tamper(app, of("nation:wales").values(origin_id=before))
    code, lines = audit(app)
    assert code == 1 and lines[0].endswith("it is carried over, but not from what was last published of the group.")


class TestRulesSwitchedOff:
    """A version of the service that had forgotten a rule, and what it would have left in the database."""

    def test_the_gate(self, app: Flask, field: Field, monkeypatch: pytest.MonkeyPatch) -> None:
        field.organisations(4, 5, sector="housing")
        field.organisation(*([field.round()] for _ in range(3)), sector="youth")
        monkeypatch.setattr(Gate, "choose", lambda _self, cells: tuple(True for _ in cells))
        field.publish(AS_OF)
        monkeypatch.undo()
        code, lines = audit(app)
        assert code == 1
        # Housing less the network is the three youth services, for each of the 4 others and for those outside; not
        # for the youth services' own organisation, which knows them.
        follows = [line for line in lines if "a total over 3 services follows from all totals together" in line]
        assert sum("for anyone." in line for line in follows) == 12
        assert sum("that knows its own services." in line for line in follows) == 12 * 4

    def test_the_size_of_a_group(self, app: Flask, field: Field, monkeypatch: pytest.MonkeyPatch) -> None:
        field.organisations(3, 3)
        monkeypatch.setattr(rules, "why_not", lambda _members: None)
        monkeypatch.setattr(Gate, "choose", lambda _self, cells: tuple(True for _ in cells))
        field.publish(AS_OF)
        monkeypatch.undo()
        code, lines = audit(app)
        assert code == 1 and any("it should not be shown" in line for line in lines)

    def test_the_carrying_over(self, app: Flask, field: Field, monkeypatch: pytest.MonkeyPatch) -> None:
        def never(_previous: Cell, _now: Cell) -> bool:
            return False

        field.organisations(5, 5)
        field.publish(MONTH_BEFORE)
        field.organisation([field.round(3)])
        monkeypatch.setattr(rules, "carry_over", never)
        monkeypatch.setattr(Gate, "choose", lambda _self, cells: tuple(True for _ in cells))
        field.publish(AS_OF)
        monkeypatch.undo()
        code, lines = audit(app)
        assert code == 1
        assert any("it is refreshed though 1 of its services changed, fewer than 5" in line for line in lines)
        assert any("a total over 1 services follows" in line for line in lines)


def test_it_asks_no_more_questions_of_a_larger_network(app: Flask, field: Field) -> None:
    field.organisations(4, 5)
    field.publish(MONTH_BEFORE)
    with counted(app) as few:
        audit(app)
    field.organisations(8, 5)
    field.publish(AS_OF)
    with counted(app) as many:
        audit(app)
    assert len(many) == len(few)
