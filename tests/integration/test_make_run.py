"""`make run` starts two things, and leaves neither behind, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.house.postgresql import free_port

ROOT: Final = Path(__file__).parents[2]


class Run:
    """A run in a process group of its own, as at a terminal."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder / "instance"
        environment = os.environ | {"PORT": str(self.port), "INSTANCE": str(self.folder), "EMPTY": "1"}
        environment.pop("MAKEFLAGS", None)  # of the make that may have started this test
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.make = subprocess.Popen(
                # All is set up: a test must not install anything.
                ["make", "-o", "setup", "run"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    def processes(self, words: str = "") -> list[int]:
        """Those of its session that are still there, and whose command holds these words."""
        return [pid for pid in _all_processes() if _session(pid) == self.make.pid and words in _command(pid)]

    def workers(self) -> list[int]:
        return [pid for pid in self.processes("jobs run --beside") if "/bin/sh" not in _command(pid)]

    def server(self) -> int:
        """The first of gunicorn's processes, in which the shell's went on."""
        return min(self.processes("gunicorn"))

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            return False

    def is_up(self) -> bool:
        assert self.make.poll() is None, self.said
        return "jobs worker has started" in self.said and self.answers()

    def is_gone(self) -> bool:
        self.make.poll()
        return not self.processes()


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    run = Run(tmp_path)
    try:
        wait_for(run.is_up, 60)
        yield run
    finally:
        for pid in run.processes():
            os.kill(pid, signal.SIGKILL)
        run.make.wait()


def by_ctrl_c(run: Run) -> None:
    os.killpg(run.make.pid, signal.SIGINT)


def by_a_killed_worker(run: Run) -> None:
    (worker,) = run.workers()
    os.kill(worker, signal.SIGKILL)


def by_a_server_told_to_stop(run: Run) -> None:
    os.kill(run.server(), signal.SIGTERM)


def by_make_told_to_stop(run: Run) -> None:
    run.make.terminate()


@pytest.mark.parametrize("end", [by_ctrl_c, by_a_killed_worker, by_a_server_told_to_stop, by_make_told_to_stop])
def test_it_ends_whole(run: Run, end: Callable[[Run], None]) -> None:
    assert f"Mail is put into {run.folder / 'mail'}." in run.said
    end(run)
    wait_for(run.is_gone, 30)
    assert not run.answers()


def test_a_jobs_worker_does_not_outlive_a_server_that_was_killed(run: Run) -> None:
    """Gunicorn's own children take some seconds longer to see it."""
    os.kill(run.server(), signal.SIGKILL)
    wait_for(lambda: not run.workers(), 5)


def wait_for(happened: Callable[[], Any], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.1)


def _all_processes() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""
