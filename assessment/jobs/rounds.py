"""What happens to rounds held apart as days pass: they open, remind, close and tell by themselves."""

from __future__ import annotations

from random import SystemRandom

from assessment.jobs.context import Context
from assessment.store.db import reading
from assessment.store.queries.apart import due_to_close, due_to_open, due_to_remind, due_to_tell
from assessment.workflows.apart.close import close_round
from assessment.workflows.apart.hand import Hand
from assessment.workflows.apart.inviting import BETWEEN_REMINDERS, remind, tell_on_the_day
from assessment.workflows.apart.plan import open_round


def open_rounds(context: Context) -> None:
    with reading() as session:
        due = due_to_open(session, context.now.date())
    for round_id in due:
        open_round(round_id, _itself(context))


def remind_before_closing(context: Context) -> None:
    with reading() as session:
        due = due_to_remind(session, context.now.date(), BETWEEN_REMINDERS)
    for round_id in due:
        remind(round_id, _itself(context), context.seal)


def close_rounds(context: Context) -> None:
    with reading() as session:
        due = due_to_close(session, context.now.date())
    for round_id in due:
        close_round(round_id, _itself(context), context.seal, SystemRandom())


def tell_what_came_of_it(context: Context) -> None:
    with reading() as session:
        due = due_to_tell(session, context.now.date())
    for round_id in due:
        tell_on_the_day(round_id, context.now)


def _itself(context: Context) -> Hand:
    return Hand(None, context.now)
