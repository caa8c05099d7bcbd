"""What happens by itself as time passes. Each thing is safe to do twice, and to do late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from assessment.jobs.context import Context
from assessment.jobs.counting import count

Duty = Callable[[Context], None]

DUTIES: Final[tuple[Duty, ...]] = (count,)
"""Done in this order, about once a minute."""


def do_duties(context: Context) -> None:
    for duty in DUTIES:
        duty(context)
