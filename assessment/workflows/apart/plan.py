"""Plan a round held apart for one service or for many, open it, give it more time, or call it off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from assessment.disclosure.thresholds import Thresholds, thresholds
from assessment.questionnaire.definition import Form
from assessment.store.db import Session, one_at_a_time, transaction
from assessment.store.models import Round
from assessment.store.queries.apart import locked_round, with_round_under_way
from assessment.store.queries.closing import forget_all_marks, forget_drafts, forget_responses, sweep
from assessment.store.queries.definitions import Key
from assessment.store.seal import Seal
from assessment.workflows.apart.hand import Hand, note
from assessment.workflows.apart.inviting import send_waiting
from assessment.workflows.apart.ways_in import make_ways_in
from assessment.workflows.network import mark_as_used

FLOORS: Final = thresholds()


class NotLater(ValueError):
    """A round is only ever given more time: people were told the earlier dates."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is settled before anyone is asked. ``form`` is the staff's; people have the short one in plain words.

    ``asked_by`` says who asks, and ``told`` why, with whatever else everybody is told.
    """

    questionnaire: Key
    form: Form
    opens_on: date
    closes_on: date
    hear_by: date
    asked_by: str
    told: str
    staff_expected: int = 0
    people_expected: int = 0
    support: str = ""
    limits: Thresholds = FLOORS


@dataclass(frozen=True, slots=True)
class Wanted:
    """A round about to be: its id, settled before the button is pressed, and the service it is for."""

    round_id: UUID
    service_id: UUID


@dataclass(frozen=True, slots=True)
class Planned:
    """The services that kept the round they had under way, and so were not given this one."""

    under_way: frozenset[UUID]


def plan_rounds(plan: Plan, wanted: Sequence[Wanted], hand: Hand, seal: Seal) -> Planned:
    """Plan the same round for each service, unless this very round was planned already.

    A service with another round under way keeps that one: two at once would split the people who answer.
    """
    with transaction() as session:
        for service_id in sorted({one.service_id for one in wanted}):
            one_at_a_time(session, f"a round of {service_id}")
        mark_as_used(session)
        new = [one for one in wanted if session.get(Round, one.round_id) is None]
        taken = with_round_under_way(session, [one.service_id for one in new])
        for one in new:
            if one.service_id not in taken:
                _plan(session, plan, one, hand, seal)
    return Planned(taken)


def _plan(session: Session, plan: Plan, wanted: Wanted, hand: Hand, seal: Seal) -> None:
    found = _row(plan, wanted)
    session.add(found)
    session.flush()
    make_ways_in(session, found.id, seal, hand.today)
    note(session, hand, "planned a round", found)
    if plan.opens_on <= hand.today:
        _open(session, found, hand)


def _row(plan: Plan, wanted: Wanted) -> Round:
    name, version, language = plan.questionnaire
    return Round(
        id=wanted.round_id,
        service_id=wanted.service_id,
        questionnaire=name,
        questionnaire_version=version,
        language=language,
        mode="apart",
        form=plan.form,
        state="planned",
        k=plan.limits.k,
        k10=plan.limits.k10,
        opened_on=plan.opens_on,
        closes_on=plan.closes_on,
        hear_by=plan.hear_by,
        staff_present=0,
        people_present=0,
        staff_expected=plan.staff_expected,
        people_expected=plan.people_expected,
        asked_by=plan.asked_by,
        told=plan.told,
        support=plan.support,
    )


def open_round(round_id: UUID, hand: Hand) -> None:
    """Let people answer, from now on; nothing if they can already, or no longer."""
    with transaction() as session:
        found = locked_round(session, round_id)
        if found.state == "planned":
            _open(session, found, hand)


def _open(session: Session, found: Round, hand: Hand) -> None:
    found.state = "open"
    found.opened_on = hand.today
    note(session, hand, "opened a round", found)
    send_waiting(session, found.id, hand.at)


def extend(round_id: UUID, closes_on: date, hear_by: date, hand: Hand) -> bool:
    """Give people more time; False if the round is over. Raises NotLater."""
    with transaction() as session:
        found = locked_round(session, round_id)
        if found.state not in ("planned", "open"):
            return False
        if (found.closes_on, found.hear_by) == (closes_on, hear_by):
            return True
        if closes_on < (found.closes_on or closes_on) or hear_by < (found.hear_by or hear_by) or hear_by < closes_on:
            raise NotLater
        found.closes_on, found.hear_by = closes_on, hear_by
        note(session, hand, "gave a round more time", found, closes_on.isoformat())
        return True


def cancel(round_id: UUID, because: str, hand: Hand) -> bool:
    """Call a round off: everything that was answered is deleted. False if it is over already."""
    with transaction(answers=True) as session:
        found = locked_round(session, round_id)
        if found.state == "cancelled":
            return True
        if found.state not in ("planned", "open"):
            return False
        found.state, found.cancelled_because = "cancelled", because
        for forget in (forget_drafts, forget_all_marks, forget_responses):
            forget(session, round_id)
        note(session, hand, "called a round off", found)
    sweep()
    return True
