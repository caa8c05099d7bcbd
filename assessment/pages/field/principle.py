"""One principle: how all services spread, group by group, and how one group spreads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import request
from flask_babel import gettext as _

from assessment.charts.field import field
from assessment.charts.histogram import histogram
from assessment.charts.picture import Picture
from assessment.disclosure.shown import Peers, Shown
from assessment.pages.field.blueprint import blueprint
from assessment.pages.field.choice import By, Chooser, by_words, bys, chosen_by, chosen_principle, groups_by
from assessment.pages.field.groups import figures, has_hidden, lane
from assessment.pages.field.sight import Sight, page
from assessment.pages.words import day, say
from assessment.questionnaire.definition import Principle
from assessment.questionnaire.message import Message
from assessment.store.db import Session
from assessment.store.queries.field_view import group_cells
from assessment.store.records import FieldCell

WHOLE: Final = Message("the whole network")
BARS: Final = Message(
    "Each bar is half a level wide, or wider where few services were taken together: its area is the number of "
    "services, which stands above it, counted down to fives. The dark line is the median."
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is seen of one principle: the groups of one kind that any service is in, and one of them or none."""

    principles: Sequence[Principle]
    principle: Principle
    by: By
    groups: Sequence[tuple[str, str, FieldCell]]
    group: tuple[str, FieldCell] | None

    @property
    def choosers(self) -> tuple[Chooser, ...]:
        """Which principle is above all, and groups of what kind; which group is asked below them."""
        options = [(one.id, one.name) for one in self.principles]
        return (
            Chooser("principle", _("Principle"), options, self.principle.id),
            Chooser("by", _("Groups by"), bys(), self.by),
        )

    @property
    def group_chooser(self) -> Chooser:
        options = [(group, name) for group, name, _cell in self.groups]
        return Chooser("group", _("Show how one group spreads"), options, self.group[1].group if self.group else "")

    @property
    def kept(self) -> Mapping[str, str]:
        """What was chosen here, for the address of one group."""
        return {"principle": self.principle.id, "by": self.by}


@dataclass(frozen=True, slots=True)
class Spread:
    """How the services of one group spread; ``carried`` says where its figures are older than the snapshot."""

    picture: Picture
    carried: str

    @property
    def has_bars(self) -> bool:
        return bool(self.picture.figure["data"])

    @property
    def notes(self) -> tuple[str, ...]:
        """How to read it."""
        return (*((self.carried,) if self.carried else ()), say(BARS))


@blueprint.get("/principle")
@page("field/principle.html")
def principle(session: Session, sight: Sight) -> dict[str, Any]:
    chosen = chosen_of(session, sight)
    whole = whole_of(sight, chosen.principle)
    groups = groups_picture(sight, chosen)
    return {
        "title": _title(chosen.principle, whole),
        "chosen": chosen,
        "choosers": (*chosen.choosers, *sight.choosers),
        "network": spread(sight, chosen.principle, say(WHOLE), whole) if whole else None,
        "group": spread(sight, chosen.principle, *chosen.group) if chosen.group else None,
        "groups": groups,
        "has_hidden": has_hidden([groups]),
    }


def chosen_of(session: Session, sight: Sight) -> Chosen:
    one = chosen_principle(sight.definition, request.args.get("principle", ""))
    by = chosen_by(request.args.get("by", ""))
    named = groups_by(by)
    found = {
        cell.group: cell
        for cell in group_cells(session, sight.snapshot.id, sight.like(one.id), [group for group, _name in named])
    }
    groups = [(group, name, found[group]) for group, name in named if group in found]
    wanted = request.args.get("group", "")
    group = next(((name, cell) for id, name, cell in groups if id == wanted), None)
    return Chosen(sight.definition.principles, one, by, groups, group)


def _title(principle: Principle, whole: FieldCell | None) -> Message:
    peers = figures(whole) if whole else None
    values: Mapping[str, str] = {"principle": principle.name}
    if not isinstance(peers, Peers) or not isinstance(peers.median, Shown):
        return Message("{principle} across the field", values)
    if not isinstance(peers.lower, Shown) or not isinstance(peers.upper, Shown):
        median = {"median": f"{peers.median.value:.1f}"}
        return Message("{principle}: as many services that took part lie above {median} as below", {**values, **median})
    half = {"lower": f"{peers.lower.value:.1f}", "upper": f"{peers.upper.value:.1f}"}
    return Message("{principle}: half of the services that took part lie from {lower} to {upper}", {**values, **half})


def whole_of(sight: Sight, principle: Principle) -> FieldCell | None:
    """The whole network's figures on this principle."""
    return next((cell for cell in sight.network if cell.principle == principle.id), None)


def spread(sight: Sight, principle: Principle, name: str, cell: FieldCell) -> Spread:
    of = _("%(principle)s, %(group)s", principle=principle.name, group=name)
    older = day(cell.as_of) if cell.as_of and cell.as_of != sight.snapshot.as_of else ""
    carried = _("Carried over from %(day)s: too little has changed since.", day=older) if older else ""
    return Spread(histogram(of, figures(cell), sight.definition.scale, translate=say), carried)


def groups_picture(sight: Sight, chosen: Chosen) -> Picture | None:
    """One lane a group; a group that no service is in has no lane."""
    if not chosen.groups:
        return None
    lanes = [lane(name, cell, sight.snapshot.as_of) for _group, name, cell in chosen.groups]
    words = by_words(chosen.by)
    heading = _("%(principle)s by %(groups)s", principle=chosen.principle.name, groups=say(words).lower())
    return field(heading, lanes, sight.definition.scale, dimension=words, translate=say)
