"""A crowd at a site: some at a table together, others alone, all on rounds written for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask

from assessment.app import create_app
from assessment.config import Settings
from assessment.store.db import db
from benchmarks.installation import half_filled_round, questionnaire
from tests.faults.people import Person
from tests.faults.site import Site
from tests.house.apart import Apart, round_apart


@dataclass(slots=True)
class Crowd:
    app: Flask
    apart: Apart
    alone: Sequence[Person]
    together: Sequence[Person]

    @property
    def people(self) -> Sequence[Person]:
        return (*self.alone, *self.together)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Everybody answers until the block ends; those alone then send."""
        over = threading.Event()
        threads = [threading.Thread(target=one.live, args=(over, True)) for one in self.alone]
        threads += [threading.Thread(target=one.live, args=(over, False)) for one in self.together]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()


def crowd_at(site: Site, alone: int, together: int) -> Crowd:
    app = create_app(Settings(instance=site.folder, database_url=site.url))
    apart = round_apart(app, people_expected=2 * alone)
    with app.app_context():
        asked = questionnaire()
        shared = tuple(statement.id for statement in asked.shared)
        doors = [half_filled_round(asked) for _ in range(together)]
        db.engine.dispose()
    # What stands in the half-filled drafts is theirs already: they answer the statements that are still empty.
    empty = tuple(statement.id for statement in asked.on_form("full"))[-6:]
    return Crowd(
        app,
        apart,
        [Person(n, site.address, apart.people, apart.address, shared[:6]) for n in range(alone)],
        [Person(100 + n, site.address, d.secret, f"/answer/{d.id}", empty) for n, d in enumerate(doors)],
    )
