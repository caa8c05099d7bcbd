"""Ask people by e-mail, remind those who have not answered without saying who that is, and tell all what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from assessment.disclosure.thresholds import K
from assessment.store.addresses import email_key
from assessment.store.db import Session, transaction
from assessment.store.models import Round
from assessment.store.queries.apart import last_deed_at, locked_round, organisation_of
from assessment.store.queries.invitations import add_invitations, in_state, known_keys, remove_bounced
from assessment.store.queries.marks import seals_of
from assessment.store.queries.outbox import leave_jobs
from assessment.store.seal import Seal
from assessment.workflows.apart.answered import answered_text, has_answered
from assessment.workflows.apart.hand import Hand, note

REMINDED: Final = "sent a reminder"
BETWEEN_REMINDERS: Final = timedelta(days=5)
LEFT, ALL = "left", "all"


@dataclass(frozen=True, slots=True)
class Invited:
    """How many were asked for the first time, and how many had been already."""

    added: int
    known: int


def invite(round_id: UUID, addresses: Sequence[str], hand: Hand, seal: Seal) -> Invited:
    """Ask these people, each once; they are written to as soon as the round is open."""
    with transaction() as session:
        found = locked_round(session, round_id)
        if found.state not in ("planned", "open"):
            return Invited(0, 0)
        by_key = {email_key(one): one.strip() for one in addresses}
        known = known_keys(session, round_id) & set(by_key)
        new = [(by_key[key], key, seal.close(answered_text(False))) for key in sorted(set(by_key) - known)]
        add_invitations(session, round_id, new)
        if new:
            note(session, hand, "invited people", found, str(len(new)))
        if found.state == "open":
            send_waiting(session, round_id, hand.at)
        return Invited(len(new), len(known))


def send_waiting(session: Session, round_id: UUID, now: datetime) -> None:
    """Leave a message for everyone who was not written to yet."""
    jobs = [(f"invite:{round_id}:{id}", id) for id in in_state(session, round_id, "waiting")]
    leave_jobs(session, "invite", jobs, now)


def remove(round_id: UUID, invitation_id: UUID, hand: Hand) -> None:
    """Take out an invitation that reached nobody."""
    with transaction() as session:
        found = locked_round(session, round_id)
        if remove_bounced(session, round_id, invitation_id):
            note(session, hand, "removed an invitation that reached nobody", found)


def remind(round_id: UUID, hand: Hand, seal: Seal) -> bool:
    """Leave a reminder to everyone who was written to; False if it is too soon after the last, or too late.

    Those who have answered are passed over when it is written. A job says only sealed whom it is for, and stands in
    random order: some are done at once, others wait or fail, and that must not tell who has answered. And while
    fewer than 5 are known to have answered, nobody is passed over: who gets none would be too easy to guess.
    """
    with transaction() as session:
        found = locked_round(session, round_id)
        if found.state != "open" or not may_remind(last_reminder(session, found), hand.at):
            return False
        whom = LEFT if _enough_answered(session, round_id, seal) else ALL
        sent = in_state(session, round_id, "sent")
        jobs = [(f"remind:{whom}:{seal.close(id.hex)}", round_id) for id in sent]
        leave_jobs(session, "remind", sorted(jobs), hand.at)
        note(session, hand, REMINDED, found)
        return True


def may_remind(last: datetime | None, now: datetime) -> bool:
    return last is None or now.date() - last.date() >= BETWEEN_REMINDERS


def last_reminder(session: Session, found: Round) -> datetime | None:
    return last_deed_at(session, organisation_of(session, found.service_id), REMINDED, found.id)


def passes_over_answered(job_key: str) -> bool:
    """Whether a reminder goes only to those who have not answered."""
    return job_key.split(":")[1] == LEFT


def whom_to_remind(job_key: str, seal: Seal) -> UUID | None:
    """The invitation that a reminder is for; None where the key of the seal was changed since."""
    found = seal.open(job_key.split(":")[2])
    return UUID(found) if found else None


def _enough_answered(session: Session, round_id: UUID, seal: Seal) -> bool:
    return sum(has_answered(seal, sealed) for sealed in seals_of(session, round_id).values()) >= K


def tell_all(session: Session, found: Round, now: datetime, replied: bool) -> None:
    """Leave everyone who was asked a message: once when the promised day has come, once when the reply is there."""
    what = "reply" if replied else "day"
    jobs = [(f"hear:{found.id}:{what}:{id}", id) for id in in_state(session, found.id, "sent")]
    leave_jobs(session, "hear", jobs, now)


def tell_on_the_day(round_id: UUID, now: datetime) -> None:
    with transaction() as session:
        tell_all(session, locked_round(session, round_id), now, replied=False)


def says_reply(job_key: str) -> bool:
    return job_key.split(":")[2] == "reply"
