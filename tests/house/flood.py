"""Many requests of one kind at once, each worker a process of its own as in production."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from assessment.app import create_app
from assessment.config import Settings
from assessment.store.db import db
from assessment.workflows.rates import TooOften, count_sign_in_request


def let_through(database: str, instance: Path, workers: int, times: int, addresses: int = 1) -> int:
    """How many requests for one account get through, if so many workers each ask so often from so many places."""
    ask = partial(_ask, database, instance, times, addresses)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return sum(pool.map(ask, range(workers)))


def _ask(database: str, instance: Path, times: int, addresses: int, _worker: int) -> int:
    app, through = create_app(Settings(database_url=database, instance=instance)), 0
    with app.app_context():
        for number in range(times):
            with suppress(TooOften):
                place = f"192.0.2.{number % addresses}"
                count_sign_in_request("ann@example.org", place, app.config["SEAL"], datetime.now(UTC))
                through += 1
        db.engine.dispose()
    return through
