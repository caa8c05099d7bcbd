"""Who was asked to answer a round held apart, and what is known of all of them together. Never who said what."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessment.store.db import Base
from assessment.store.models.people import EMAIL
from assessment.store.models.rounds import ALONE, HASH, ID
from assessment.store.models.types import checked


class Invitation(Base):
    """One person asked by e-mail. No voice, and whether they answered only sealed: nobody can read it here.

    ``answered_sealed`` of all invitations of a round is written anew, in random order, whenever one of it changes.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("round_id", "email_key"), {"sqlite_with_rowid": False})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(EMAIL))
    email_key: Mapped[str] = mapped_column(String(EMAIL))
    state: Mapped[str] = mapped_column(checked("waiting", "sent", "bounced", name="state"))
    answered_sealed: Mapped[str] = mapped_column(Text)


class MailStop(Base):
    """An address that wants no more messages from here, as a keyed hash."""

    __tablename__ = "mail_stop"

    hash: Mapped[str] = mapped_column(String(HASH), primary_key=True)
    made_on: Mapped[date]


class Mark(Base):
    """Sealed, what sending one response leaves to be counted: invitation, perspective, minutes. All of one length.

    A job counts them in shuffled batches of five or more, and the rest when the round closes.
    """

    __tablename__ = "mark"
    __table_args__ = (Index("ix_mark_round_id", "round_id"), {"sqlite_with_rowid": False})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    sealed: Mapped[str] = mapped_column(Text)


class Tally(Base):
    """How many of one voice chose a perspective, or took about so many minutes; apart from all answers."""

    __tablename__ = "tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    voice: Mapped[str] = mapped_column(checked(*ALONE, name="voice"), primary_key=True)
    kind: Mapped[str] = mapped_column(checked("perspective", "minutes", name="kind"), primary_key=True)
    value: Mapped[str] = mapped_column(String(ID), primary_key=True)
    times: Mapped[int]


class SoFar(Base):
    """How many of one voice had answered on a day, for the people who run the round (rule P4)."""

    __tablename__ = "so_far"
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    voice: Mapped[str] = mapped_column(checked(*ALONE, name="voice"), primary_key=True)
    responses: Mapped[int]
    as_of: Mapped[date]


class Reply(Base):
    """What a service says to those it asked: what it does well, what to work on, what it will do and by when."""

    __tablename__ = "reply"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    well: Mapped[str] = mapped_column(Text, default="")
    to_work_on: Mapped[str] = mapped_column(Text, default="")
    will_do: Mapped[str] = mapped_column(Text, default="")
    by_when: Mapped[str] = mapped_column(Text, default="")
    published_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
