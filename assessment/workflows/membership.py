"""Which releases are in which peer group of which snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from assessment.disclosure.benchmark import Cell, Member, PeerGroup
from assessment.store.db import Session
from assessment.store.queries.definitions import definition, version_keys
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
    whole: Collection[tuple[str, str, str]] = ()
    """Questionnaire, version and principle of those principles that every form asks whole."""

    @classmethod
    def of(cls, session: Session, new: Snapshot | None = None, counted: Collection[str] = ()) -> Ground:
        """``new``: a snapshot that is not written yet, of these releases."""
        inside: dict[UUID, set[str]] = defaultdict(set)
        for snapshot_id, release_id in members(session):
            inside[snapshot_id].add(release_id)
        every = snapshots(session)
        if new:
            inside[new.id].update(counted)
            every = (*every, new)
        wanted = set[str]().union(*inside.values())
        releases = {release.id: release for release in every_release(session) if release.id in wanted}
        # The keys of the other mapping, so that an id is held once however many snapshots it is in.
        known = {id: id for id in releases}
        frozen = {snapshot_id: frozenset(known[id] for id in ids) for snapshot_id, ids in inside.items()}
        days = {one.id: one.as_of for one in every}
        return cls(releases, frozen, _years_before(every), days, frozenset(_asked_whole(session)))

    def groups(self, snapshot_id: UUID, questionnaire: str, version: str) -> frozenset[PeerGroup]:
        """Every group that a release of this questionnaire in a snapshot is in, whoever answered what."""
        found = (self.releases[id] for id in self.inside.get(snapshot_id, ()))
        places = {
            (one.sector, one.kind, one.nation, one.region, one.size): one
            for one in found
            if (one.questionnaire, one.version) == (questionnaire, version)
        }
        return frozenset(group for one in places.values() for group in groups_of(one))


def _years_before(every: Sequence[Snapshot]) -> Mapping[UUID, Snapshot]:
    last = {one.as_of.year: one for one in every}
    return {one.id: last[one.as_of.year - 1] for one in every if one.as_of.year - 1 in last}


def _asked_whole(session: Session) -> Iterator[tuple[str, str, str]]:
    for key in version_keys(session).values():
        asked = definition(session, key)
        apart = {statement.principle for statement in asked.statements if statement not in asked.shared}
        yield from ((asked.id, asked.version, one.id) for one in asked.principles if one.id not in apart)


@dataclass(slots=True)
class Membership:
    """The peer groups of one measure: a release belongs to its groups if it has a value for the measure."""

    ground: Ground
    measure: Measure
    _members: dict[str, Member]
    _cells: dict[UUID, Mapping[PeerGroup, Cell]] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session, ground: Ground, measure: Measure) -> Membership:
        found: dict[str, Member] = {}
        for release_id, value in values_x10(session, measure):
            release = ground.releases.get(release_id)
            if release and _is_of(release, measure, ground):
                found[release.id] = Member(release.id, release.service_id, release.organisation_id, value)
        return cls(ground, measure, found)

    def cells(self, snapshot_id: UUID) -> Mapping[PeerGroup, Cell]:
        """Every peer group of a snapshot, with its members then."""
        if snapshot_id not in self._cells:
            self._cells[snapshot_id] = self._found(snapshot_id)
        return self._cells[snapshot_id]

    def candidates(self, snapshot_id: UUID) -> Collection[Cell]:
        """The same, and empty ones for groups of which others of the questionnaire's releases are.

        A group of one service would else be there on the principles on which enough people answered, and not there
        on the others.
        """
        cells = self.cells(snapshot_id)
        if not cells:
            return ()
        empty = self.ground.groups(snapshot_id, self.measure.questionnaire, self.measure.version) - cells.keys()
        return (*cells.values(), *(Cell(group, frozenset()) for group in empty))

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


def _is_of(release: CountedRelease, measure: Measure, ground: Ground) -> bool:
    """Whether a release is compared on this measure: over all statements, those of full forms only.

    A principle that the short form asks whole has one score, whichever statements it is called after. So all forms
    count in both, or the few on short ones would follow from two groups that no gate judges together.
    """
    same = (release.questionnaire, release.version) == (measure.questionnaire, measure.version)
    asked = (measure.questionnaire, measure.version, measure.principle)
    return same and (measure.form == "shared" or release.form == "full" or asked in ground.whole)
