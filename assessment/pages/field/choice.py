"""What a visitor may choose to see of the field: statements, principle, and groups of what kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from assessment.pages.definitions import MAIN, dimensions
from assessment.questionnaire.definition import Definition, Principle
from assessment.questionnaire.dimensions import Option
from assessment.questionnaire.message import Message
from assessment.scoring.response import VoiceName
from assessment.store.names import name_key
from assessment.store.records import FieldCell

By = str
OTHER: Final = "other"  # the entry of a closed list for what is not in it
LABELS: Final[Mapping[By, Message]] = {
    "sector": Message("Sector"),
    "nation": Message("Nation"),
    "region": Message("Region"),
    "kind": Message("Kind of organisation"),
    "size": Message("Size of organisation"),
}


@dataclass(frozen=True, slots=True)
class Edition:
    """What figures may be set side by side: one questionnaire version, one voice, over the same statements."""

    questionnaire: tuple[str, str]
    basis: str
    voice: VoiceName

    @property
    def id(self) -> str:
        return ":".join((*self.questionnaire, self.voice, self.basis))


def editions(cells: Iterable[FieldCell]) -> tuple[Edition, ...]:
    """Every edition that was published: the main questionnaire first, shared before full, newest versions first."""
    found = {Edition(cell.questionnaire, cell.basis, cell.voice) for cell in cells}
    newest_first = sorted(found, key=lambda one: one.questionnaire, reverse=True)
    first = ("together", "staff", "people")
    return tuple(
        sorted(
            newest_first, key=lambda one: (one.questionnaire[0] != MAIN, first.index(one.voice), one.basis == "full")
        )
    )


def chosen_edition(offered: Sequence[Edition], wanted: str) -> Edition:
    return next((one for one in offered if one.id == wanted), offered[0])


def chosen_principle(definition: Definition, wanted: str) -> Principle:
    return definition.principle_by_id.get(wanted, definition.principles[0])


def chosen_by(wanted: str) -> By:
    return wanted if wanted in LABELS else "sector"


def edition_name(edition: Edition, definition: Definition, among: Sequence[Edition]) -> str:
    """An edition as the chooser offers it; what all have in common is left unsaid."""
    name = (
        _("All forms: %(count)d statements", count=len(definition.shared))
        if edition.basis == "shared"
        else _("Full forms: %(count)d statements", count=len(definition.statements))
    )
    voices = {"together": _("agreed together"), "staff": _("staff"), "people": _("people")}
    parts = [voices[edition.voice]] if len({one.voice for one in among}) > 1 else []
    parts += [f"{definition.title} {definition.version}"] if len({one.questionnaire for one in among}) > 1 else []
    return ", ".join((name, *parts))


def groups_by(by: By) -> tuple[tuple[str, str], ...]:
    """The peer groups of a dimension, as (group, name): A to Z with "another" last, but sizes from small to large."""
    known = dimensions()
    options: Mapping[By, Sequence[Option]] = {
        "sector": known.sectors,
        "nation": known.nations,
        "region": known.regions,
        "kind": known.kinds,
        "size": known.sizes,
    }
    ordered = options[by] if by == "size" else sorted(options[by], key=_a_to_z)
    return tuple((f"{by}:{option.id}", option.name) for option in ordered)


def _a_to_z(option: Option) -> tuple[bool, str]:
    return option.id == OTHER, name_key(option.name)
