"""Same table as an operator runs it: gunicorn and a jobs worker, which may die at any moment and are started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import requests

from tests.house.postgresql import free_port

ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 60.0


class NeverCameBack(RuntimeError):
    """The app did not answer again; the text is what it said last."""


@dataclass(slots=True)
class Site:
    """``before`` stands before each command: another clock, another view of the disk."""

    url: str
    folder: Path
    before: Sequence[str] = ()
    port: int = field(default_factory=free_port)
    web: subprocess.Popen[bytes] | None = None
    jobs: subprocess.Popen[bytes] | None = None
    logs: Path | None = None
    """Where what it says is written, if not into its own folder."""
    code: Path = ROOT
    """Another version of the code may be the one that serves."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> Mapping[str, str]:
        given = {"INSTANCE": str(self.folder), "DATABASE_URL": self.url, "ENVIRONMENT": "local"}
        return {**os.environ, **given, "ACCESS_LOG": "0", "PORT": str(self.port)}

    def prepare(self) -> None:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare", "--real"]
        subprocess.run(command, cwd=self.code, env=self.environment, check=True, capture_output=True)

    def start(self) -> None:
        self.start_web()
        self.start_jobs()
        self.wait()

    def start_web(self) -> None:
        self.web = self._run("gunicorn", "--config", "gunicorn.conf.py", "wsgi:app")

    def start_jobs(self) -> None:
        self.jobs = self._run("flask", "--app", "wsgi", "jobs", "run")

    def stop(self) -> None:
        for process in (self.web, self.jobs):
            if process:
                _signal_all(process, signal.SIGTERM)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(20)
                _signal_all(process, signal.SIGKILL)

    def kill_a_worker(self, which: int) -> None:
        """One of gunicorn's workers, which gunicorn starts again by itself."""
        workers = self._workers()
        if workers:
            with suppress(ProcessLookupError):
                os.kill(workers[which % len(workers)], signal.SIGKILL)

    def kill_jobs(self) -> None:
        assert self.jobs
        _kill(self.jobs)
        self.start_jobs()

    def kill_everything(self) -> None:
        assert self.web and self.jobs
        for process in (self.web, self.jobs):
            _kill(process)

    def kill_web(self) -> None:
        assert self.web
        _kill(self.web)

    def wait(self) -> float:
        """Seconds until it is ready to work again. Raises NeverCameBack."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            with suppress(requests.RequestException):
                if requests.get(f"{self.address}/readyz", timeout=5).status_code == 200:
                    return time.monotonic() - began
            time.sleep(0.02)
        raise NeverCameBack(self.said())

    def said(self) -> str:
        return self._log.read_text()[-4000:]

    @property
    def _log(self) -> Path:
        return (self.logs or self.folder) / "said.log"

    def _workers(self) -> list[int]:
        assert self.web
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children")
        return [int(child) for child in children.read_text().split()] if children.exists() else []

    def _run(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [*self.before, sys.executable, "-m", module, *arguments]
        with self._log.open("ab") as said:
            # In a session of its own, so that all of it can be killed at once.
            return subprocess.Popen(
                command, cwd=self.code, env=self.environment, stdout=said, stderr=said, start_new_session=True
            )


def _kill(process: subprocess.Popen[bytes]) -> None:
    _signal_all(process, signal.SIGKILL)
    process.wait()


def _signal_all(process: subprocess.Popen[bytes], what: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, what)
