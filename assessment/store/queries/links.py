"""The links of a round."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assessment.store.models import Link


def forget_links(session: Session, of: UUID) -> None:
    session.execute(delete(Link).where(Link.of == of))


def forget_link(session: Session, link_hash: str) -> None:
    session.execute(delete(Link).where(Link.hash == link_hash))


def link_hashes(session: Session, of: UUID) -> frozenset[str]:
    """The hashes of every link to this."""
    return frozenset(session.scalars(select(Link.hash).where(Link.of == of)))
