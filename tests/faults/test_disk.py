"""A full disk, and one that can no longer be written: people are told so, and what was saved stays saved."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.crowd import Crowd, crowd_at
from tests.faults.judge import judge
from tests.faults.site import PATIENCE, Site

MEGABYTES = 64


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own."""
    at = tmp_path / "disk"
    at.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(at)]
    if os.getuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a file system can only be mounted by root")
    yield at
    subprocess.run(["umount", "--lazy", str(at)], check=True)


@pytest.fixture
def crowd(disk: Path, site_on: Callable[..., Site]) -> tuple[Site, Crowd]:
    site = site_on(disk)
    return site, crowd_at(site, 4, 2)


def interrupted(crowd: Crowd) -> int:
    return sum(person.clear_pages for person in crowd.people)


def remount(disk: Path, how: str) -> None:
    """The disk is busy until the last of those who were killed is gone, which takes a moment."""
    end = time.monotonic() + PATIENCE
    command = ["mount", "-o", f"remount,{how}", str(disk)]
    while (done := subprocess.run(command, capture_output=True)).returncode and time.monotonic() < end:
        time.sleep(0.05)
    assert done.returncode == 0, done.stderr


def fill(disk: Path) -> None:
    """Until nothing more goes in."""
    with suppress(OSError), (disk / "filler").open("wb") as filler:
        while True:
            filler.write(b"0" * 65536)
            filler.flush()


def test_a_full_disk(disk: Path, crowd: tuple[Site, Crowd]) -> None:
    site, people = crowd
    with people.answering():
        time.sleep(1)
        fill(disk)
        time.sleep(3)
        (disk / "filler").unlink(missing_ok=True)
        site.wait()
        time.sleep(1)
    assert judge(people.app, people.people).faults == []
    assert interrupted(people), "nobody met the full disk"


def test_a_file_system_that_can_only_be_read(disk: Path, crowd: tuple[Site, Crowd]) -> None:
    site, people = crowd
    with people.answering():
        time.sleep(1)
        site.kill_everything()
        remount(disk, "ro")
        site.logs = disk.parent
        site.start_web()
        time.sleep(3)
        site.kill_web()
        remount(disk, "rw")
        site.logs = None
        site.start()
        time.sleep(1)
    assert judge(people.app, people.people).faults == []
