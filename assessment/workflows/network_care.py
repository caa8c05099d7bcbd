"""What network admins do: confirm organisations, say what they are, put them away, and join two that are one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from assessment.store.db import Session, one_at_a_time, transaction
from assessment.store.models import Organisation
from assessment.store.names import name_key, tidy
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.manage import OrganisationStanding
from assessment.store.queries.merging import (
    count_providers,
    hanging_on,
    move_organisation,
    names_in_both,
)
from assessment.store.queries.places import organisation_row
from assessment.workflows.organisations import confirm_row
from assessment.workflows.setup import NewOrganisation

WhyNot = Literal["itself", "gone", "providers"]


class Alike(Exception):
    """Another organisation has this name, kind and region."""


class CannotMerge(Exception):
    """The two cannot be joined; ``why`` says what stands in the way."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(why)
        self.why: WhyNot = why


@dataclass(frozen=True, slots=True)
class Merge:
    """What joining two organisations will do: what moves, and which departments become one."""

    gone: str
    stays: str
    moves: Mapping[str, int]
    joined: tuple[str, ...]
    will_share: bool
    will_be_confirmed: bool


def confirm_organisation(organisation_id: UUID, by: UUID, now: datetime) -> None:
    with transaction() as session:
        confirm_row(session, session.get_one(Organisation, organisation_id, with_for_update=True), by, now)


def change_organisation(organisation_id: UUID, words: NewOrganisation, by: UUID, now: datetime) -> None:
    """Say what an organisation is. What its services released before keeps the words of that day. Raises Alike."""
    with transaction() as session:
        one_at_a_time(session, "starting a round")
        row = session.get_one(Organisation, organisation_id, with_for_update=True)
        alike = organisation_row(session, words.name, words.kind, words.region)
        if alike and alike.id != organisation_id:
            raise Alike
        new = (tidy(words.name), words.kind, words.nation, words.region, words.size)
        if new == (row.name, row.kind, row.nation, row.region, row.size):
            return
        row.name, row.kind, row.nation, row.region, row.size = new
        row.name_key = name_key(words.name)
        note_deed(session, now, by, Deed("organisation changed", organisation_id, detail=row.name))


def put_organisation_away(organisation_id: UUID, away: bool, by: UUID, now: datetime) -> None:
    """Archive an organisation, or bring it back: while away it is offered to nobody and counts in no snapshot."""
    with transaction() as session:
        row = session.get_one(Organisation, organisation_id, with_for_update=True)
        if (row.archived_on is not None) == away:
            return
        row.archived_on = now.date() if away else None
        what = "organisation archived" if away else "organisation brought back"
        note_deed(session, now, by, Deed(what, organisation_id))


def plan_merge(session: Session, gone: OrganisationStanding, stays: OrganisationStanding) -> Merge:
    """What would happen. Raises CannotMerge."""
    _refuse(session, gone.id, stays.id)
    return Merge(
        gone=gone.name,
        stays=stays.name,
        moves=hanging_on(session, gone.id),
        joined=names_in_both(session, gone.id, stays.id),
        will_share=stays.shares_on is not None and gone.shares_on is None,
        will_be_confirmed=stays.confirmed_on is not None and gone.confirmed_on is None,
    )


def merge_organisations(gone_id: UUID, stays_id: UUID, by: UUID, now: datetime) -> None:
    """Make two organisations one. Raises CannotMerge."""
    with transaction() as session:
        # As a round about to begin looks for its organisation: it must not begin in one that goes meanwhile.
        one_at_a_time(session, "starting a round")
        gone = _both(session, gone_id, stays_id)[0]
        _refuse(session, gone_id, stays_id)
        note_deed(session, now, by, Deed("organisations merged", stays_id, of=gone_id, detail=gone.name))
        session.flush()
        session.expunge(gone)
        move_organisation(session, gone_id, stays_id)


def _both(session: Session, gone_id: UUID, stays_id: UUID) -> tuple[Organisation, Organisation]:
    gone, stays = (session.get(Organisation, one) for one in (gone_id, stays_id))
    if gone is None or stays is None or gone.left_on or stays.left_on:
        raise CannotMerge("gone")
    return gone, stays


def _refuse(session: Session, gone_id: UUID, stays_id: UUID) -> None:
    if gone_id == stays_id:
        raise CannotMerge("itself")
    if count_providers(session, gone_id, stays_id) > 1:
        raise CannotMerge("providers")
