"""Publish a snapshot: the monthly benchmark of released results, under rules B0 to B5."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from assessment.disclosure.benchmark import PeerGroup
from assessment.disclosure.snapshot import PublishedCell, decide
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.message import Message
from assessment.scoring.moments import Moments
from assessment.scoring.response import VoiceName
from assessment.store.db import Session, transaction
from assessment.store.models import Network, Snapshot
from assessment.store.queries.definitions import definition, known_definitions
from assessment.store.queries.publishing import (
    CountedRelease,
    Measure,
    Row,
    moments_of,
    published_rows,
    snapshots,
    take_in_releases,
    write_rows,
)
from assessment.workflows.membership import Ground, Membership
from assessment.workflows.peer_groups import from_name
from assessment.workflows.snapshot_quality import NETWORK, Judged, keep_quality
from assessment.workflows.snapshot_rows import carried_row, fresh_row, refused_row

YEARS: Final = 2
FORMS: Final[Mapping[VoiceName, Sequence[str]]] = {
    "together": ("full", "shared"),
    "staff": ("full", "shared"),
    # People are asked the shared statements only, so there is nothing else to compare.
    "people": ("shared",),
}


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
    with transaction(answers=True) as session:
        return publish_within(session, as_of, today)


def publish_within(session: Session, as_of: date, today: date) -> Published:
    """The same inside a workflow's own transaction."""
    # The lock holds a second publisher back until the first is done.
    session.get(Network, 1, with_for_update=True)
    newest = next(reversed(snapshots(session)), None)
    if newest and _month(newest.as_of) == _month(as_of):
        return Published(newest.as_of, already=True)
    if newest and newest.as_of > as_of:
        raise SnapshotError(f"There is a snapshot as of {newest.as_of} already: they are only published in order.")
    snapshot = Snapshot(id=uuid4(), as_of=as_of, published_on=today)
    session.add(snapshot)
    session.flush()
    take_in_releases(session, snapshot.id, _years_before(as_of), as_of)
    return _publish(session, snapshot)


def _publish(session: Session, snapshot: Snapshot) -> Published:
    ground = Ground.of(session)
    now = [ground.releases[id] for id in ground.inside.get(snapshot.id, ())]
    outcomes = tuple(
        outcome
        for measure in _measures(session, now)
        for outcome in _publish_measure(session, ground, snapshot.id, measure)
    )
    return Published(
        snapshot.as_of,
        services=len({release.service_id for release in now}),
        organisations=len({release.organisation_id for release in now}),
        outcomes=outcomes,
    )


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _years_before(day: date) -> date:
    """The same day 24 months earlier; of a 29 February, the 28th."""
    return day.replace(year=day.year - YEARS, day=min(day.day, 28) if day.month == 2 else day.day)


def _measures(session: Session, counted: Iterable[CountedRelease]) -> Iterator[Measure]:
    """Everything compared: each principle of each questionnaire in use, by voice, on all statements and the shared."""
    used = {(release.questionnaire, release.version) for release in counted}
    for asked in _definitions(session, used):
        for voice, forms in FORMS.items():
            for form in forms:
                for principle in asked.principles:
                    yield Measure(asked.id, asked.version, form, voice, principle.id)


def _definitions(session: Session, used: Iterable[tuple[str, str]]) -> Iterator[Definition]:
    """One language's definition of each version: principles have the same ids in all."""
    keys = {key[:2]: key for key in reversed(known_definitions(session))}
    return (definition(session, keys[version]) for version in sorted(used))


def _publish_measure(session: Session, ground: Ground, snapshot_id: UUID, measure: Measure) -> Sequence[Outcome]:
    membership = Membership.of(session, ground, measure)
    rows = tuple(published_rows(session, measure))
    history = [membership.cells(row["snapshot_id"])[from_name(row["cell"])] for row in rows if _is_fresh(row)]
    decision = decide(membership.candidates(snapshot_id), history)
    last = {from_name(row["cell"]): row for row in rows}
    moments = {} if measure.voice == "together" else moments_of(session, snapshot_id, measure)
    write_rows(
        session,
        (
            *(_published_row(snapshot_id, measure, one, last, moments) for one in decision.published),
            *(refused_row(snapshot_id, measure, group, hidden.reason) for group, hidden in decision.hidden.items()),
        ),
    )
    keep_quality(session, Judged(snapshot_id, measure, decision, last.get(NETWORK), moments))
    voice = measure.voice
    return (
        *(Outcome(voice, one.group, carried=one.state == "carried") for one in decision.published),
        *(Outcome(voice, group, reason=hidden.reason) for group, hidden in decision.hidden.items()),
    )


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
