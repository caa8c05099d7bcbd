"""Each test has a site of its own, on a database that writes to the disk as in real use."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.faults.site import Site
from tests.house.postgresql import Server, running_server

SAFE: Final = ("max_connections=60", "shared_buffers=64MB")  # fsync and all else as PostgreSQL has it
FAULTS: Final = int(os.environ.get("FAULTS", "8"))
"""How many times each database is struck: a few in `make test`, 200 in `make test-faults`."""

Storm = tuple[Site, Server | None]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server(SAFE) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Server | None]:
    """The address of an empty database, and its server where it has one."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'x.db'}", None
    running: Server = request.getfixturevalue("server")
    return running.create(f"faults_{os.getpid()}_{tmp_path.name[-8:]}"), running


@pytest.fixture
def storm(place: tuple[str, Server | None], tmp_path: Path) -> Iterator[Storm]:
    """A running site, and its database's server where it has one."""
    url, running = place
    site = Site(url, tmp_path)
    site.prepare()
    site.start()
    yield site, running
    site.stop()


@pytest.fixture
def site_on(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Starts an embedded site in a folder; stopped at the end."""
    made: list[Site] = []

    def make(folder: Path = tmp_path) -> Site:
        site = Site(f"sqlite:///{folder / 'x.db'}", folder)
        made.append(site)
        site.prepare()
        site.start()
        return site

    yield make
    for site in made:
        site.stop()
