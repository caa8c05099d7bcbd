"""What is published by itself: a month's snapshot once, on whatever day somebody works; and the years that are over."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from assessment.jobs.context import Context
from assessment.jobs.publishing import publish_snapshot, publish_years
from assessment.store.db import reading
from assessment.store.models import OpenData, Snapshot
from assessment.store.queries.publishing import snapshots
from assessment.workflows.monthly import publish_when_due
from tests.house.at_once import at_once
from tests.house.snapshots import Field


@pytest.fixture
def field(app: Flask) -> Field:
    return Field(app)


def work(app: Flask, year: int, month: int, day: int) -> None:
    context = Context(datetime(year, month, day, 9, tzinfo=UTC), app.config["SEAL"])
    with app.app_context():
        publish_snapshot(context)
        publish_years(context)


def published(app: Flask) -> list[str]:
    with app.app_context(), reading() as session:
        return [str(one.as_of) for one in snapshots(session)]


def test_a_month_is_published_once_and_late(app: Flask, field: Field) -> None:
    field.organisation([field.round()])
    for day in (2, 2, 3, 30):
        work(app, 2026, 10, day)
    work(app, 2026, 12, 17)
    assert published(app) == ["2026-10-01", "2026-12-01"]


def test_on_the_first_a_result_may_still_come(app: Flask, field: Field) -> None:
    field.organisation([field.round()])
    work(app, 2026, 10, 1)
    assert published(app) == []


def test_a_month_that_an_operator_published_is_left(app: Flask, field: Field) -> None:
    field.organisation([field.round()])
    field.publish(date(2026, 10, 15))
    work(app, 2026, 10, 20)
    assert published(app) == ["2026-10-15"]
    work(app, 2026, 11, 2)
    assert published(app) == ["2026-10-15", "2026-11-01"]


def test_nothing_is_published_before_there_is_a_result(app: Flask, field: Field) -> None:
    work(app, 2026, 10, 2)
    field.organisation([field.round(day=date(2026, 10, 5))])
    work(app, 2026, 10, 6)
    assert published(app) == []
    work(app, 2026, 11, 2)
    assert published(app) == ["2026-11-01"]


def test_two_workers_publish_one_snapshot(app: Flask, field: Field) -> None:
    field.organisations(4, 5)
    wishes = [lambda: publish_when_due(date(2026, 11, 2)) is not None] * 2
    assert sorted(at_once(app, wishes), key=bool) == [False, True]
    assert field.count(Snapshot) == 1


def test_a_year_that_is_over_has_its_open_data(app: Flask, field: Field) -> None:
    field.organisations(10, 5)
    work(app, 2026, 12, 2)
    assert field.count(OpenData) == 0
    work(app, 2027, 1, 2)
    work(app, 2027, 2, 2)
    assert field.count(OpenData) == 1
