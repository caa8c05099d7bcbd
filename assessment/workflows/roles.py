"""Take a role away, leave it, or hand it over; no place is left without the lead it had."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from assessment.store.db import Session, one_at_a_time, transaction
from assessment.store.models import Membership
from assessment.store.queries.audit import note_deed
from assessment.store.queries.roles import LEADS, Where, count_holders, held_by_person, holders_within, membership_row
from assessment.store.records import Role
from assessment.workflows.offers import deed


class LastLead(Exception):
    """Nobody else leads here: another has to be named first."""


def take_away(membership_id: UUID, where: Where, by: UUID, now: datetime) -> bool:
    """End a role, one's own or another's; False if it had ended already. Raises LastLead."""
    with transaction() as session:
        row = _held(session, membership_id, where)
        if row is None:
            return False
        role = cast("Role", row.role)
        if role in LEADS and count_holders(session, where, role) < 2:
            raise LastLead
        _end(session, row, where, by, now)
        return True


def hand_over(membership_id: UUID, to: UUID, where: Where, by: UUID, now: datetime) -> bool:
    """Give one's own role to somebody who has a role here already, and be without it; False if that cannot be."""
    with transaction() as session:
        row = _held(session, membership_id, where)
        known = {one.person_id for one in holders_within(session, where)}
        if row is None or row.person_id != by or to == by or to not in known:
            return False
        role = cast("Role", row.role)
        if held_by_person(session, where, role, to) is None:
            session.add(Membership(person_id=to, role=role, made_on=now.date(), **where.columns))
        session.delete(row)
        note_deed(session, now, by, deed("role handed over", where, to, role))
        return True


def _held(session: Session, membership_id: UUID, where: Where) -> Membership | None:
    """Two leads who leave at once do so one after the other, so that one of them is told to stay."""
    one_at_a_time(session, f"roles {where}")
    return membership_row(session, where, membership_id)


def _end(session: Session, row: Membership, where: Where, by: UUID, now: datetime) -> None:
    what = "role left" if row.person_id == by else "role taken away"
    note_deed(session, now, by, deed(what, where, row.person_id, row.role))
    session.delete(row)
