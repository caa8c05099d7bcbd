"""Which releases are in which peer group of which snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from assessment.disclosure.benchmark import Cell, Member, PeerGroup
from assessment.store.db import Session
from assessment.store.queries.publishing import (
    CountedRelease,
    Measure,
    every_release,
    members,
    snapshots,
    values_x10,
)
from assessment.store.records import Snapshot
from assessment.workflows.peer_groups import groups_of


@dataclass(frozen=True, slots=True)
class Ground:
    """Every release that is in a snapshot, and by snapshot those that are in it."""

    releases: Mapping[str, CountedRelease]
    inside: Mapping[UUID, frozenset[str]]
    year_before: Mapping[UUID, Snapshot]
    """The last snapshot of the calendar year before each snapshot's."""
    days: Mapping[UUID, date]
    """The day that each snapshot counts up to."""

    @classmethod
    def of(cls, session: Session) -> Ground:
        inside: dict[UUID, set[str]] = defaultdict(set)
        for snapshot_id, release_id in members(session):
            inside[snapshot_id].add(release_id)
        return cls._of(session, inside, snapshots(session))

    @classmethod
    def with_new(cls, session: Session, new: Snapshot, releases: Collection[str]) -> Ground:
        """With one more snapshot, which is not written yet."""
        inside: dict[UUID, set[str]] = defaultdict(set)
        for snapshot_id, release_id in (*members(session), *((new.id, release) for release in releases)):
            inside[snapshot_id].add(release_id)
        return cls._of(session, inside, (*snapshots(session), new))

    @classmethod
    def _of(cls, session: Session, inside: Mapping[UUID, Collection[str]], every: Sequence[Snapshot]) -> Ground:
        wanted = set[str]().union(*inside.values())
        releases = {release.id: release for release in every_release(session) if release.id in wanted}
        # The keys of the other mapping, so that an id is held once however many snapshots it is in.
        known = {id: id for id in releases}
        frozen = {snapshot_id: frozenset(known[id] for id in ids) for snapshot_id, ids in inside.items()}
        return cls(releases, frozen, _years_before(every), {one.id: one.as_of for one in every})


def _years_before(every: Sequence[Snapshot]) -> Mapping[UUID, Snapshot]:
    last = {one.as_of.year: one for one in every}
    return {one.id: last[one.as_of.year - 1] for one in every if one.as_of.year - 1 in last}


@dataclass(slots=True)
class Membership:
    """The peer groups of one measure: a release belongs to its groups if it has a value for the measure."""

    ground: Ground
    _members: dict[str, Member]
    _cells: dict[UUID, Mapping[PeerGroup, Cell]] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session, ground: Ground, measure: Measure) -> Membership:
        found: dict[str, Member] = {}
        for release_id, value in values_x10(session, measure):
            release = ground.releases.get(release_id)
            if release and _is_of(release, measure):
                found[release.id] = Member(release.id, release.service_id, release.organisation_id, value)
        return cls(ground, found)

    def cells(self, snapshot_id: UUID) -> Mapping[PeerGroup, Cell]:
        """Every peer group of a snapshot, with its members then."""
        if snapshot_id not in self._cells:
            self._cells[snapshot_id] = self._found(snapshot_id)
        return self._cells[snapshot_id]

    def _found(self, snapshot_id: UUID) -> Mapping[PeerGroup, Cell]:
        groups: dict[PeerGroup, list[Member]] = defaultdict(list)
        for member in self._inside(snapshot_id):
            for group in groups_of(self.ground.releases[str(member.release_id)]):
                groups[group].append(member)
        groups.update(self._matched(snapshot_id))
        return {group: Cell(group, frozenset(found)) for group, found in groups.items()}

    def _inside(self, snapshot_id: UUID) -> Iterator[Member]:
        found = (self._members.get(release_id) for release_id in self.ground.inside.get(snapshot_id, ()))
        return (member for member in found if member)

    def _matched(self, snapshot_id: UUID) -> Mapping[PeerGroup, list[Member]]:
        """The services that were in the last snapshot of the year before as well: what they said then, and now."""
        before = self.ground.year_before.get(snapshot_id)
        if before is None:
            return {}
        then = {member.service_id: member for member in self._inside(before.id)}
        now = [member for member in self._inside(snapshot_id) if member.service_id in then]
        if not now:
            return {}
        year = (str(before.as_of.year),)
        return {
            PeerGroup("matched-then", year): [then[member.service_id] for member in now],
            PeerGroup("matched-now", year): now,
        }


def _is_of(release: CountedRelease, measure: Measure) -> bool:
    same = (release.questionnaire, release.version) == (measure.questionnaire, measure.version)
    return same and (measure.form == "shared" or release.form == "full")
