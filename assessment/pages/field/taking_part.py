"""How many take part: services and organisations as published, in every voice, now and over the years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from flask import request
from flask_babel import gettext as _

from assessment.charts.picture import Column, Row, Table
from assessment.charts.wording import hidden_words
from assessment.pages.field.blueprint import blueprint
from assessment.pages.field.choice import VOICES, Chooser, by_words, bys, chosen_by, groups_by
from assessment.pages.field.overview import participation
from assessment.pages.field.reasons import hidden
from assessment.pages.field.sight import Sight, page
from assessment.questionnaire.message import Message
from assessment.scoring.response import VoiceName
from assessment.store.db import Session
from assessment.store.queries.field_view import everybody, everybody_by_year
from assessment.store.records import FieldCell, YearCell

NOBODY: Final = Message("None")
COUNTED: Final = Message("Services, rounded down to fives, and the organisations they belong to")
Cells = Mapping[VoiceName, list[FieldCell]]


@blueprint.get("/taking-part")
@page("field/taking_part.html")
def taking_part(session: Session, sight: Sight) -> dict[str, Any]:
    by = chosen_by(request.args.get("by", ""))
    like = replace(sight.like(), basis="shared")
    named = groups_by(by)
    groups = everybody(session, like, sight.snapshot.id, ["network", *(group for group, _name in named)])
    years = everybody_by_year(session, like)
    rows = {name: [cell for cell in groups if cell.group == group] for group, name in named}
    whole = [(VOICES[voice], participation(cells)) for voice, cells in _by_voice(groups, "network").items()]
    return {
        "whole": whole,
        "chooser": Chooser("by", _("Groups by"), bys(), by),
        "by_group": _table(by_words(by), {name: cells for name, cells in rows.items() if cells}),
        "by_year": _table(Message("Year"), _by_year(years)),
    }


def _by_voice(cells: Iterable[FieldCell], group: str = "") -> Cells:
    found: dict[VoiceName, list[FieldCell]] = {voice: [] for voice in VOICES}
    for cell in cells:
        if not group or cell.group == group:
            found[cell.voice].append(cell)
    return found


def _by_year(cells: Sequence[YearCell]) -> Mapping[str, Sequence[FieldCell]]:
    """Oldest first, as they come."""
    found: dict[str, list[FieldCell]] = {}
    for one in cells:
        found.setdefault(str(one.year), []).append(one.cell)
    return found


def _table(heading: Message, rows: Mapping[str, Sequence[FieldCell]]) -> Table | None:
    """One row a group or year, one column a voice."""
    if not rows:
        return None
    columns = (Column(heading, numeric=False), *(Column(words, numeric=False) for words in VOICES.values()))
    made = (Row(name, tuple(map(_cell, _by_voice(cells).values()))) for name, cells in rows.items())
    return Table(COUNTED, columns, tuple(made))


def _cell(cells: Sequence[FieldCell]) -> Message:
    counted = participation(cells)
    if counted:
        values: Mapping[str, int | Message] = {"services": counted.services, "organisations": counted.organisations}
        return Message("{services} services, {organisations} organisations", values)
    refused = next((cell for cell in cells if cell.peers.reason), None)
    return hidden_words(hidden(refused.peers)) if refused else NOBODY
