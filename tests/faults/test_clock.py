"""The clock jumps, back and ahead, while people answer: links hold, and nothing is lost or counted twice."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.faults.crowd import crowd_at
from tests.faults.judge import judge
from tests.faults.site import Site


@pytest.mark.parametrize("jump", ["-3h", "+30m"])
def test_a_clock_that_jumps(site_on: Callable[..., Site], jump: str) -> None:
    site = site_on()
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
