"""``python -m benchmarks.large``: what fills the database that the environment names with a network of full size.

By the code that releases real rounds, a few organisations at a time, in so many processes side by side. One council
has 500 services; people answer alone far more often than in the demo network, so that 10,000 services hold 40,000
rounds and 1,000,000 responses. Where that takes too long, ``--crowd`` lets only a share of the people answer.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, cycle, islice
from typing import Final

from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from assessment.app import create_app
from assessment.commands.demo.answers import Model
from assessment.commands.demo.apart import Turnout
from assessment.commands.demo.chance import chance, new_id
from assessment.commands.demo.rounds import Calendar, Story
from assessment.commands.demo.services import LARGE_COUNCIL
from assessment.commands.demo.shape import PlannedOrganisation, PlannedService, plan
from assessment.pages.clock import today
from assessment.store.db import transaction
from assessment.store.models import Snapshot
from assessment.store.queries.demo import tie_releases_to_snapshots
from assessment.workflows.demo import Rows, rows_of
from assessment.workflows.network import claim
from benchmarks.installation import questionnaire
from benchmarks.serving import ROOT

YEARS: Final = 4
COUNCIL: Final = 500
COUNCIL_NAME: Final = "A council of many services"
OFTEN: Final = Turnout(services=0.75, years=3, people=(10, 100, 20), staff=(5, 50, 14))
SEED: Final = 1
ATTEMPTS: Final = 100


def network(services: int) -> Iterator[PlannedOrganisation]:
    """So many services: those of one council, at most a tenth, and the rest as the demo network has them."""
    of_council = min(COUNCIL, services // 10)
    return chain([council(of_council)], plan(services - of_council, SEED))


def council(services: int) -> PlannedOrganisation:
    drawn = chance(SEED, COUNCIL_NAME)
    known = cycle((name, sector, department) for department, some in LARGE_COUNCIL.items() for name, sector in some)
    made = tuple(
        PlannedService(new_id(drawn), f"{name} {number}", sector, department)
        for number, (name, sector, department) in enumerate(islice(known, services), 1)
    )
    return PlannedOrganisation(new_id(drawn), COUNCIL_NAME, "council", "england", "london", "very-large", made)


def calendar() -> Calendar:
    return Calendar(today(), YEARS)


@dataclass(frozen=True, slots=True)
class Part:
    """What one of several processes loads: every so many-th organisation."""

    services: int
    crowd: float
    number: int
    of: int

    def load(self) -> None:
        asked = questionnaire()
        story = Story(Model(asked, SEED), calendar(), turnout(self.crowd))
        for organisation in islice(network(self.services), self.number, None, self.of):
            # Reckoned before the transaction begins, so that the processes wait for each other as little as can be.
            _write(rows_of(asked, [story.organisation(organisation)]))


def _write(rows: Rows) -> None:
    """In one transaction; where another process writes for longer than a database waits, once more."""
    for _attempt in range(ATTEMPTS):
        with suppress(OperationalError), transaction() as session:
            rows.write(session)
            return
    raise RuntimeError("other processes left no room to write")


def turnout(crowd: float) -> Turnout:
    """Many answer, or this share of many; the fewest stay, so that there are results to compare."""
    return replace(OFTEN, people=_fewer(OFTEN.people, crowd), staff=_fewer(OFTEN.staff, crowd))


def _fewer(people: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    fewest, most, often = people
    return fewest // 2 if share < 1 else fewest, round(most * share), round(often * share)


def load(services: int, crowd: float, processes: int) -> None:
    with transaction() as session:
        claim(session, "demo")
    command = [sys.executable, "-m", "benchmarks.large", "part", "--services", str(services), "--crowd", str(crowd)]
    parts = [
        subprocess.Popen([*command, "--number", str(number), "--processes", str(processes)], cwd=ROOT)
        for number in range(processes)
    ]
    failed = [part.wait() for part in parts]
    if any(failed):
        raise RuntimeError("the network could not be loaded")


def days() -> tuple[date, ...]:
    """Those that the network's snapshots count up to, oldest first."""
    return tuple(calendar().snapshots())


def tie() -> None:
    """Let each result keep the snapshot that was there when it was made, as in a network that grew with them."""
    with transaction() as session:
        session.execute(update(Snapshot).values(published_on=Snapshot.as_of))
        tie_releases_to_snapshots(session)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("load", "part", "tie"))
    parser.add_argument("--services", type=int, default=10_000)
    parser.add_argument("--crowd", type=float, default=1.0, help="the share of the people who answer (1)")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--number", type=int, default=0, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    with create_app().app_context():
        if asked.step == "load":
            load(asked.services, asked.crowd, asked.processes)
        elif asked.step == "part":
            Part(asked.services, asked.crowd, asked.number, asked.processes).load()
        else:
            tie()


if __name__ == "__main__":
    main()
