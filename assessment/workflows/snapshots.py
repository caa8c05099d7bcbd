"""Publish a snapshot: the monthly benchmark of released results, under rules B0 to B5."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from assessment.disclosure.benchmark import PeerGroup
from assessment.disclosure.snapshot import Decision, PublishedCell, decide
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.message import Message
from assessment.scoring.moments import Moments
from assessment.store.db import Session, as_one_view, reading, transaction
from assessment.store.models import Network
from assessment.store.queries.definitions import definition, version_keys
from assessment.store.queries.field_view import newest
from assessment.store.queries.publishing import (
    CountedRelease,
    Measure,
    NewSnapshot,
    Row,
    moments_of,
    published_rows,
    releases_that_count,
    write_snapshot,
)
from assessment.store.records import Snapshot as Known
from assessment.workflows.measures import measures_of
from assessment.workflows.membership import Ground, Membership
from assessment.workflows.peer_groups import from_name
from assessment.workflows.snapshot_quality import NETWORK, Judged, quality
from assessment.workflows.snapshot_rows import carried_row, fresh_row, refused_row

YEARS: Final = 2


class SnapshotError(Exception):
    """The snapshot cannot be published; the text says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one figure of one peer group in one voice. ``reason`` is set only where it is not shown."""

    voice: str
    group: PeerGroup
    carried: bool = False
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """A snapshot in numbers. ``already``: it was there before, and nothing was changed."""

    as_of: date
    already: bool = False
    services: int = 0
    organisations: int = 0
    outcomes: Sequence[Outcome] = ()


def publish(as_of: date, today: date) -> Published:
    """Publish the snapshot of a month as of a day in it; do nothing if that month has one.

    Raises SnapshotError for a day to come, and for a day before the newest snapshot's.
    """
    if as_of > today:
        raise SnapshotError(f"{as_of} is still to come: a snapshot is of results up to a day that has passed.")
    with reading() as session:
        as_one_view(session, answers=True)
        prepared = _prepare(session, as_of, today)
    if isinstance(prepared, Published):
        return prepared
    with transaction(answers=True) as session:
        # The lock holds a second publisher back until the first is done.
        session.get(Network, 1, with_for_update=True)
        if newest(session) == prepared.after:
            return _write(session, prepared)
    return publish(as_of, today)


def publish_within(session: Session, as_of: date, today: date) -> Published:
    """The same inside a workflow's own transaction."""
    prepared = _prepare(session, as_of, today)
    return prepared if isinstance(prepared, Published) else _write(session, prepared)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A snapshot reckoned but not written. Reckoning takes long and only reads, so people save meanwhile."""

    after: Known | None
    new: NewSnapshot
    published: Published


def _prepare(session: Session, as_of: date, today: date) -> _Prepared | Published:
    after = newest(session)
    if after and _month(after.as_of) == _month(as_of):
        return Published(after.as_of, already=True)
    if after and after.as_of > as_of:
        raise SnapshotError(f"There is a snapshot as of {after.as_of} already: they are only published in order.")
    snapshot = Known(uuid4(), as_of)
    counted = releases_that_count(session, _years_before(as_of), as_of)
    ground = Ground.of(session, snapshot, counted)
    now = [ground.releases[id] for id in counted]
    figures = [
        _decided(session, ground, snapshot.id, asked, measure)
        for asked in _definitions(session, now)
        for measure in measures_of(asked)
    ]
    new = NewSnapshot(
        snapshot.id,
        as_of,
        today,
        counted,
        [row for one in figures for row in one.cells],
        [row for one in figures for row in one.quality],
    )
    return _Prepared(after, new, _told(as_of, now, figures))


def _write(session: Session, prepared: _Prepared) -> Published:
    write_snapshot(session, prepared.new)
    return prepared.published


def _told(as_of: date, now: Collection[CountedRelease], figures: Iterable[_Decided]) -> Published:
    return Published(
        as_of,
        services=len({release.service_id for release in now}),
        organisations=len({release.organisation_id for release in now}),
        outcomes=tuple(outcome for one in figures for outcome in one.outcomes),
    )


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _years_before(day: date) -> date:
    """The same day 24 months earlier; of a 29 February, the 28th."""
    return day.replace(year=day.year - YEARS, day=min(day.day, 28) if day.month == 2 else day.day)


def _definitions(session: Session, counted: Iterable[CountedRelease]) -> Iterator[Definition]:
    """Of every questionnaire version in use."""
    used = {(release.questionnaire, release.version) for release in counted}
    keys = version_keys(session)
    return (definition(session, keys[version]) for version in sorted(used))


@dataclass(frozen=True, slots=True)
class _Decided:
    """What is published of one measure, as rows and as what became of each group."""

    cells: Sequence[Row]
    quality: Sequence[Row]
    outcomes: Sequence[Outcome]


def _decided(session: Session, ground: Ground, snapshot_id: UUID, asked: Definition, measure: Measure) -> _Decided:
    membership = Membership.of(session, ground, measure)
    rows = tuple(published_rows(session, measure))
    history = [membership.cells(row["snapshot_id"])[from_name(row["cell"])] for row in rows if _is_fresh(row)]
    decision = decide(membership.candidates(snapshot_id), history)
    last = {from_name(row["cell"]): row for row in rows}
    now = ground.inside.get(snapshot_id, frozenset())
    moments = {} if measure.voice == "together" else moments_of(session, measure, now)
    cells = (
        *(_published_row(snapshot_id, measure, one, last, moments) for one in decision.published),
        *(refused_row(snapshot_id, measure, group, hidden.reason) for group, hidden in decision.hidden.items()),
    )
    judged = Judged(snapshot_id, asked, measure, decision, last.get(NETWORK), moments)
    return _Decided(cells, tuple(quality(session, judged)), tuple(_outcomes(measure, decision)))


def _outcomes(measure: Measure, decision: Decision) -> Iterator[Outcome]:
    for one in decision.published:
        yield Outcome(measure.voice, one.group, carried=one.state == "carried")
    for group, hidden in decision.hidden.items():
        yield Outcome(measure.voice, group, reason=hidden.reason)


def _is_fresh(row: Row) -> bool:
    """Whether a snapshot's figures were its own, not carried over."""
    return bool(row["origin_id"] == row["snapshot_id"])


def _published_row(
    snapshot_id: UUID,
    measure: Measure,
    one: PublishedCell,
    last: Mapping[PeerGroup, Row],
    moments: Mapping[str, Moments],
) -> Row:
    if one.state == "carried":
        return carried_row(snapshot_id, last[one.group])
    return fresh_row(snapshot_id, measure, one, moments)
