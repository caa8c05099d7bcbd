"""Writing a demo network in bulk, and finding what there is to see in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from assessment.store.db import Base
from assessment.store.models import Draft, DraftAnswer, Organisation, Release, Round, Service, Snapshot


class Named(NamedTuple):
    """What was found: its id, and what it is called."""

    id: UUID
    name: str


def insert_new(session: Session, new: Sequence[Base]) -> None:
    """Write many new rows of one table at once; the session does not keep them. Left out, a column has its default."""
    if new:
        columns = new[0].__table__.columns.keys()
        names = [name for name in columns if any(getattr(row, name) is not None for row in new)]
        insert_rows(session, type(new[0]), [{name: getattr(row, name) for name in names} for row in new])


def insert_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many rows of one table at once, given by column."""
    if rows:
        session.connection().execute(insert(model.__table__), rows)  # type: ignore[arg-type]


def tie_releases_to_snapshots(session: Session) -> None:
    """Let every release keep the newest snapshot that was there when it was made."""
    newest = (
        select(Snapshot.id)
        .where(Snapshot.published_on <= Release.released_on)
        .order_by(Snapshot.as_of.desc())
        .limit(1)
        .scalar_subquery()
    )
    session.execute(update(Release).values(snapshot_id=newest).execution_options(synchronize_session=False))


def largest_organisation(session: Session) -> Named | None:
    """The organisation with most services."""
    return _first(
        session,
        select(Organisation.id, Organisation.name)
        .join(Service, Service.organisation_id == Organisation.id)
        .group_by(Organisation.id, Organisation.name)
        .order_by(func.count().desc(), Organisation.name),
    )


def newest_result(session: Session, organisation_id: UUID) -> Named | None:
    """The round of an organisation that released last, under its service's name."""
    return _first(
        session,
        select(Release.round_id, Service.name)
        .join(Service, Service.id == Release.service_id)
        .where(Release.organisation_id == organisation_id, Release.mode == "together")
        .order_by(Release.released_on.desc(), Service.name),
    )


def service_of_round(session: Session, round_id: UUID) -> UUID:
    return session.scalars(select(Round.service_id).where(Round.id == round_id)).one()


def fullest_open_round(session: Session, organisation_id: UUID) -> Named | None:
    """The unfinished round of an organisation that is furthest on, under its service's name."""
    return _first(
        session,
        select(Round.id, Service.name)
        .join(Service, Service.id == Round.service_id)
        .join(Draft, Draft.round_id == Round.id)
        .join(DraftAnswer, DraftAnswer.draft_id == Draft.id)
        .where(Service.organisation_id == organisation_id, Round.state == "open", Round.mode == "together")
        .group_by(Round.id, Service.name)
        .order_by(func.count().desc(), Service.name),
    )


def newest_round_apart(session: Session, organisation_id: UUID, state: str) -> Named | None:
    """The newest round in this state in which people of an organisation answer alone, under its service’s name."""
    return _first(
        session,
        select(Round.id, Service.name)
        .join(Service, Service.id == Round.service_id)
        .where(Service.organisation_id == organisation_id, Round.state == state, Round.mode == "apart")
        .order_by(Round.opened_on.desc(), Service.name),
    )


def _first(session: Session, query: Select[UUID, str]) -> Named | None:
    row = session.execute(query.limit(1)).first()
    return None if row is None else Named(*row)
