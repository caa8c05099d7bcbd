"""What a visitor may choose to see of the field: whose voice, over which statements, principle, and groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import gettext as _

from assessment.pages.definitions import MAIN, dimensions
from assessment.pages.words import say
from assessment.questionnaire.definition import Definition, Principle
from assessment.questionnaire.dimensions import Option
from assessment.questionnaire.message import Message
from assessment.scoring.response import VoiceName
from assessment.store.names import name_key
from assessment.store.records import FieldCell

By = str
OTHER: Final = "other"  # the entry of a closed list for what is not in it
IN_NATION: Final = "sector-nation"
LABELS: Final[Mapping[By, Message]] = {
    "sector": Message("Sector"),
    "nation": Message("Nation"),
    "region": Message("Region"),
    "kind": Message("Kind of organisation"),
    "size": Message("Size of organisation"),
}
VOICES: Final[Mapping[VoiceName, Message]] = {
    "together": Message("Agreed together"),
    "staff": Message("Staff and partners, each alone"),
    "people": Message("People who use services, each alone"),
}
LEADS: Final[Mapping[VoiceName, Message]] = {
    "together": Message("What services agreed together: people who use a service and those who run it, in one room."),
    "staff": Message("What staff and partners of services said, each alone."),
    "people": Message("What people who use services said, each alone."),
}


@dataclass(frozen=True, slots=True)
class Edition:
    """What figures may be set side by side: one questionnaire version, one voice, over the same statements."""

    questionnaire: tuple[str, str]
    basis: str
    voice: VoiceName


@dataclass(frozen=True, slots=True)
class Chooser:
    """One thing to choose: its name in the address, its label, and the options as (id, words)."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


def editions(cells: Iterable[FieldCell]) -> tuple[Edition, ...]:
    """Every edition that was published: the main questionnaire first, newest versions first, shared before full."""
    found = {Edition(cell.questionnaire, cell.basis, cell.voice) for cell in cells}
    newest_first = sorted(found, key=lambda one: one.questionnaire, reverse=True)
    first = tuple(VOICES)
    return tuple(
        sorted(
            newest_first, key=lambda one: (one.questionnaire[0] != MAIN, first.index(one.voice), one.basis == "full")
        )
    )


def chosen_edition(offered: Sequence[Edition], wanted: Mapping[str, str]) -> Edition:
    """What comes nearest to what is wanted: first the questionnaire, then the voice, then the statements."""
    left = _that(offered, [one for one in offered if ":".join(one.questionnaire) == wanted.get("questionnaire")])
    left = [one for one in left if one.questionnaire == left[0].questionnaire]
    left = _that(left, [one for one in left if one.voice == wanted.get("voice")])
    left = [one for one in left if one.voice == left[0].voice]
    return _that(left, [one for one in left if one.basis == wanted.get("basis")])[0]


def _that(otherwise: Sequence[Edition], wanted: Sequence[Edition]) -> Sequence[Edition]:
    return wanted or otherwise


def edition_choosers(offered: Sequence[Edition], edition: Edition, definition: Definition) -> Iterator[Chooser]:
    """What there is to choose between; where there is one thing only, nothing is asked."""
    same = [one for one in offered if one.questionnaire == edition.questionnaire]
    bases = [one.basis for one in same if one.voice == edition.voice]
    voices = list(dict.fromkeys(one.voice for one in same))
    sheets = list(dict.fromkeys(one.questionnaire for one in offered))
    names = {"shared": _("%(count)d, on every form", count=len(definition.shared))}
    names["full"] = _("%(count)d, on full forms", count=len(definition.statements))
    if len(voices) > 1:
        yield Chooser("voice", _("Whose account"), [(voice, say(VOICES[voice])) for voice in voices], edition.voice)
    if len(bases) > 1:
        yield Chooser("basis", _("Statements"), [(basis, names[basis]) for basis in bases], edition.basis)
    if len(sheets) > 1:
        options = [(":".join(sheet), " ".join(sheet)) for sheet in sheets]
        yield Chooser("questionnaire", _("Questionnaire"), options, ":".join(edition.questionnaire))


def chosen_principle(definition: Definition, wanted: str) -> Principle:
    return definition.principle_by_id.get(wanted, definition.principles[0])


def bys() -> list[tuple[By, str]]:
    """Groups of what kind there are: one dimension, or the sectors of one nation."""
    whole = [(by, say(label)) for by, label in LABELS.items()]
    nations = [
        (f"{IN_NATION}:{nation.id}", _("Sector, in %(nation)s", nation=nation.name)) for nation in dimensions().nations
    ]
    return [*whole, *nations]


def chosen_by(wanted: str) -> By:
    return wanted if wanted in dict(bys()) else "sector"


def by_words(by: By) -> Message:
    """The kind of group, as a column is headed."""
    return LABELS["sector" if by.startswith(IN_NATION) else by]


def groups_by(by: By) -> tuple[tuple[str, str], ...]:
    """The peer groups of a kind, as (group, name): A to Z with "another" last, but sizes from small to large."""
    known = dimensions()
    if by.startswith(IN_NATION):
        nation = by.partition(":")[2]
        return tuple((f"{IN_NATION}:{one.id}:{nation}", one.name) for one in sorted(known.sectors, key=_a_to_z))
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
