"""Gunicorn as it serves in production: sync workers, here on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import floor

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
PATIENCE_SECONDS = 60.0
# The app writes a line for each request, as in production; a bare framework writes none.
LOGS: Final = {"LOG_FORMAT": "json"}
BARE: Final = {"ACCESS_LOG": "0"}


class NotServing(RuntimeError):
    """Gunicorn stopped, or did not answer in time; the text is what it said."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one process, in megabytes: all that it holds, and with what it shares divided among those that share it."""

    rss: float
    pss: float


@dataclass(frozen=True, slots=True)
class Server:
    """A running gunicorn: ``seconds_to_first_answer`` from its start, imports included."""

    port: int
    process: int
    seconds_to_first_answer: float

    def memory(self) -> list[Memory]:
        """Of each worker; empty where there is no /proc."""
        return [memory_of(int(worker.name)) for worker in self._workers()]

    def cpu_seconds(self) -> float:
        """What the workers have used of the processors since they started; 0 where there is no /proc."""
        return sum(_cpu_seconds(worker) for worker in self._workers())

    def _workers(self) -> list[Path]:
        children = Path(f"/proc/{self.process}/task/{self.process}/children")
        return [Path("/proc") / child for child in children.read_text().split()] if children.exists() else []


@contextmanager
def serving(app: str, environment: Mapping[str, str], folder: Path) -> Iterator[Server]:
    """Serve ``module:app`` until the block ends. Raises NotServing if it does not start."""
    port, started = _free_port(), time.monotonic()
    log = folder / f"{port}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", app, *_options(port)],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=said,
            stderr=said,
        )
        try:
            _wait(port, process, log)
            yield Server(port, process.pid, time.monotonic() - started)
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def serving_floor(database: str, folder: Path) -> AbstractContextManager[Server]:
    floor.prepare(database)
    return serving("benchmarks.floor:app", {"FLOOR_DATABASE": database, **BARE}, folder)


def _options(port: int) -> list[str]:
    return ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--worker-class", "sync", "--no-control-socket"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the first answer, whatever it says."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > end:
            raise NotServing(log.read_text())
        time.sleep(0.02)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS) as connection:
            connection.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return bool(connection.recv(1))
    except OSError:
        return False


def memory_of(process: int) -> Memory:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    held = {line.split()[0]: int(line.split()[1]) / 1024 for line in lines[1:]}
    return Memory(held["Rss:"], held["Pss:"])


def _cpu_seconds(process: Path) -> float:
    """User and system time: the 14th and 15th field of stat, counted after the name, which may hold spaces."""
    after_name = (process / "stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
