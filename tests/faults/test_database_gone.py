"""The database is gone for a while and fifty people answer: they are told so, and lose nothing they typed."""

from __future__ import annotations

import time

import pytest

from tests.faults.conftest import FAULTS, Storm
from tests.faults.crowd import crowd_at
from tests.faults.judge import judge

FIFTY = 50


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)  # an embedded one goes with its disk: test_disk.py
def test_people_see_a_clear_page_with_what_they_typed(storm: Storm) -> None:
    site, server = storm
    assert server
    crowd = crowd_at(site, FIFTY, 0)
    with crowd.answering():
        time.sleep(3)
        server.stop("fast")
        time.sleep(60 if FAULTS >= 100 else 4)
        server.start()
        back = site.wait()
        time.sleep(1)
    verdict = judge(crowd.app, crowd.people)
    assert verdict.faults == []
    assert verdict.sendings == FIFTY and back < 5
    assert all(person.clear_pages for person in crowd.people)
