"""Move an installation from an embedded database into PostgreSQL: every row, compared at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assessment.store.backup.file import Content, Counting
from assessment.store.backup.rows import Row, Shape, number_of_rows, read_rows, shapes, write_rows
from assessment.store.backup.target import engine_at, filling, one_view, refuse_in_use, refuse_not_empty
from assessment.store.db import Connection, Engine
from assessment.store.health import newest_revision, revision_now
from assessment.store.migrating import bring_up, take_down
from assessment.workflows.backup import Differs, NotPrepared, is_as_it_was

Step = Callable[[int], None]
ROWS_A_STEP = 1000


@dataclass(frozen=True, slots=True)
class Move:
    """The rows that there are to move, and how to move them."""

    rows: int
    go: Callable[[Step], tuple[Content, ...]]


@contextmanager
def moving(source: str, target: str, migrations: str) -> Iterator[Move]:
    """Look at both databases, which nobody may use meanwhile; nothing is written yet.

    All rows go across in one transaction: stopped at any point, the target is as empty as before and the move begins
    anew. Raises NotPrepared, InUse or NotEmpty; ``go`` raises BrokenReference or Differs.
    """
    here, there = engine_at(source), engine_at(target)
    try:
        refuse_in_use(here)
        if revision_now(here) != newest_revision(migrations):
            raise NotPrepared
        refuse_in_use(there)
        refuse_not_empty(there)
        with one_view(here) as connection:
            yield Move(number_of_rows(connection), lambda step: _move(connection, there, migrations, step))
    finally:
        here.dispose()
        there.dispose()


def _move(source: Connection, there: Engine, migrations: str, step: Step) -> tuple[Content, ...]:
    if refuse_not_empty(there):
        # Left by a move that was stopped, or by preparing it: this one begins with tables of its own.
        take_down(migrations, there)
    bring_up(migrations, "head", there)
    with filling(there) as connection:
        moved = tuple(_move_table(source, connection, shape, step) for shape in shapes())
        for one in moved:
            if not is_as_it_was(connection, one):
                raise Differs(one.shape.name)
    return moved


def _move_table(source: Connection, target: Connection, shape: Shape, step: Step) -> Content:
    counting = Counting()
    write_rows(target, shape, _counted(read_rows(source, shape), counting, step))
    return Content(shape, counting.rows, counting.digest)


def _counted(rows: Iterator[Row], counting: Counting, step: Step) -> Iterator[Row]:
    for row in rows:
        counting.add(row)
        if counting.rows % ROWS_A_STEP == 0:
            step(ROWS_A_STEP)
        yield row
    step(counting.rows % ROWS_A_STEP)
