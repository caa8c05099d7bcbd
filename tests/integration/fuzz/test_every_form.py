"""Every form and every address, sent everything that nobody means, by those who may open it and by those who may not.

A short walk is part of `make test`; `make fuzz` goes on for as many rounds as FUZZ says, from the seed FUZZ_SEED.
"""

from __future__ import annotations

import os
from collections import Counter
from itertools import cycle
from random import Random
from typing import Final
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.house.rewind import keep, rewind
from tests.integration.fuzz.attacks import ON_A_FORM, Attack, on_an_address
from tests.integration.fuzz.found import names_read
from tests.integration.fuzz.scene import Scene
from tests.integration.fuzz.walk import Walk

ROUNDS: Final = int(os.environ.get("FUZZ", "1"))
SEED: Final = os.environ.get("FUZZ_SEED", "same table")
SOME: Final = 7
"""On a short walk each form is sent so many of the ways there are, every form others."""


def test_nothing_falls_over_and_nothing_typed_becomes_part_of_a_page(
    app: Flask, owner: Flask, scene: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    walk, names = Walk(app, keep(owner)), names_read()
    for number in range(ROUNDS):
        over_the_forms(walk, scene, names, number)
        over_the_addresses(walk, scene, names, number)
    with capsys.disabled():
        print(f"\nFuzz: {summary(walk, scene)}")  # noqa: T201
    assert not walk.faults, "\n" + walk.report()


def over_the_forms(walk: Walk, scene: Scene, names: tuple[str, ...], number: int) -> None:
    """Each form in each way: by whoever found it, and now and then by somebody who may not."""
    for form in scene.forms:
        chance, others = Random(f"{SEED} {number} {form.key}"), cycle(scene.strangers)  # noqa: S311
        for way in ON_A_FORM if ROUNDS > 1 else chance.sample(ON_A_FORM, SOME):
            rewind(walk.kept)
            request = way(Attack(form, chance, names))
            walk.ask(request, form.who)
            if chance.random() < 0.2:
                walk.ask(request, next(others))
    rewind(walk.kept)


def over_the_addresses(walk: Walk, scene: Scene, names: tuple[str, ...], number: int) -> None:
    for endpoint, (address, who) in scene.pages.items():
        chance = Random(f"{SEED} {number} {endpoint}")  # noqa: S311
        for request in on_an_address(urlsplit(address).path, chance, names, 1):
            walk.ask(request, who if chance.random() < 0.7 else chance.choice(scene.strangers))
    rewind(walk.kept)


def summary(walk: Walk, scene: Scene) -> str:
    statuses = Counter[int]()
    for (_kind, status), times in walk.answers.items():
        statuses[status] += times
    told = ", ".join(f"{status}: {times}" for status, times in sorted(statuses.items()))
    return f"{statuses.total()} requests to {len(scene.forms)} forms and {len(scene.pages)} addresses ({told})"
