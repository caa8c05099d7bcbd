"""Everything that the result of a round held apart is put together from, as its address asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import abort, request

from assessment.pages.result.peers import cells_for
from assessment.pages.rounds.beside import BesidePeers, beside_peers
from assessment.pages.rounds.sides import NONE, SIDES, Cells, OneSide, by_voice, one_side
from assessment.pages.rounds.wishes import target_on
from assessment.questionnaire.definition import Definition, Principle
from assessment.store.alone import AloneVoice, statements_for
from assessment.store.db import reading
from assessment.store.queries.apart import ApartRound
from assessment.store.queries.apart_result import ApartResult, apart_result
from assessment.store.queries.comparison import NO_PEERS, peers_by_voice
from assessment.store.queries.definitions import definition
from assessment.store.queries.releases import EarlierRelease, cells_and_earlier
from assessment.store.queries.targets import targets_of
from assessment.store.records import Goal, Release, Snapshot


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for: a peer group for each side, and whether the newest comparison."""

    groups: Mapping[AloneVoice, str]
    newest: bool

    @property
    def values(self) -> dict[str, str]:
        """For an address that asks for the same."""
        return {side: group for side, group in self.groups.items() if group} | ({"newest": "1"} if self.newest else {})


@dataclass(frozen=True, slots=True)
class Seen:
    """A released result, and the peers of each side in the snapshot that it is seen beside.

    ``before``: the rounds before it, the newest first.
    """

    round: ApartRound
    release: Release
    asked: Definition
    cells: Cells
    before: tuple[EarlierRelease, ...]
    goals: Mapping[str, Goal]
    snapshot: Snapshot | None
    newest: Snapshot | None
    peers: Mapping[AloneVoice, BesidePeers]

    @property
    def earlier(self) -> EarlierRelease | None:
        """The round before."""
        return next(iter(self.before), None)

    @property
    def newer(self) -> Snapshot | None:
        """A newer comparison than the one that is seen."""
        return self.newest if self.newest and self.snapshot and self.newest.id != self.snapshot.id else None

    @property
    def is_newer_than_kept(self) -> bool:
        """Whether the result keeps an older comparison than the one that is seen."""
        kept = self.release.snapshot_id
        return self.snapshot is not None and kept is not None and self.snapshot.id != kept

    def side(self, side: AloneVoice) -> OneSide:
        targets = {p.id: self.target(p) for p in self.asked.principles} if side == "staff" else {}
        return one_side(side, self.asked, self.cells, self.peers[side], targets)

    def target(self, principle: Principle) -> float | None:
        """Where the service wants to be, on what staff and partners were asked."""
        peers = self.peers["staff"]
        on = self.asked.shared if peers.basis == "shared" else statements_for(self.asked, "staff", self.release.form)
        cell = self.cells.get(("staff", peers.measure(principle.id)))
        statements = [one for one in on if one.principle == principle.id]
        return target_on(cell.figure if cell else NONE, statements, self.cells, self.goals, self.asked.top)


def found_result(round_id: UUID) -> ApartResult:
    """404 if the round is one held together."""
    with reading() as session:
        return apart_result(session, round_id) or abort(404)


def chosen() -> Chosen:
    """From the address of this request."""
    return Chosen({side: request.args.get(side, "") for side in SIDES}, "newest" in request.args)


def seen(found: ApartResult, release: Release, wanted: Chosen) -> Seen:
    snapshot = found.snapshot(wanted.newest)
    with reading() as session:
        asked = definition(session, found.round.questionnaire)
        cells, before = cells_and_earlier(session, release.id)
        sheet = found.round.questionnaire[:2]
        peers = peers_by_voice(session, snapshot.id, sheet, cells_for(release)) if snapshot else {}
        goals = targets_of(session, found.round.service_id)
    beside = {
        side: beside_peers(side, asked, release, peers.get(side, NO_PEERS), wanted.groups[side]) for side in SIDES
    }
    return Seen(found.round, release, asked, by_voice(cells), before, goals, snapshot, found.newest, beside)
