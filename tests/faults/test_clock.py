"""The clock jumps, back and ahead, while people answer: links hold, and nothing is lost or counted twice."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable

import pytest

from tests.faults.crowd import crowd_at
from tests.faults.judge import judge
from tests.faults.site import Site


@pytest.mark.parametrize("jump", ["-3h", "+30m"])
def test_a_clock_that_jumps(site_on: Callable[..., Site], jump: str) -> None:
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed")
    site = site_on()
    site.prepare()
    site.start()
    crowd = crowd_at(site, 4, 2)
    with crowd.answering():
        time.sleep(1)
        site.kill_everything()
        site.before = ("faketime", "-f", jump)
        site.start()
        time.sleep(2)
        site.kill_everything()
        site.before = ()
        site.start()
        time.sleep(1)
    assert judge(crowd.app, crowd.people).faults == []
