"""What was published: releases of rounds, and the monthly snapshots made of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Float, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from assessment.store.db import Base
from assessment.store.models.rounds import ID
from assessment.store.models.types import checked


class Release(Base):
    """One publication of a round, with its dimensions as they were that day."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("round_id", "version"),
        Index("ix_release_service_id", "service_id", "released_on"),
        Index("ix_release_organisation_id", "organisation_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id"))
    version: Mapped[int] = mapped_column(SmallInteger)
    released_on: Mapped[date]
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    questionnaire: Mapped[str] = mapped_column(String(ID))
    questionnaire_version: Mapped[str] = mapped_column(String(ID))
    mode: Mapped[str] = mapped_column(checked("together", "apart", name="mode"))
    form: Mapped[str] = mapped_column(checked("full", "short", name="form"))
    sector: Mapped[str] = mapped_column(String(ID))
    kind: Mapped[str] = mapped_column(String(ID))
    nation: Mapped[str] = mapped_column(String(ID))
    region: Mapped[str] = mapped_column(String(ID))
    size: Mapped[str] = mapped_column(String(ID))
    k: Mapped[int] = mapped_column(SmallInteger)
    k10: Mapped[int] = mapped_column(SmallInteger)
    staff_present: Mapped[int] = mapped_column(SmallInteger)
    people_present: Mapped[int] = mapped_column(SmallInteger)
    snapshot_id: Mapped[UUID | None] = mapped_column(ForeignKey("snapshot.id"))


class ReleaseCell(Base):
    """One published figure; ``value_x10`` is tenths of a level, ``said`` an answer that is not a level.

    ``band`` stands in place of a value where only low, middle or high may be shown (rule P5), and ``bound``
    says that the true figure lies at or beyond the value. ``counts`` are people by answer, joined by commas: they
    are shown whole or not at all, so they are one cell and not a row for each level.
    """

    __tablename__ = "release_cell"
    __table_args__ = ({"sqlite_with_rowid": False},)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"), primary_key=True)
    voice: Mapped[str] = mapped_column(checked("together", "staff", "people", name="voice"), primary_key=True)
    measure: Mapped[str] = mapped_column(String(80), primary_key=True)
    value_x10: Mapped[int | None] = mapped_column(SmallInteger)
    n: Mapped[int] = mapped_column(default=1)
    statements: Mapped[int] = mapped_column(SmallInteger, default=0)
    said: Mapped[str] = mapped_column(String(ID), default="")
    low_x10: Mapped[int | None] = mapped_column(SmallInteger)
    high_x10: Mapped[int | None] = mapped_column(SmallInteger)
    bound: Mapped[str] = mapped_column(
        checked("", "or below", "or above", name="bound"), default="", server_default=text("''")
    )
    band: Mapped[str] = mapped_column(
        checked("", "low", "middle", "high", name="band"), default="", server_default=text("''")
    )
    counts: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    agreement: Mapped[str] = mapped_column(
        checked("", "agree", "mixed", "split", name="agreement"), default="", server_default=text("''")
    )
    reason: Mapped[str] = mapped_column(Text, default="")


class ReleaseMoments(Base):
    """What a released score is made of, exactly; the workflows that release and publish read it, and no page.

    ``items`` are the sums from which it is reckoned how well the principle's statements measure it.
    """

    __tablename__ = "release_moments"
    __table_args__ = ({"sqlite_with_rowid": False},)

    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id", ondelete="CASCADE"), primary_key=True)
    voice: Mapped[str] = mapped_column(checked("together", "staff", "people", name="voice"), primary_key=True)
    measure: Mapped[str] = mapped_column(String(80), primary_key=True)
    n: Mapped[int]
    s1: Mapped[float] = mapped_column(Float)
    s2: Mapped[float] = mapped_column(Float)
    items: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))


class Snapshot(Base):
    """One monthly benchmark; never changed once published."""

    __tablename__ = "snapshot"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    as_of: Mapped[date] = mapped_column(unique=True)
    published_on: Mapped[date]


class SnapshotRelease(Base):
    """A release that was in a snapshot: the ground on which the attacker reckons."""

    __tablename__ = "snapshot_release"
    __table_args__ = ({"sqlite_with_rowid": False},)

    snapshot_id: Mapped[UUID] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True)
    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"), primary_key=True)


class SnapshotCell(Base):
    """One principle of one peer group: its figures in tenths of a level, or the reason why there are none."""

    __tablename__ = "snapshot_cell"
    __table_args__ = (
        Index("ix_snapshot_cell_origin_id", "origin_id"),
        {"sqlite_with_rowid": False},
    )

    snapshot_id: Mapped[UUID] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(ID), primary_key=True)
    questionnaire_version: Mapped[str] = mapped_column(String(ID), primary_key=True)
    form: Mapped[str] = mapped_column(checked("full", "shared", name="form"), primary_key=True)
    voice: Mapped[str] = mapped_column(checked("together", "staff", "people", name="voice"), primary_key=True)
    cell: Mapped[str] = mapped_column(String(100), primary_key=True)
    principle: Mapped[str] = mapped_column(String(ID), primary_key=True)
    # The snapshot whose members these figures describe: an earlier one where the cell was carried over.
    origin_id: Mapped[UUID | None] = mapped_column(ForeignKey("snapshot.id"))
    services: Mapped[int] = mapped_column(default=0)
    organisations: Mapped[int] = mapped_column(default=0)
    median_x10: Mapped[int | None] = mapped_column(SmallInteger)
    lower_x10: Mapped[int | None] = mapped_column(SmallInteger)
    upper_x10: Mapped[int | None] = mapped_column(SmallInteger)
    tenth_x10: Mapped[int | None] = mapped_column(SmallInteger)
    ninetieth_x10: Mapped[int | None] = mapped_column(SmallInteger)
    # From which tenth of a level each bar of the histogram starts, and its services: "0:10,16:5".
    bins: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    # What a service's position is reckoned from, and nothing shows: mean, spread of true scores, ICC(1).
    mean: Mapped[float | None] = mapped_column(Float)
    tau: Mapped[float | None] = mapped_column(Float)
    icc1: Mapped[float | None] = mapped_column(Float)
    reason: Mapped[str] = mapped_column(Text, default="")


class SnapshotQuality(Base):
    """How well a principle is measured in one voice, over the services of the whole network's full forms.

    As it is shown: rounded, ``complete`` of the ``responses`` being those with a level at every statement.
    ``statements`` is a JSON object of the figures of each statement by its id: item-rest correlation, and how many
    per cent said that it does not apply and how many gave no level otherwise (null: fewer than 5 responses).
    """

    __tablename__ = "snapshot_quality"
    __table_args__ = ({"sqlite_with_rowid": False},)

    snapshot_id: Mapped[UUID] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True)
    questionnaire: Mapped[str] = mapped_column(String(ID), primary_key=True)
    questionnaire_version: Mapped[str] = mapped_column(String(ID), primary_key=True)
    voice: Mapped[str] = mapped_column(checked("together", "staff", "people", name="voice"), primary_key=True)
    principle: Mapped[str] = mapped_column(String(ID), primary_key=True)
    origin_id: Mapped[UUID | None] = mapped_column(ForeignKey("snapshot.id"))
    services: Mapped[int] = mapped_column(default=0)
    responses: Mapped[int] = mapped_column(default=0)
    complete: Mapped[int] = mapped_column(default=0)
    alpha: Mapped[float | None] = mapped_column(Float)
    alpha_low: Mapped[float | None] = mapped_column(Float)
    alpha_high: Mapped[float | None] = mapped_column(Float)
    icc1: Mapped[float | None] = mapped_column(Float)
    icc2: Mapped[float | None] = mapped_column(Float)
    statements: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    reason: Mapped[str] = mapped_column(Text, default="")


class OpenData(Base):
    """The snapshot that a year's open data are made of."""

    __tablename__ = "open_data"

    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    snapshot_id: Mapped[UUID] = mapped_column(ForeignKey("snapshot.id"))
    published_on: Mapped[date]
