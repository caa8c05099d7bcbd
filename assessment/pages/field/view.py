"""The field put together, from the newest snapshot alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from assessment.charts.field import Group, field
from assessment.charts.picture import Picture
from assessment.disclosure.benchmark import organisations_words
from assessment.disclosure.shown import Shown
from assessment.pages.field.choice import LABELS, By, groups_by
from assessment.pages.field.reasons import hidden
from assessment.pages.field.years import Years, years
from assessment.pages.words import day, say
from assessment.questionnaire.definition import Definition, Principle
from assessment.questionnaire.message import Message
from assessment.scoring.headline import headline
from assessment.store.records import FieldCell, Snapshot, YearMedian

NO_COUNT = Message("Hidden")
HIDDEN = Message("Number hidden too")
NETWORK = Message("The whole network")


@dataclass(frozen=True, slots=True)
class Participation:
    """Who stands behind the figures, in rounded counts."""

    services: int
    organisations: Message


@dataclass(frozen=True, slots=True)
class FieldView:
    """Everything the page shows, in its order."""

    title: Message
    reason: Message | None
    participation: Participation | None
    network: Picture | None
    groups: Picture | None
    years: Years | None

    @property
    def has_hidden(self) -> bool:
        return bool(self.groups and any(row.cells[0] == NO_COUNT for row in self.groups.table.rows))


def field_view(
    definition: Definition,
    snapshot: Snapshot,
    network: Sequence[FieldCell],
    groups: Sequence[FieldCell],
    by_year: Sequence[YearMedian],
    principle: Principle,
    by: By,
) -> FieldView:
    """The whole network, then the groups of one dimension on one principle, then the years."""
    cells = {cell.principle: cell for cell in network}
    shown = any(cell.peers.peers for cell in network)
    return FieldView(
        title=_title(definition, cells),
        reason=next((cell.peers.reason for cell in network if cell.peers.reason), None),
        participation=_participation(network),
        network=_network(definition, snapshot, cells) if shown else None,
        groups=_groups(definition, snapshot, groups, principle, by),
        years=years(definition, by_year),
    )


def _title(definition: Definition, cells: Mapping[str, FieldCell]) -> Message:
    scores = {p.name: _median(cells.get(p.id)) for p in definition.principles}
    if all(score is None for score in scores.values()):
        return Message("What co-production looks like across the field")
    return Message("Across the field: {said}", {"said": _within(headline(scores))})


def _within(said: Message) -> Message:
    """A headline as it goes on after a colon."""
    return Message(said.text[:1].lower() + said.text[1:], said.values)


def _median(cell: FieldCell | None) -> float | None:
    peers = cell.peers.peers if cell else None
    return peers.median.value if peers and isinstance(peers.median, Shown) else None


def _participation(network: Sequence[FieldCell]) -> Participation | None:
    """The counts of the principle that most services have: none of the others is above them."""
    counted = [cell.peers for cell in network if cell.peers.peers]
    if not counted:
        return None
    most = max(counted, key=lambda peers: peers.services)
    return Participation(most.services, organisations_words(most.organisations))


def _network(definition: Definition, snapshot: Snapshot, cells: Mapping[str, FieldCell]) -> Picture:
    found = [(p.name, cells[p.id]) for p in definition.principles if p.id in cells]
    groups = [_group(name, cell, snapshot.as_of) for name, cell in found]
    return field(say(NETWORK), groups, definition.scale, dimension=Message("Principle"), translate=say)


def _groups(
    definition: Definition, snapshot: Snapshot, cells: Sequence[FieldCell], principle: Principle, by: By
) -> Picture | None:
    """One lane a group; a group that no service is in has no lane."""
    found = {cell.group: cell for cell in cells}
    groups = [_group(name, found[group], snapshot.as_of) for group, name in groups_by(by) if group in found]
    if not groups:
        return None
    heading = _("%(principle)s by %(groups)s", principle=principle.name, groups=say(LABELS[by]).lower())
    return field(heading, groups, definition.scale, dimension=LABELS[by], translate=say)


def _group(name: str, cell: FieldCell, as_of: date) -> Group:
    found = cell.peers
    if found.peers is None:
        return Group(name, NO_COUNT, HIDDEN, hidden(found))
    counted = Message("{services}", {"services": found.services})
    return Group(name, counted, _note(cell, as_of), found.peers)


def _note(cell: FieldCell, as_of: date) -> Message:
    """What stands under a group's name: how many services, and of which day if not the snapshot's."""
    found = cell.peers
    only = found.peers is not None and not isinstance(found.peers.lower, Shown)
    text = "{services} services, median only" if only else "{services} services"
    note = Message(text, {"services": found.services})
    if cell.as_of is None or cell.as_of == as_of:
        return note
    return Message("{note}, as of {day}", {"note": note, "day": day(cell.as_of)})
