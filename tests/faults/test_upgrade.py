"""A new version takes over from the one before, which goes on serving on the new tables: nobody is sent away."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.crowd import crowd_at
from tests.faults.judge import judge
from tests.faults.site import ROOT, Site
from tests.house.postgresql import Server

MIGRATIONS = ROOT / "assessment/store/migrations/versions"


def git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout


def newest_migration() -> Path:
    return max(MIGRATIONS.glob("[0-9]*.py"))


@pytest.fixture(scope="module")
def version_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code as it was before the newest migration, with its own files for the browser."""
    folder = tmp_path_factory.mktemp("before")
    try:
        added = git("log", "--diff-filter=A", "--format=%H", "-1", "--", str(newest_migration())).decode().strip()
        packed = git("archive", f"{added}^")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the version before is not in this checkout's history")
    subprocess.run(["tar", "--extract", "--directory", str(folder)], input=packed, check=True)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    subprocess.run(["npm", "run", "--silent", "build"], cwd=folder, check=True, capture_output=True)
    return folder


@contextmanager
def served(site: Site) -> Iterator[None]:
    site.start_web()
    site.start_jobs()
    try:
        yield
    finally:
        site.stop()


def test_two_versions_serve_one_database(
    version_before: Path, place: tuple[str, Server | None], tmp_path: Path
) -> None:
    """Tables change under the old version. People then answer by both, until the old one goes and the new has all."""
    old, new = Site(place[0], tmp_path, code=version_before), Site(place[0], tmp_path)
    old.prepare()
    with served(old), served(new):
        old.wait()
        new.prepare()
        new.wait()
        crowd = crowd_at(new, 8, 4)
        by_the_old = crowd.people[::2]
        for person in by_the_old:
            person.site = old.address
        with crowd.answering():
            time.sleep(4)
            answered = [sum(person.ledger.acknowledged.values()) for person in crowd.people]
            old.kill_everything()
            for person in by_the_old:  # as a load balancer does
                person.site = new.address
            time.sleep(2)
    verdict = judge(crowd.app, crowd.people)
    assert verdict.faults == []
    assert min(answered) > 0 and verdict.sendings == len(crowd.alone)
    assert "Traceback" not in (tmp_path / "said.log").read_text()
