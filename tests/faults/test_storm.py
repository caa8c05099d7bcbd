"""Workers, the jobs worker, the database and all at once are killed while people answer: what was saved stays saved."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from random import Random

import pytest

from tests.faults.conftest import FAULTS, Storm
from tests.faults.crowd import Crowd, crowd_at
from tests.faults.judge import judge, responses_in

ALONE, TOGETHER = 8, 4


def test_every_acknowledged_save_is_there_exactly_once(storm: Storm, capsys: pytest.CaptureFixture[str]) -> None:
    site, _server = storm
    crowd = crowd_at(site, ALONE, TOGETHER)
    with crowd.answering():
        struck, longest = strike(storm, FAULTS)
    verdict = judge(crowd.app, crowd.people)
    with capsys.disabled():
        print(  # noqa: T201  (the figures are the point)
            f"\n{site.url.split(':')[0]}: {told(struck, longest)}; {verdict.saves} saves, {verdict.sendings} sendings"
        )
    assert verdict.faults == []
    assert verdict.saves > FAULTS and verdict.sendings == ALONE == responses_in(crowd.app, crowd.apart.id)
    assert "Traceback" not in site.said() or expected_only(site.said())


def strike(storm: Storm, times: int) -> tuple[Counter[str], Mapping[str, float]]:
    """Strike at random moments; how often each kind, and how long it took at most until the app answered again."""
    chance = Random(times)  # noqa: S311  (the same every time)
    struck, longest = Counter[str](), dict[str, float]()
    kinds = list(faults(storm))
    for number in range(times):
        kind = kinds[number % len(kinds)] if number < len(kinds) else chance.choice(kinds)
        time.sleep(chance.uniform(0.05, 0.8))
        faults(storm)[kind](chance.randrange(8))
        struck[kind] += 1
        longest[kind] = max(longest.get(kind, 0.0), storm[0].wait())
    return struck, longest


def faults(storm: Storm) -> Mapping[str, Callable[[int], None]]:
    site, server = storm

    def everything(_which: int) -> None:
        site.kill_everything()
        if server:
            server.kill()
            server.start()
        site.start_web()
        site.start_jobs()

    def database(_which: int) -> None:
        assert server
        server.kill()
        server.start()

    kinds: dict[str, Callable[[int], None]] = {
        "web worker": site.kill_a_worker,
        "jobs worker": lambda _which: site.kill_jobs(),
        "whole tree": everything,
    }
    return kinds | {"database": database} if server else kinds


def told(struck: Counter[str], longest: Mapping[str, float]) -> str:
    return ", ".join(f"{times} x {kind} (back in {longest[kind]:.1f} s at most)" for kind, times in struck.items())


def expected_only(said: str) -> bool:
    """Whether the log tells of nothing but the database being away."""
    return not any(word in said for word in ("IntegrityError", "AttributeError", "KeyError", "TypeError"))


def test_a_person_who_is_told_it_is_saved_twice_would_be_noticed(storm: Storm) -> None:
    """The judge itself: an acknowledged save that is not there, and one that is there too often."""
    site, _server = storm
    crowd: Crowd = crowd_at(site, 1, 0)
    person = crowd.alone[0]
    person.patiently(person.begin)
    person.patiently(lambda: person.until_saved(person.statements[0]))
    assert judge(crowd.app, crowd.people).faults == []
    person.ledger.told(person.statements[0], "never sent")
    assert len(judge(crowd.app, crowd.people).faults) == 2
