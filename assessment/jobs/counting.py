"""Counting what respondents leave behind: once a day, so that no count tells who has just answered."""

from __future__ import annotations

from random import SystemRandom

from assessment.jobs.context import Context
from assessment.workflows.apart.so_far import count_rounds


def count(context: Context) -> None:
    count_rounds(context.seal, SystemRandom(), context.now.date())
