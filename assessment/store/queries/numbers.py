"""How many there are, for whoever watches over the service."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessment.store.models import Round


def rounds_by_state(session: Session) -> dict[str, int]:
    query = select(Round.state, func.count()).group_by(Round.state)
    return {row[0]: row[1] for row in session.execute(query)}
