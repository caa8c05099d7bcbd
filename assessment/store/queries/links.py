"""The links of a round."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from assessment.store.models import Link


def forget_links(session: Session, of: UUID) -> None:
    session.execute(delete(Link).where(Link.of == of))
