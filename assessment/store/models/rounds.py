"""What is answered: definitions, rounds, drafts, responses, targets and the private links to them."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from assessment.store.db import Base
from assessment.store.models.types import checked

ID = 40
HASH = 64
ALONE = ("staff", "people")
PURPOSES = ("owner", "reader", "organisation", "offer", "invitation", "staff", "people", "entry")


class StoredDefinition(Base):
    """A definition as first used: a round goes on with it whatever happens to the file."""

    __tablename__ = "definition"

    id: Mapped[str] = mapped_column(String(ID), primary_key=True)
    version: Mapped[str] = mapped_column(String(ID), primary_key=True)
    language: Mapped[str] = mapped_column(String(ID), primary_key=True)
    hash: Mapped[str] = mapped_column(String(HASH))
    body: Mapped[str] = mapped_column(Text)


class Round(Base):
    __tablename__ = "round"
    __table_args__ = (
        ForeignKeyConstraint(
            ["questionnaire", "questionnaire_version", "language"],
            ["definition.id", "definition.version", "definition.language"],
        ),
        CheckConstraint("k >= 5 AND k10 >= 10", name="floors"),
        CheckConstraint(
            "mode = 'together' OR (closes_on IS NOT NULL AND hear_by IS NOT NULL)", name="apart_has_its_dates"
        ),
        Index("ix_round_service_id", "service_id"),
        Index("ix_round_state", "state", "closes_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"))
    questionnaire: Mapped[str] = mapped_column(String(ID))
    questionnaire_version: Mapped[str] = mapped_column(String(ID))
    language: Mapped[str] = mapped_column(String(ID))
    mode: Mapped[str] = mapped_column(checked("together", "apart", name="mode"))
    form: Mapped[str] = mapped_column(checked("full", "short", name="form"))
    state: Mapped[str] = mapped_column(checked("planned", "open", "closed", "released", "cancelled", name="state"))
    k: Mapped[int] = mapped_column(SmallInteger)
    k10: Mapped[int] = mapped_column(SmallInteger)
    opened_on: Mapped[date]
    staff_present: Mapped[int] = mapped_column(SmallInteger)
    people_present: Mapped[int] = mapped_column(SmallInteger)
    previous_id: Mapped[UUID | None] = mapped_column(ForeignKey("round.id"))
    shows_previous: Mapped[bool] = mapped_column(default=False)
    # Of rounds held apart only. ``form`` is the staff voice's; people have the statements in plain words.
    closes_on: Mapped[date | None]
    hear_by: Mapped[date | None]
    staff_expected: Mapped[int] = mapped_column(SmallInteger, default=0, server_default=text("0"))
    people_expected: Mapped[int] = mapped_column(SmallInteger, default=0, server_default=text("0"))
    asked_by: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    told: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    support: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    cancelled_because: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    # The service holds what it will say in reply before it sees the result.
    agreed_on: Mapped[date | None]


class Draft(Base):
    """One form being filled in: the one of a round held together, or one of many of a round held apart.

    Of those, ``secret_hash`` is all that leads to one: the secret is with the person who fills it in.
    """

    __tablename__ = "draft"
    __table_args__ = (
        Index(
            "uq_draft_together",
            "round_id",
            unique=True,
            sqlite_where=text("voice = 'together'"),
            postgresql_where=text("voice = 'together'"),
        ),
        Index("ix_draft_round_id", "round_id"),
        CheckConstraint("(voice = 'together') = (secret_hash IS NULL)", name="alone_has_its_secret"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    voice: Mapped[str] = mapped_column(checked("together", "staff", "people", name="voice"))
    secret_hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)


class DraftAnswer(Base):
    """What stands now at one question: a statement, a safeguard or a reflection of the definition."""

    __tablename__ = "draft_answer"
    # No hidden serial id: on SQLite a rowid would keep the order of writing.
    __table_args__ = ({"sqlite_with_rowid": False},)

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(ID), primary_key=True)
    value: Mapped[str] = mapped_column(String(ID), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    dissent: Mapped[str] = mapped_column(Text, default="")
    private: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column(default=1)


class StoredResponse(Base):
    """One sent form: all its answers packed in one text, without time, account or address.

    ``code_hash`` is of the code that its writer keeps, to take it back or replace it until the round closes.
    """

    __tablename__ = "response"
    __table_args__ = (Index("ix_response_round_id", "round_id"), {"sqlite_with_rowid": False})

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    voice: Mapped[str] = mapped_column(checked("together", "staff", "people", name="voice"))
    form: Mapped[str] = mapped_column(checked("full", "short", name="form"))
    language: Mapped[str] = mapped_column(String(ID))
    answers: Mapped[str] = mapped_column(Text)
    code_hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)
    # Whether its writer, when sending, wanted to be able to see it again with the code.
    may_be_seen: Mapped[bool] = mapped_column(default=False, server_default=false())


class ResponseText(Base):
    """Free text of a response, kept apart from its answers; it never reaches an aggregate."""

    __tablename__ = "response_text"
    __table_args__ = ({"sqlite_with_rowid": False},)

    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(ID), primary_key=True)
    kind: Mapped[str] = mapped_column(checked("reason", "evidence", "dissent", name="kind"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    # Its writer asked not to show these words to the service.
    private: Mapped[bool] = mapped_column(default=False, server_default=false())


class Target(Base):
    """Where a service wants to be on one statement, and why; not always higher."""

    __tablename__ = "target"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    statement: Mapped[str] = mapped_column(String(ID), primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(Text, default="")


class Link(Base):
    """A private address: only the hash of its secret is kept."""

    __tablename__ = "link"
    __table_args__ = (Index("ix_link_of", "of"),)

    hash: Mapped[str] = mapped_column(String(HASH), primary_key=True)
    purpose: Mapped[str] = mapped_column(checked(*PURPOSES, name="purpose"))
    of: Mapped[UUID]
    made_on: Mapped[date]
