"""What is to happen later, left in the same transaction as the change that asks for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from assessment.store.db import Base
from assessment.store.models.types import Moment, checked

KINDS = ("sign-in", "offer", "invite", "remind", "hear", "expire")


class Job(Base):
    """One thing to do once. ``of`` is an id and nothing else is said of it; ``key`` makes it one of its kind.

    Of a reminder ``of`` is the round: whom it reminds stands sealed in its key, for what becomes of it tells who has
    not answered.

    ``leased_until``: a worker has it; when that passes without a word, another may take it.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state", "state", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    key: Mapped[str] = mapped_column(String(255), unique=True)
    kind: Mapped[str] = mapped_column(checked(*KINDS, name="kind"))
    of: Mapped[UUID]
    state: Mapped[str] = mapped_column(checked("waiting", "done", "failed", name="state"))
    due_at: Mapped[datetime] = mapped_column(Moment)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(String(200), default="")
