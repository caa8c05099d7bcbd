"""A PostgreSQL server for one test session, thrown away afterwards.

pytest-postgresql refuses to run as root and keeps its data on disk; this one hands the server to the
postgres user when we are root, and never waits for a disk.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

MISSING: Final = "PostgreSQL's server is missing. Install it: apt-get install postgresql"
FAST: Final = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "shared_buffers=64MB",
    "max_connections=50",
)


PATIENCE: Final = 60.0

# What a prepared installation holds before anyone has come.
STAYS: Final = ("alembic_version", "definition", "network")
KEY: Final = "concat_ws('/', id, version, language)"


OWNER: Final = "postgres"
# Whom the app logs in as, and the role that it takes on to reach answers.
WEB: Final = "same_table_web"
ANSWERS: Final = "same_table_answers"


class Server:
    """One running server, spoken to as its owner."""

    def __init__(self, port: int, folder: Path, settings: Sequence[str] = FAST) -> None:
        self.port = port
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._definitions: list[str] = []
        here = (f"unix_socket_directories={folder}", "listen_addresses=127.0.0.1", f"port={port}")
        self._options = [word for setting in (*settings, *here) for word in ("-c", setting)]

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def start(self) -> None:
        """As a child of this process, which so learns at once when it has died."""
        with (self._folder / "log").open("ab") as log:
            command = [str(_programs() / "postgres"), "-D", str(self._data), *self._options]
            self._process = subprocess.Popen(command, user=_user(), cwd="/", stdout=log, stderr=log)
        end = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((self._folder / "log").read_text()[-2000:])
            time.sleep(0.02)

    def stop(self, how: str = "immediate") -> None:
        _run("pg_ctl", "stop", "-D", str(self._data), "-m", how, check=False)
        if self._process:
            self._process.wait(PATIENCE)

    def kill(self) -> None:
        """As a machine that loses its power: nothing is asked, nothing is finished."""
        assert self._process
        postmaster = self._process.pid
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for process in (postmaster, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.wait(PATIENCE)
        for process in map(int, children):
            _wait_until_gone(process)

    def _answers(self) -> bool:
        return not _run("pg_isready", "--host=127.0.0.1", f"--port={self.port}", check=False)

    def url(self, database: str, login: str = OWNER) -> str:
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str = "template1") -> str:
        self._run("CREATE DATABASE {} TEMPLATE {}", database, template)
        return self.url(database)

    def drop(self, database: str) -> None:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def keep_definitions(self, database: str) -> None:
        """Those that it holds now stay when it is emptied."""
        with psycopg.connect(self.url(database)) as connection:
            self._definitions = [row[0] for row in connection.execute(f"SELECT {KEY} FROM definition")]  # noqa: S608

    def empty(self, database: str) -> None:
        """Take out what a test put in; much quicker than a new database."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            tables = [sql.Identifier(name) for (name,) in found if name not in STAYS]
            # As a replica it asks for no order among the tables. Few rows are deleted sooner than truncated.
            connection.execute("SET session_replication_role = replica; SET lock_timeout = '10s'")
            connection.execute(sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(table) for table in tables))
            connection.execute(f"DELETE FROM definition WHERE {KEY} <> ALL(%s)", [self._definitions])  # noqa: S608
            connection.execute("UPDATE network SET kind = 'real'")  # a test may have said otherwise

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


@contextmanager
def running_server(settings: Sequence[str] = FAST) -> Iterator[Server]:
    """A server on a free port of this machine, ready for use; stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="same-table-postgresql-"))
    server = Server(free_port(), folder, settings)
    _give_to_postgres(folder)
    try:
        data = str(folder / "data")
        _run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync", "--pgdata", data)
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _run(program: str, *arguments: str, check: bool = True) -> int:
    command = [str(_programs() / program), *arguments]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.run(command, user=_user(), cwd="/", check=check, **quiet).returncode


def _user() -> str | None:
    """The server refuses to run as root."""
    return "postgres" if os.getuid() == 0 else None


def _wait_until_gone(process: int) -> None:
    """What is killed may be there for a moment yet, holding the memory that a new server asks for."""
    end = time.monotonic() + PATIENCE
    while _is_alive(process) and time.monotonic() < end:
        time.sleep(0.01)


def _is_alive(process: int) -> bool:
    try:
        return ") Z" not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def _programs() -> Path:
    """Where initdb and pg_ctl are: on the path, or where Debian puts them."""
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[-3]))
    on_path = shutil.which("initdb")
    if not newest and on_path is None:
        raise RuntimeError(MISSING)
    return newest[-1].parent if newest else Path(str(on_path)).parent


def _give_to_postgres(folder: Path) -> None:
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
