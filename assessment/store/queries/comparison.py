"""The published figures that one result is seen beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from assessment.disclosure.benchmark import NO_MIDDLE_HALF
from assessment.disclosure.shown import Bin, Figure, Hidden, Peers, Shown
from assessment.scoring.shrinkage import Services
from assessment.store.alone import VOICES
from assessment.store.messages import from_text
from assessment.store.models import Snapshot, SnapshotCell
from assessment.store.records import PeerCell
from assessment.store.records import Snapshot as SnapshotRecord

PEER_FIGURES: Final[tuple[Any, ...]] = (
    SnapshotCell.services,
    SnapshotCell.organisations,
    SnapshotCell.reason,
    SnapshotCell.median_x10,
    SnapshotCell.lower_x10,
    SnapshotCell.upper_x10,
    SnapshotCell.tenth_x10,
    SnapshotCell.ninetieth_x10,
    SnapshotCell.bins,
)

_POSITION = (SnapshotCell.mean, SnapshotCell.tau, SnapshotCell.icc1)

Key = tuple[str, str, str]


def newest_and(session: Session, held: UUID | None) -> tuple[SnapshotRecord | None, SnapshotRecord | None]:
    """The newest snapshot, and the one that a result keeps, in one look."""
    newest = select(func.max(Snapshot.as_of)).scalar_subquery()
    rows = session.execute(
        select(Snapshot.id, Snapshot.as_of).where(or_(Snapshot.id == held, Snapshot.as_of == newest))
    )
    found = sorted((SnapshotRecord(*row) for row in rows), key=lambda one: one.as_of)
    return (found[-1] if found else None), next((one for one in found if one.id == held), None)


def peer_cells(
    session: Session, snapshot_id: UUID, questionnaire: tuple[str, str], voice: str, cells: Sequence[str]
) -> Mapping[tuple[str, str, str], PeerCell]:
    """What a snapshot says of these peer groups, by (form, group, principle)."""
    rows = session.execute(
        select(SnapshotCell.form, SnapshotCell.cell, SnapshotCell.principle, *PEER_FIGURES).where(
            SnapshotCell.snapshot_id == snapshot_id,
            SnapshotCell.questionnaire == questionnaire[0],
            SnapshotCell.questionnaire_version == questionnaire[1],
            SnapshotCell.voice == voice,
            SnapshotCell.cell.in_(cells),
        )
    )
    return {(row.form, row.cell, row.principle): peer_cell(row) for row in rows}


@dataclass(frozen=True, slots=True)
class VoicePeers:
    """What a snapshot says of peer groups in one voice, by (form, group, principle).

    ``services`` is what a position is reckoned from, where that is known: its numbers are shown nowhere.
    """

    cells: Mapping[Key, PeerCell]
    services: Mapping[Key, Services]


NO_PEERS: Final = VoicePeers({}, {})


def peers_by_voice(
    session: Session, snapshot_id: UUID, questionnaire: tuple[str, str], cells: Sequence[str]
) -> Mapping[str, VoicePeers]:
    """What a snapshot says of these peer groups in the voices staff and people, each by itself."""
    query = select(
        SnapshotCell.voice, SnapshotCell.form, SnapshotCell.cell, SnapshotCell.principle, *PEER_FIGURES, *_POSITION
    ).where(
        SnapshotCell.snapshot_id == snapshot_id,
        SnapshotCell.questionnaire == questionnaire[0],
        SnapshotCell.questionnaire_version == questionnaire[1],
        SnapshotCell.voice != "together",
        SnapshotCell.cell.in_(cells),
    )
    figures: dict[str, dict[Key, PeerCell]] = {voice: {} for voice in VOICES}
    services: dict[str, dict[Key, Services]] = {voice: {} for voice in VOICES}
    for row in session.execute(query):
        key = (row.form, row.cell, row.principle)
        figures[row.voice][key] = peer_cell(row)
        if row.mean is not None and row.tau is not None and row.icc1 is not None:
            services[row.voice][key] = Services(row.mean, row.tau, row.icc1)
    return {voice: VoicePeers(figures[voice], services[voice]) for voice in figures}


def peer_cell(row: Any) -> PeerCell:
    """A row of figures as a page may show it."""
    reason = from_text(row.reason)
    return PeerCell(None if reason else _peers(row), row.services, row.organisations, reason)


def _peers(row: Any) -> Peers:
    return Peers(
        median=_figure(row.median_x10, row.services),
        lower=_figure(row.lower_x10, row.services),
        upper=_figure(row.upper_x10, row.services),
        tenth=None if row.tenth_x10 is None else _figure(row.tenth_x10, row.services),
        ninetieth=None if row.ninetieth_x10 is None else _figure(row.ninetieth_x10, row.services),
        bins=tuple(_bins(row.bins)),
    )


def _bins(text: str) -> Iterator[Bin]:
    for bar in filter(None, text.split(",")):
        start_x10, services = map(int, bar.split(":"))
        yield Bin(start_x10 / 10, services)


def _figure(value_x10: int | None, services: int) -> Figure:
    return Hidden(NO_MIDDLE_HALF) if value_x10 is None else Shown(value_x10 / 10, n=services)
