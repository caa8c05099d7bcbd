"""Several at the same moment: a double click, two tabs, two teams."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from flask import Flask

AT_ONCE: Final = 4


def at_once(app: Flask, wishes: Sequence[Callable[[], object]]) -> list[object]:
    """What each gives when all are asked for at the same moment; an error is the test's."""

    def ask(wish: Callable[[], object]) -> object:
        with app.app_context():
            return wish()

    with ThreadPoolExecutor(len(wishes)) as threads:
        return list(threads.map(ask, wishes))
