"""Two rounds held apart for the demo network, by the code that plans, closes and releases real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from uuid import UUID, uuid4

from assessment.questionnaire.definition import Form
from assessment.store.alone import AloneVoice
from assessment.store.db import reading, transaction
from assessment.store.models import StoredResponse, Tally
from assessment.store.queries.apart import Choice, choices
from assessment.store.queries.demo import insert_rows, largest_organisation, tie_releases_to_snapshots
from assessment.store.queries.marks import write_so_far
from assessment.store.queries.replies import Said
from assessment.store.records import Answered
from assessment.store.seal import Seal
from assessment.workflows.apart.close import close_round
from assessment.workflows.apart.hand import Hand
from assessment.workflows.apart.plan import Plan, Wanted, plan_rounds
from assessment.workflows.apart.reply import agree, save_reply
from assessment.workflows.release import packed

Tallies = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DemoSide:
    """What one side sent: the form, one row of answers a person, and what they told of themselves, counted."""

    voice: AloneVoice
    form: Form
    responses: Sequence[Sequence[Answered]]
    perspectives: Tallies
    minutes: Tallies


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
    with transaction() as session:
        for side in held.sides:
            insert_rows(session, StoredResponse, _response_rows(held, side))
            insert_rows(session, Tally, _tally_rows(held.wanted.round_id, side))


def _response_rows(held: DemoApart, side: DemoSide) -> list[dict[str, object]]:
    return [
        {
            "id": uuid4(),
            "round_id": held.wanted.round_id,
            "voice": side.voice,
            "form": side.form,
            "language": held.plan.questionnaire[2],
            "answers": packed(answers),
            "may_be_seen": False,
        }
        for answers in side.responses
    ]


def _tally_rows(round_id: UUID, side: DemoSide) -> list[dict[str, object]]:
    kinds = {"perspective": side.perspectives, "minutes": side.minutes}
    return [
        {"round_id": round_id, "voice": side.voice, "kind": kind, "value": value, "times": times}
        for kind, tallies in kinds.items()
        for value, times in tallies.items()
        if times
    ]
