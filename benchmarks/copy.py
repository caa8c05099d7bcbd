"""``python -m benchmarks.copy``: what moving an installation of full size to PostgreSQL takes, and what differs then.

The command itself compares every row at the end. Here all is compared once more, by another way: of each column of
each table how many values there are, and their sum or how long they are together. With ``--folder`` the database that
``python -m benchmarks.scale --folder`` left there is moved; it is made if it is not there.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psycopg
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    LargeBinary,
    String,
    Table,
    cast,
    create_engine,
    func,
    select,
)

from assessment.store.db import Base
from benchmarks.alone import SAFE
from benchmarks.demo import FLASK, HEADS, run
from benchmarks.scale import Network
from benchmarks.table import table
from tests.house.postgresql import running_server

LARGE: Final = ("benchmarks.large",)
GREATEST: Final = 5


def made(folder: Path, services: int, crowd: float, processes: int) -> Network:
    """The network in this folder, filled if it is empty."""
    found = Network("SQLite", folder / "SQLite" / "large", f"sqlite:///{folder / 'large.db'}", services, crowd)
    found.folder.mkdir(parents=True, exist_ok=True)
    run(found.environment, FLASK, "prepare")
    if not found.counted("organisation"):
        asked = ("--services", str(services), "--crowd", str(crowd), "--processes", str(processes))
        print(run(found.environment, LARGE, "load", *asked), flush=True)
    return found


Held = tuple[int | None, ...]


def held(connection: Connection, of: Table) -> Held:
    """How many rows, and of each column what can be reckoned alike on both databases."""
    figures = [func.count(), *(figure for column in of.columns for figure in _figures(column))]
    return tuple(connection.execute(select(*figures).select_from(of)).one())


def _figures(column: Column[Any]) -> Iterator[Any]:
    yield func.count(column)
    if isinstance(column.type, String | LargeBinary):
        yield func.sum(func.length(column))
    elif isinstance(column.type, Integer | Boolean):
        yield func.sum(cast(column, Integer))


def compared(source: str, target: str) -> Iterator[tuple[str, Held, Held]]:
    """Of each table, what is held here and there."""
    with _connected(source) as here, _connected(target) as there:
        for one in Base.metadata.sorted_tables:
            yield one.name, held(here, one), held(there, one)


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def tell(found: Sequence[tuple[str, Held, Held]]) -> int:
    """Show the largest tables, and how many figures of all differ."""
    differing = {name: sum(a != b for a, b in zip(here, there, strict=True)) for name, here, there in found}
    largest = sorted(found, key=lambda one: -(one[1][0] or 0))[:GREATEST]
    rows = [(name, f"{here[0]:,}", f"{there[0]:,}", str(differing[name])) for name, here, there in largest]
    print(table("The largest tables", ("", "rows before", "rows after", "differences"), rows))
    figures = sum(len(here) for _name, here, _there in found)
    total = sum(differing.values())
    print(f"  {total} differences in {figures} figures of {len(found)} tables", flush=True)
    for name, count in differing.items():
        if count:
            print(f"  {name}: {count}")
    return total


def measure(network: Network) -> int:
    """Move it to a new PostgreSQL; how many figures differ."""
    source = network.url.removeprefix("sqlite:///")
    held_rows = {name: network.counted(name) for name in ("service", "round", "response", "release_cell")}
    sizes = "  ".join(f"{count:,} {name}s" for name, count in held_rows.items())
    print(f"{sizes}  {network.megabytes():,.0f} MB", flush=True)
    with running_server(SAFE) as server:
        target = server.create("moved")
        print(run(network.environment, FLASK, "data", "copy", source, target), flush=True)
        with psycopg.connect(target) as connection:
            size = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        print(f"PostgreSQL holds {size[0] / 1e6:,.0f} MB", flush=True)  # type: ignore[index]
        return tell(list(compared(network.url, target)))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copy", description=__doc__)
    parser.add_argument("--services", type=int, default=10_000, help="how large a network is made (10,000)")
    parser.add_argument("--crowd", type=float, default=1.0, help="the share of the people who answer (1)")
    parser.add_argument("--processes", type=int, default=2, help="how many load side by side (2)")
    parser.add_argument("--folder", type=Path, help="where the database is, or is to stay")
    asked = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n{HEADS}")
    with tempfile.TemporaryDirectory(prefix="same-table-") as temporary:
        network = made(asked.folder or Path(temporary), asked.services, asked.crowd, asked.processes)
        return 1 if measure(network) else 0


if __name__ == "__main__":
    raise SystemExit(main())
