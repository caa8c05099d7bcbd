"""Two rounds held apart for the demo network, by the code that plans, closes and releases real ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from assessment.store.db import reading, transaction
from assessment.store.models import StoredResponse, Tally
from assessment.store.queries.apart import Choice, choices
from assessment.store.queries.demo import insert_rows, largest_organisation, tie_releases_to_snapshots
from assessment.store.queries.marks import write_so_far
from assessment.store.queries.replies import Said
from assessment.store.seal import Seal
from assessment.workflows.apart.close import close_round
from assessment.workflows.apart.hand import Hand
from assessment.workflows.apart.plan import Plan, Wanted, plan_rounds
from assessment.workflows.apart.reply import agree, save_reply
from assessment.workflows.demo_alone import DemoSide, response_rows, tally_rows


@dataclass(frozen=True, slots=True)
class DemoApart:
    """A round held apart with what both sides sent."""

    wanted: Wanted
    plan: Plan
    planned_at: datetime
    sides: Sequence[DemoSide]


def services_to_show() -> Sequence[Choice]:
    """The services of the largest organisation, A to Z in their departments."""
    with reading() as session:
        largest = largest_organisation(session)
        return choices(session, largest.id) if largest else ()


def hold_open(held: DemoApart, seal: Seal, today: date) -> None:
    """Plan and open a round, let people answer, and count them so far."""
    _hold(held, seal)
    with transaction() as session:
        for side in held.sides:
            write_so_far(session, held.wanted.round_id, side.voice, len(side.responses), today)


def hold_to_the_end(
    held: DemoApart, said: Said, closed_at: datetime, replied_at: datetime, seal: Seal, chance: Random
) -> None:
    """The same, then close and release it, and publish what came of it."""
    _hold(held, seal)
    round_id = held.wanted.round_id
    close_round(round_id, Hand(None, closed_at), seal, chance)
    agree(round_id, Hand(None, replied_at))
    save_reply(round_id, said, publish=True, hand=Hand(None, replied_at))
    with transaction() as session:
        tie_releases_to_snapshots(session)


def _hold(held: DemoApart, seal: Seal) -> None:
    plan_rounds(held.plan, [held.wanted], Hand(None, held.planned_at), seal)
    with transaction(answers=True) as session:
        for side in held.sides:
            language = held.plan.questionnaire[2]
            insert_rows(session, StoredResponse, tuple(response_rows(held.wanted.round_id, language, side)))
            insert_rows(session, Tally, tuple(tally_rows(held.wanted.round_id, side)))
