"""Counting holds across workers: exactly so many get through, on both databases, and never by address alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import select

from assessment.store.db import transaction
from assessment.store.models import Rate
from assessment.workflows.rates import FOR_ONE_ACCOUNT, FROM_ONE_PLACE, TooOften, count_sign_in_request
from tests.house.flood import let_through

NOW: Final = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
WORKERS: Final = 4


def ask(app: Flask, account: str, place: str, at: datetime = NOW) -> bool:
    with app.app_context():
        try:
            count_sign_in_request(account, place, app.config["SEAL"], at)
        except TooOften:
            return False
    return True


def test_four_workers_let_exactly_so_many_through(database: str, tmp_path: Path) -> None:
    assert let_through(database, tmp_path, WORKERS, FROM_ONE_PLACE.times) == FROM_ONE_PLACE.times


def test_four_workers_from_many_places_let_exactly_so_many_through(database: str, tmp_path: Path) -> None:
    through = let_through(database, tmp_path, WORKERS, FOR_ONE_ACCOUNT.times, addresses=FOR_ONE_ACCOUNT.times)
    assert through == FOR_ONE_ACCOUNT.times


def test_a_flood_from_one_place_leaves_the_account_open_elsewhere(app: Flask) -> None:
    asked = [ask(app, "ann@example.org", "192.0.2.1") for _time in range(200)]
    assert sum(asked) == FROM_ONE_PLACE.times
    assert ask(app, "ann@example.org", "198.51.100.7")


def test_a_window_ends_when_it_said_it_would(app: Flask) -> None:
    for _time in range(FROM_ONE_PLACE.times):
        ask(app, "ann@example.org", "192.0.2.1")
    with app.app_context(), pytest.raises(TooOften) as refused:
        count_sign_in_request("ann@example.org", "192.0.2.1", app.config["SEAL"], NOW + timedelta(minutes=1))
    again_at = refused.value.again_at
    assert again_at == NOW + FROM_ONE_PLACE.window
    assert not ask(app, "ann@example.org", "192.0.2.1", again_at - timedelta(seconds=1))
    assert ask(app, "ann@example.org", "192.0.2.1", again_at)


def test_what_is_kept_names_nobody(app: Flask) -> None:
    ask(app, "ann@example.org", "192.0.2.1")
    with app.app_context(), transaction() as session:
        kept = str([(row.key, row.ends_at, row.times) for row in session.scalars(select(Rate))])
    assert "ann" not in kept and "192.0.2.1" not in kept
