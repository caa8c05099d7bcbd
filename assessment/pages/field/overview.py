"""The field at a glance: the whole network on every principle, for anyone to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assessment.charts.field import field
from assessment.charts.picture import Picture
from assessment.disclosure.benchmark import organisations_words
from assessment.disclosure.shown import value_of
from assessment.pages.field.blueprint import blueprint
from assessment.pages.field.groups import lane
from assessment.pages.field.sight import Sight, page
from assessment.pages.words import say
from assessment.questionnaire.message import Message
from assessment.scoring.headline import headline
from assessment.store.db import Session
from assessment.store.records import FieldCell

NETWORK: Final = Message("The whole network")


@dataclass(frozen=True, slots=True)
class Participation:
    """Who stands behind the figures, in rounded counts."""

    services: int
    organisations_at_least: int

    @property
    def organisations(self) -> Message:
        return organisations_words(self.organisations_at_least)


@blueprint.get("/")
@page("field/index.html")
def index(_session: Session, sight: Sight) -> dict[str, Any]:
    cells = {cell.principle: cell for cell in sight.network}
    return {
        "title": _title(sight, cells),
        "reason": next((cell.peers.reason for cell in sight.network if cell.peers.reason), None),
        "participation": participation(sight.network),
        "picture": network_picture(sight),
    }


def _title(sight: Sight, cells: Mapping[str, FieldCell]) -> Message:
    scores = {p.name: _median(cells.get(p.id)) for p in sight.definition.principles}
    if all(score is None for score in scores.values()):
        return Message("What co-production looks like across the field")
    return Message("Across the field: {said}", {"said": _within(headline(scores))})


def _within(said: Message) -> Message:
    """A headline as it goes on after a colon."""
    return Message(said.text[:1].lower() + said.text[1:], said.values)


def _median(cell: FieldCell | None) -> float | None:
    peers = cell.peers.peers if cell else None
    return value_of(peers.median) if peers else None


def participation(cells: Sequence[FieldCell]) -> Participation | None:
    """The counts of the principle that most services have: none of the others is above them."""
    counted = [cell.peers for cell in cells if cell.peers.peers]
    if not counted:
        return None
    most = max(counted, key=lambda peers: peers.services)
    return Participation(most.services, most.organisations)


def network_picture(sight: Sight) -> Picture | None:
    """None where nothing of the whole network is published."""
    cells = {cell.principle: cell for cell in sight.network}
    if not any(cell.peers.peers for cell in sight.network):
        return None
    found = [(p.name, cells[p.id]) for p in sight.definition.principles if p.id in cells]
    lanes = [lane(name, cell, sight.snapshot.as_of) for name, cell in found]
    return field(say(NETWORK), lanes, sight.definition.scale, dimension=Message("Principle"), translate=say)
