"""Cells as the lanes of a picture: a name, a count, a note under the name, and the figures or why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from assessment.charts.field import Group
from assessment.charts.picture import Picture
from assessment.disclosure.shown import Hidden, Peers, Shown
from assessment.pages.field.reasons import hidden
from assessment.pages.words import day
from assessment.questionnaire.message import Message
from assessment.store.records import FieldCell

NO_COUNT: Final = Message("Hidden")
HIDDEN: Final = Message("Number hidden too")


def figures(cell: FieldCell) -> Peers | Hidden:
    """What a cell says, or why it says nothing."""
    return hidden(cell.peers) if cell.peers.peers is None else cell.peers.peers


def lane(name: str, cell: FieldCell, as_of: date) -> Group:
    found = figures(cell)
    if isinstance(found, Hidden):
        return Group(name, NO_COUNT, HIDDEN, found)
    return Group(name, Message("{services}", {"services": cell.peers.services}), _note(cell, found, as_of), found)


def has_hidden(pictures: Sequence[Picture | None]) -> bool:
    return any(row.cells[0] == NO_COUNT for picture in pictures if picture for row in picture.table.rows)


def _note(cell: FieldCell, found: Peers, as_of: date) -> Message:
    """What stands under a group's name: how many services, and of which day if not the snapshot's."""
    text = "{services} services" if isinstance(found.lower, Shown) else "{services} services, median only"
    note = Message(text, {"services": cell.peers.services})
    if cell.as_of is None or cell.as_of == as_of:
        return note
    return Message("{note}, as of {day}", {"note": note, "day": day(cell.as_of)})
