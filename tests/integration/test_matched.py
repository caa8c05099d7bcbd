"""The services that were in the last snapshot of the year before as well: what they said then, and now."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import delete, select

from assessment.store.db import transaction
from assessment.store.models import Release, ReleaseMoments, SnapshotCell
from tests.house.network import MadeNetwork
from tests.integration.test_snapshots import AS_OF, Field

AUTUMN: Final = date(2025, 10, 1)
YEAR_BEFORE: Final = date(2025, 12, 1)
THEN: Final = date(2025, 9, 10)
WINTER: Final = date(2025, 11, 10)
NOW: Final = date(2026, 9, 10)
DAYS: Final = (THEN, NOW, THEN, NOW, THEN)


@pytest.fixture
def field(app: Flask) -> Field:
    return Field(app)


def councils(field: Field, *levels: tuple[tuple[int, date], ...], services: int = 3) -> None:
    """Four councils of so many services, each of which agreed on these levels on these days."""
    for _council in range(4):
        field.organisation(*([field.round(level, day) for level, day in levels_] for levels_ in levels * services))


def matched(field: Field, which: str, year: int = 2025, as_of: date = AS_OF) -> list[SnapshotCell]:
    return field.cells(f"matched-{which}:{year}", as_of=as_of)


def test_services_that_were_there_a_year_ago_are_compared_with_themselves(field: Field) -> None:
    councils(field, ((1, THEN), (3, NOW)))
    councils(field, ((4, NOW),))  # who joined since
    councils(field, ((0, THEN),), services=1)  # who said nothing new
    field.publish(YEAR_BEFORE)
    field.publish(AS_OF)
    then, now = matched(field, "then"), matched(field, "now")
    assert len(then) == len(now) == 6
    assert {row.mean for row in then} == {0.75}
    assert {row.mean for row in now} == {2.25}
    assert {(row.services, row.median_x10) for row in now} == {(15, 30)}


def test_it_is_the_last_snapshot_of_the_year_that_counts(field: Field) -> None:
    councils(field, ((1, THEN), (2, WINTER), (3, NOW)))
    field.publish(AUTUMN)
    field.publish(YEAR_BEFORE)
    field.publish(AS_OF)
    assert {row.median_x10 for row in matched(field, "then")} == {20}
    assert {row.median_x10 for row in matched(field, "now")} == {30}


def test_in_the_first_year_there_is_nothing_to_match(field: Field) -> None:
    councils(field, ((1, THEN),))
    field.publish(AUTUMN)
    field.publish(YEAR_BEFORE)
    for as_of in (AUTUMN, YEAR_BEFORE):
        assert matched(field, "then", 2024, as_of) == matched(field, "now", 2024, as_of) == []
        assert matched(field, "then", 2025, as_of) == []


def test_where_nobody_of_that_year_is_left_there_is_nothing(field: Field) -> None:
    councils(field, ((1, date(2024, 11, 20)),))
    field.publish(YEAR_BEFORE)
    councils(field, ((2, NOW),))
    field.publish(date(2026, 12, 1))
    assert matched(field, "now", 2025, date(2026, 12, 1)) == []


def test_too_few_matched_services_are_refused_with_the_reason(field: Field) -> None:
    councils(field, ((1, THEN), (3, NOW)), services=2)
    councils(field, ((2, NOW),))
    field.publish(YEAR_BEFORE)
    field.publish(AS_OF)
    rows = [*matched(field, "then"), *matched(field, "now")]
    assert len(rows) == 12
    assert all(row.median_x10 is None and not row.services and "Fewer than" in row.reason for row in rows)


def test_no_positions_are_reckoned_beside_matched_services(app: Flask, field: Field) -> None:
    """Of what they said then, only of those who have said nothing since is it known here what it is made of."""
    net = MadeNetwork(app)
    for _council in range(4):
        rounds = [net.apart(day, [net.answers(net.asked.statements) for _one in range(6)], []) for day in DAYS]
        net.organisation([[rounds[0], rounds[1]], [rounds[2], rounds[3]], [rounds[4]]])
    net.publish(YEAR_BEFORE)
    net.publish(AS_OF)
    rows = [row for when in ("then", "now") for row in matched(field, when) if row.voice == "staff"]
    assert len(rows) == 12 and all(row.mean is not None and row.tau is None and row.icc1 is None for row in rows)
    everyone = [row for row in field.cells(form="shared") if row.voice == "staff"]
    assert len(everyone) == 6 and all(row.tau is not None and row.icc1 is not None for row in everyone)


def test_positions_are_not_reckoned_from_a_few_services(app: Flask, field: Field) -> None:
    """Three councils' results are of before sums were kept, and the rest would be of one."""
    net = MadeNetwork(app)
    for _council in range(4):
        said = [[net.answers(net.asked.statements) for _one in range(6)] for _service in range(3)]
        net.organisation([[net.apart(NOW, one, [])] for one in said])
    with app.app_context(), transaction(answers=True) as session:
        newest = select(Release.id).order_by(Release.organisation_id).limit(9)
        session.execute(delete(ReleaseMoments).where(ReleaseMoments.release_id.in_(newest)))
    net.publish(AS_OF)
    rows = [row for row in field.cells(form="shared") if row.voice == "staff"]
    assert len(rows) == 6 and all(row.median_x10 is not None and row.tau is None for row in rows)
