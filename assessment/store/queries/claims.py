"""Two rows that are one service: everything that hangs on the one goes to the other."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assessment.store.models import Claim, Membership, Offer, Release, Round, Service, Target

_HANGING: Final[tuple[Any, ...]] = (Round, Release, Membership, Offer, Claim)


def move_service(session: Session, from_id: UUID, to_id: UUID) -> None:
    """Let rounds, releases, roles, offers, claims and targets be those of the other service; delete the first."""
    for table in _HANGING:
        session.execute(update(table).where(table.service_id == from_id).values(service_id=to_id))
    # Where both have a target for a statement, the one that stands is that of the service that stays.
    kept = select(Target.statement).where(Target.service_id == to_id)
    session.execute(
        update(Target).where(Target.service_id == from_id, Target.statement.not_in(kept)).values(service_id=to_id),
        execution_options={"synchronize_session": False},
    )
    session.execute(delete(Target).where(Target.service_id == from_id))
    session.execute(delete(Service).where(Service.id == from_id))
