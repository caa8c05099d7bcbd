"""Which peer groups a snapshot publishes, and with which figures (rules B1 to B5). Pure: no clock, no database.

One decision is about one questionnaire, one form basis, one voice and one principle: whose scores are
not comparable are never in one cell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from assessment.disclosure.attack import Gate
from assessment.disclosure.benchmark import DIMENSIONS, Cell, PeerGroup, carry_over, peers, why_not
from assessment.disclosure.shown import Hidden, Peers
from assessment.questionnaire.message import Message

GIVES_AWAY: Final = Message("Together with other figures, this one would give away a small group of services")
NOT_THE_SAME: Final = Message("What can be shown of then and of now is not of the same services")


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """A cell of the snapshot: its members as at ``state`` *fresh* (now) or *carried* (when last published)."""

    cell: Cell
    peers: Peers
    state: Literal["fresh", "carried"]

    @property
    def group(self) -> PeerGroup:
        return self.cell.group


@dataclass(frozen=True, slots=True)
class Decision:
    """Every candidate, in the order of rule B5, is either published or hidden with a plain reason."""

    published: tuple[PublishedCell, ...]
    hidden: Mapping[PeerGroup, Hidden]


def in_order(candidates: Iterable[Cell]) -> tuple[Cell, ...]:
    """The fixed order of rule B5: by dimension, then by value."""
    return tuple(sorted(candidates, key=lambda cell: (DIMENSIONS.index(cell.group.dimension), cell.group.values)))


def decide(candidates: Iterable[Cell], history: Sequence[Cell]) -> Decision:
    """Decide on a snapshot of ``candidates``; ``history`` is all that was ever published, oldest first.

    A group little changed since it was last published is carried over as it was then; it tells nothing
    new, so neither its size nor the gate is asked again. A group that may not be refreshed because the
    new figure would give away a small group is carried over too. The same input gives the same decision,
    and deciding again on what was just published carries everything over.
    """
    last = {cell.group: cell for cell in history}
    cells = in_order(candidates)
    steady = {cell.group for cell in cells if cell.group in last and carry_over(last[cell.group].members, cell.members)}
    changed = [cell for cell in cells if cell.group not in steady]
    reasons = _reasons(changed, history)
    carried = steady | {group for group, reason in reasons.items() if reason is GIVES_AWAY and group in last}
    return _of_the_same(_Outcome(last, carried, reasons).of(cells), last)


def _of_the_same(decision: Decision, last: Mapping[PeerGroup, Cell]) -> Decision:
    """Matched services are the same then and now: where one cell was carried over and the other was not, and their
    services differ, both are carried over; and hidden if they were not the same before either.
    """
    published = {one.group: one for one in decision.published}
    pairs = [
        (PeerGroup("matched-then", group.values), group) for group in published if group.dimension == "matched-now"
    ]
    apart = [pair for pair in pairs if pair[0] in published and not _alike([published[group].cell for group in pair])]
    hidden: dict[PeerGroup, Hidden] = {}
    for pair in apart:
        if all(group in last for group in pair) and _alike([last[group] for group in pair]):
            published |= {group: _as_it_was(last[group]) for group in pair}
        else:
            hidden |= dict.fromkeys(pair, Hidden(NOT_THE_SAME))
    return Decision(
        tuple(one for group, one in published.items() if group not in hidden), {**decision.hidden, **hidden}
    )


def _as_it_was(cell: Cell) -> PublishedCell:
    return PublishedCell(cell, peers(cell.members), "carried")


def _alike(cells: Sequence[Cell]) -> bool:
    """Whether the same services are in each."""
    return len({frozenset(member.service_id for member in cell.members) for cell in cells}) == 1


def _reasons(changed: Sequence[Cell], history: Sequence[Cell]) -> Mapping[PeerGroup, Message]:
    """Why those cells that may not be published as they are now may not: by rule B1, then by the gate."""
    reasons = {cell.group: reason for cell in changed if (reason := why_not(cell.members))}
    whole = [cell for cell in changed if cell.group not in reasons]
    admitted = Gate(history).choose(whole)
    given_away = {cell.group: GIVES_AWAY for cell, may in zip(whole, admitted, strict=True) if not may}
    return {**reasons, **given_away}


@dataclass(frozen=True, slots=True)
class _Outcome:
    last: Mapping[PeerGroup, Cell]
    carried: Collection[PeerGroup]
    reasons: Mapping[PeerGroup, Message]

    def of(self, cells: Sequence[Cell]) -> Decision:
        hidden = {group: Hidden(reason) for group, reason in self.reasons.items() if group not in self.carried}
        return Decision(tuple(self._published(cell) for cell in cells if cell.group not in hidden), hidden)

    def _published(self, cell: Cell) -> PublishedCell:
        if cell.group not in self.carried:
            return PublishedCell(cell, peers(cell.members), "fresh")
        return _as_it_was(self.last[cell.group])
