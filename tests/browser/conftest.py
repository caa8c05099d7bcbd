"""A real browser before a real server. Any fault on the console and any request elsewhere fails the test."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from tests.house.postgresql import free_port

ROOT: Final = Path(__file__).parents[2]
CHROMIUM: Final = "/usr/bin/chromium"
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LONGEST_START: Final = 30
WIDE: Final = {"width": 1280, "height": 900}
_measured = pytest.StashKey[list[str]]()


@dataclass(frozen=True)
class Installation:
    """A running server with a folder of its own."""

    address: str
    folder: Path
    environment: dict[str, str]

    def flask(self, *arguments: str) -> str:
        """Run one of the app's commands on this installation."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A real, empty installation, served as `make run` serves it."""
    with served(tmp_path_factory.mktemp("installation")) as made:
        yield made


@contextmanager
def served(folder: Path, *prepared_by: tuple[str, ...], **settings: str) -> Iterator[Installation]:
    """An installation in this folder, made by these commands, for as long as the block lasts."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "INSTANCE": str(folder), "PORT": str(port), "ACCESS_LOG": "0"}
    made = Installation(f"http://127.0.0.1:{port}", folder, environment | settings)
    for command in prepared_by or (("prepare", "--real"),):
        made.flask(*command)
    serve = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wsgi:app"]
    server = subprocess.Popen(serve, cwd=ROOT, env=made.environment)
    try:
        _wait_until_ready(made.address)
        yield made
    finally:
        server.terminate()
        server.wait(LONGEST_START)


def _wait_until_ready(address: str) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        try:
            with urlopen(f"{address}/readyz") as answer:  # noqa: S310  (our own server)
                assert answer.status == 200
                return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} was not ready after {LONGEST_START} s")


@pytest.fixture(scope="session")
def base_url(installation: Installation) -> str:
    return installation.address


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    fonts = {"FONTCONFIG_FILE": str(Path(__file__).parent / "fonts.conf")}
    return {"executable_path": CHROMIUM, "args": list(ARGUMENTS), "env": os.environ | fonts}


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, Any]:
    return {"base_url": base_url, "viewport": WIDE, "locale": "en-GB"}


@pytest.fixture
def watch() -> Iterator[Callable[[Page], Page]]:
    """Watches pages; at the end of the test nothing may have gone wrong on any of them."""
    faults: list[str] = []

    def said(message: ConsoleMessage) -> None:
        # The browser reports every answer that is an error; tests look at those themselves.
        if message.type in ("error", "warning") and "the server responded with a status" not in message.text:
            faults.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        if urlsplit(request.url).hostname not in ("127.0.0.1", "localhost", None):
            faults.append(f"asked elsewhere: {request.url}")

    def broke(answer: Response) -> None:
        if answer.status >= 500:
            faults.append(f"{answer.status} {answer.url}")

    def watched(page: Page) -> Page:
        page.set_default_timeout(10_000)
        page.on("console", said)
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("request", asked)
        page.on("response", broke)
        return page

    yield watched
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(context: BrowserContext, watch: Callable[[Page], Page]) -> Page:
    return watch(context.new_page())


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Keeps a line for the end of the run."""
    return request.config.stash.setdefault(_measured, []).append


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for line in config.stash.get(_measured, []):
        terminalreporter.write_line(line)
