"""What happens by itself as time passes. Each thing is safe to do twice, and to do late."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from assessment.jobs.context import Context
from assessment.jobs.counting import count
from assessment.jobs.publishing import publish_snapshot, publish_years
from assessment.jobs.retention import ask_to_forget
from assessment.jobs.rounds import close_rounds, open_rounds, remind_before_closing, tell_what_came_of_it

Duty = Callable[[Context], None]

DUTIES: Final[tuple[Duty, ...]] = (
    open_rounds,
    remind_before_closing,
    close_rounds,
    count,
    tell_what_came_of_it,
    publish_snapshot,
    publish_years,
    ask_to_forget,
)
"""Done in this order, about once a minute."""


log = logging.getLogger(__name__)


def do_duties(context: Context) -> int:
    """Do each, whatever becomes of the others; how many failed."""
    return sum(not _done(duty, context) for duty in DUTIES)


def _done(duty: Duty, context: Context) -> bool:
    try:
        duty(context)
    except Exception as fault:
        # Its kind only: what it says may repeat what people typed.
        log.error("The duty %s failed: %s", getattr(duty, "__name__", "?"), type(fault).__name__)
        return False
    return True
