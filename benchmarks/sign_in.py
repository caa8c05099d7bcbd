"""Whether the time an answer takes tells who has an account: known and unknown addresses in turn, compared.

    python -m benchmarks.sign_in [TIMES]

Reported, not judged by a clock: the two-sided p of a rank test (Mann and Whitney), and the medians. A small p again
and again means that somebody patient can tell the two apart.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final
from uuid import uuid4

from flask import Flask
from scipy.stats import mannwhitneyu

from assessment.app import create_app
from assessment.config import Settings
from assessment.store.db import db
from tests.house.people import make_person
from tests.house.visitor import ORIGIN, Visitor

TIMES: Final = 400
WARM: Final = 20


def main(times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database_url=f"sqlite:///{folder}/x.db", instance=Path(folder)))
        app.test_cli_runner().invoke(args=["prepare", "--real"])
        report(*measured(app, times))
        with app.app_context():
            db.engine.dispose()


def measured(app: Flask, times: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each request: of addresses that have an account, and of those that have none."""
    known, unknown = [], []
    page = Visitor(app).get("/sign-in")
    for number in range(times + WARM):
        there, nowhere = f"{uuid4().hex}@example.org", f"{uuid4().hex}@example.org"
        make_person(app, there)
        both = [(known, there), (unknown, nowhere)]
        random.shuffle(both)
        for taken, address in both:
            took = asked(page.visitor, page.holds("Send me a link", "csrf_token"), address)
            if number >= WARM:
                taken.append(took)
    return known, unknown


def asked(visitor: Visitor, token: str, address: str) -> float:
    began = time.perf_counter()
    response = visitor.client.post("/sign-in", data={"csrf_token": token, "email": address}, base_url=ORIGIN)
    took = time.perf_counter() - began
    assert response.status_code == 200, response.status_code
    return took * 1000


def report(known: list[float], unknown: list[float]) -> None:
    chance = mannwhitneyu(known, unknown)
    better = chance.statistic / (len(known) * len(unknown))
    print(f"{len(known)} requests of each kind, in turn, SQLite")
    print(f"known    median {median(known):.2f} ms")
    print(f"unknown  median {median(unknown):.2f} ms")
    print(f"a known one took longer in {better:.1%} of all pairs (50 % tells nothing); p = {chance.pvalue:.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
