"""Who is in the network: organisations, their departments and services."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from assessment.store.db import Base
from assessment.store.models.types import checked

NAME = 200


class Network(Base):
    """The one row that says what this installation holds."""

    __tablename__ = "network"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    kind: Mapped[str] = mapped_column(checked("demo", "real", name="kind"))


class Organisation(Base):
    """Names repeat: two trusts of one name, in two regions, are two organisations."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("name_key", "kind", "region"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(NAME))
    name_key: Mapped[str] = mapped_column(String(NAME))
    kind: Mapped[str] = mapped_column(String(40))
    nation: Mapped[str] = mapped_column(String(40))
    region: Mapped[str] = mapped_column(String(40))
    size: Mapped[str] = mapped_column(String(40), default="")
    confirmed_on: Mapped[date | None]
    shares_on: Mapped[date | None]
    archived_on: Mapped[date | None]
    # Gone for good: its name and texts are erased, what it published before stays counted.
    left_on: Mapped[date | None]
    # It requires a passkey of its leads.
    passkeys: Mapped[bool] = mapped_column(default=False, server_default=false())


class Department(Base):
    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("organisation_id", "name_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(NAME))
    name_key: Mapped[str] = mapped_column(String(NAME))
    archived_on: Mapped[date | None]


class Service(Base):
    """What is assessed. Names repeat: a team without an account must never land in another's service."""

    __tablename__ = "service"
    __table_args__ = (Index("ix_service_organisation_id", "organisation_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    department_id: Mapped[UUID | None] = mapped_column(ForeignKey("department.id"))
    name: Mapped[str] = mapped_column(String(NAME))
    sector: Mapped[str] = mapped_column(String(40))
    confirmed_on: Mapped[date | None]
    archived_on: Mapped[date | None]
