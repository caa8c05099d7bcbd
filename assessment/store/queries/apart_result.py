"""A round held apart with all that its result is put together from, but its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, aliased

from assessment.store.alone import VOICES, AloneVoice
from assessment.store.models import Release, Round, Snapshot, SoFar
from assessment.store.queries.apart import ROUND, ApartRound, as_round, this_round
from assessment.store.queries.releases import RELEASE
from assessment.store.records import Release as ReleaseRecord
from assessment.store.records import Snapshot as SnapshotRecord


@dataclass(frozen=True, slots=True)
class ApartResult:
    """``answered`` counts each voice, where that may be told; ``held`` is the snapshot that the result keeps."""

    round: ApartRound
    release: ReleaseRecord | None
    answered: Mapping[AloneVoice, int]
    held: SnapshotRecord | None
    newest: SnapshotRecord | None

    def snapshot(self, wants_newest: bool) -> SnapshotRecord | None:
        """The one to be seen beside: the one kept, unless there is none or the newest is asked for."""
        return self.newest if wants_newest or self.held is None else self.held


def apart_result(session: Session, round_id: UUID) -> ApartResult | None:
    """All in one look; None if the round is not one held apart."""
    held, newest = aliased(Snapshot), aliased(Snapshot)
    last = select(func.max(Snapshot.as_of)).scalar_subquery()
    query = (
        this_round(round_id)
        .add_columns(*RELEASE, held.id, held.as_of, newest.id, newest.as_of, *map(_answered, VOICES))
        .outerjoin(held, held.id == Release.snapshot_id)
        .outerjoin(newest, newest.as_of == last)
    )
    row = session.execute(query).first()
    return None if row is None else _result(tuple(row))


def _answered(voice: str) -> ScalarSelect[Any]:
    return select(SoFar.responses).where(SoFar.round_id == Round.id, SoFar.voice == voice).scalar_subquery()


def _result(row: tuple[Any, ...]) -> ApartResult:
    release, rest = row[len(ROUND) : len(ROUND) + len(RELEASE)], row[len(ROUND) + len(RELEASE) :]
    answered = {voice: count for voice, count in zip(VOICES, rest[4:], strict=True) if count}
    return ApartResult(
        as_round(row),
        None if release[0] is None else ReleaseRecord(*release),
        answered,
        None if rest[0] is None else SnapshotRecord(*rest[:2]),
        None if rest[2] is None else SnapshotRecord(*rest[2:4]),
    )
