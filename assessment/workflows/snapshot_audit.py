"""The attacker over everything that snapshots have published, and each figure reckoned again.

One measure at a time, so that memory does not grow with their number. What no longer is known is not asked: who
shared, and who was confirmed, on the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isclose
from typing import Any, Final
from uuid import UUID

from assessment.disclosure.attack import Finding, Gate
from assessment.disclosure.benchmark import LEAST_CHANGED, Cell, Id, changed_services, peers, why_not
from assessment.disclosure.snapshot import PublishedCell
from assessment.questionnaire.message import Message
from assessment.scoring.moments import Moments
from assessment.store.db import Session, as_one_view, reading
from assessment.store.queries.publishing import (
    Measure,
    Row,
    every_row,
    moments_of,
    published_measures,
)
from assessment.workflows.membership import Ground, Membership
from assessment.workflows.peer_groups import from_name
from assessment.workflows.snapshot_rows import NO_FIGURES, fresh_row

NO_REASON: Final = Message("there is no figure and no reason")
NOT_EMPTY: Final = Message("it is refused, and yet something is said of it: {columns}")
NO_ORIGIN: Final = Message("it is carried over, but not from what was last published of the group")
NOT_AS_CARRIED: Final = Message("it is carried over, but not as it was: {columns}")
NO_MEMBERS: Final = Message("figures without a service behind them")
TWICE: Final = Message("a service is counted twice")
TOO_SMALL: Final = Message("it should not be shown: {reason}")
NOT_AS_RECKONED: Final = Message("its services give other figures: {columns}")
TOO_SOON: Final = Message(
    "it is refreshed though {number} of its services changed, fewer than {least}", {"least": LEAST_CHANGED}
)
FOLLOWS: Final = Message("a total over {services} services follows from all totals together, for {viewers}")
ANYONE: Final = Message("anyone")
ORGANISATION: Final = Message("organisation {id}, that knows its own services")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one figure, or, where no group is named, with all those of a measure together."""

    what: Message
    as_of: date | None = None
    cell: str = ""


@dataclass(slots=True)
class Examined:
    """What was looked at of one measure, and what is wrong. ``own``: figures that are not carried over."""

    measure: Measure
    own: int = 0
    carried: int = 0
    refused: int = 0
    organisations: frozenset[Id] = frozenset()
    faults: list[Fault] = field(default_factory=list)


def audit_snapshots() -> Iterator[Examined]:
    """Every measure of which a snapshot says something, one after another."""
    with reading() as session:
        as_one_view(session, answers=True)
        ground, attacker = Ground.of(session), _Attacker()
        for measure in published_measures(session):
            membership = Membership.of(session, ground, measure)
            yield _Audit(session, ground, attacker, membership, Examined(measure)).whole()


@dataclass(slots=True)
class _Attacker:
    """Remembers its last attack: principles that the same services answered are attacked once."""

    last: object = None
    findings: Sequence[Finding] = ()

    def on(self, history: Sequence[Cell]) -> Sequence[Finding]:
        # Of the releases only their hashes are kept, for there may be millions; these are drawn anew in each process.
        shape = [(cell.group, hash(frozenset(member.release_id for member in cell.members))) for cell in history]
        if shape != self.last:
            self.last, self.findings = shape, Gate(history).findings()
        return self.findings


@dataclass(slots=True)
class _Audit:
    """One measure, gone through from its oldest snapshot on."""

    session: Session
    ground: Ground
    attacker: _Attacker
    membership: Membership
    found: Examined
    rows: dict[str, Row] = field(default_factory=dict)
    """Of each group, the figures that were last its own."""
    cells: dict[str, Cell] = field(default_factory=dict)
    history: list[Cell] = field(default_factory=list)
    moments: tuple[UUID | None, Mapping[str, Moments]] = (None, {})

    def whole(self) -> Examined:
        for row in every_row(self.session, self.found.measure):
            for what in self._row(row):
                self.found.faults.append(Fault(what, self.ground.days[row["snapshot_id"]], row["cell"]))
        self.found.organisations = frozenset(m.organisation_id for cell in self.history for m in cell.members)
        self.found.faults += [Fault(_said(one)) for one in self.attacker.on(self.history)]
        return self.found

    def _row(self, row: Row) -> Iterator[Message]:
        if row["origin_id"] is None:
            self.found.refused += 1
            yield from _refused(row)
        elif row["origin_id"] == row["snapshot_id"]:
            self.found.own += 1
            yield from self._own(row)
        else:
            self.found.carried += 1
            yield from self._carried(row)

    def _carried(self, row: Row) -> Iterator[Message]:
        last = self.rows.get(row["cell"])
        if last is None or last["snapshot_id"] != row["origin_id"]:
            yield NO_ORIGIN
        elif other := _unlike(last, row, but=("snapshot_id",)):
            yield _with_columns(NOT_AS_CARRIED, other)

    def _own(self, row: Row) -> Iterator[Message]:
        cell, before = self._members(row), self.cells.get(row["cell"])
        self.rows[row["cell"]] = row
        if cell is None:
            yield NO_MEMBERS
            return
        self.cells[row["cell"]] = cell
        self.history.append(cell)
        yield from self._figures(row, cell)
        changed = LEAST_CHANGED if before is None else changed_services(before.members, cell.members)
        if changed < LEAST_CHANGED:
            yield Message(TOO_SOON.text, {**TOO_SOON.values, "number": changed})

    def _members(self, row: Row) -> Cell | None:
        try:
            group = from_name(row["cell"])
        except ValueError:
            return None
        return self.membership.cells(row["snapshot_id"]).get(group)

    def _figures(self, row: Row, cell: Cell) -> Iterator[Message]:
        if len({member.service_id for member in cell.members}) < len(cell.members):
            yield TWICE
        if reason := why_not(cell.members):
            yield Message(TOO_SMALL.text, {"reason": reason})
        published = PublishedCell(cell, peers(cell.members), "fresh")
        reckoned = fresh_row(row["snapshot_id"], self.found.measure, published, self._moments(row["snapshot_id"]))
        if other := _unlike(reckoned, row):
            yield _with_columns(NOT_AS_RECKONED, other)

    def _moments(self, snapshot_id: UUID) -> Mapping[str, Moments]:
        """Of one snapshot at a time: rows come by snapshot."""
        if self.found.measure.voice == "together":
            return {}
        if self.moments[0] != snapshot_id:
            self.moments = (
                snapshot_id,
                moments_of(self.session, self.found.measure, self.ground.inside.get(snapshot_id, ())),
            )
        return self.moments[1]


def _refused(row: Row) -> Iterator[Message]:
    if not row["reason"]:
        yield NO_REASON
    if said := [name for name, nothing in NO_FIGURES.items() if name != "reason" and row[name] != nothing]:
        yield _with_columns(NOT_EMPTY, said)


def _unlike(one: Row, other: Row, but: Sequence[str] = ()) -> list[str]:
    """The columns in which two rows differ."""
    return [name for name in one if name not in but and not _same(one[name], other[name])]


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        # The services come in another order, and so the last digit may differ.
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)


def _with_columns(what: Message, columns: Sequence[str]) -> Message:
    return Message(what.text, {"columns": ", ".join(columns)})


def _said(finding: Finding) -> Message:
    viewer = ANYONE if finding.organisation is None else Message(ORGANISATION.text, {"id": str(finding.organisation)})
    return Message(FOLLOWS.text, {"services": len(finding.services), "viewers": viewer})
