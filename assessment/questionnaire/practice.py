"""The practice library: short examples to learn from, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from assessment.questionnaire.checker import content_of
from assessment.questionnaire.dimensions import Dimensions
from assessment.questionnaire.fault import DefinitionError, Fault, quote
from assessment.questionnaire.language import ID, LANGUAGE, LONG, NAME, TEXT, VERSION
from assessment.questionnaire.notes import Notes
from assessment.questionnaire.plain import from_plain
from assessment.questionnaire.references import Content, check_unique, each
from assessment.questionnaire.shape import ListOf, Maybe, Number, Record, Token


@dataclass(frozen=True, slots=True)
class PracticeSource:
    """Where an example was found; ``year`` is None where the source has no date."""

    title: str
    address: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Practice:
    """One example. ``sector`` is its own description; ``principles`` are ids of questionnaires."""

    id: str
    name: str
    sector: str
    principles: tuple[str, ...]
    what: str
    source: PracticeSource
    caution: str = ""


@dataclass(frozen=True)
class PracticeLibrary:
    """Every example, and through ``dimensions`` the sectors that each fits."""

    title: str
    note: str
    practices: tuple[Practice, ...]
    dimensions: Dimensions

    def for_principle(self, principle_id: str, sector_id: str = "") -> tuple[Practice, ...]:
        """The examples of a principle: those that fit the sector first, else in the library's order."""
        sector = self.dimensions.sector_by_id.get(sector_id)
        fitting = sector.practices if sector else ()
        found = (practice for practice in self.practices if principle_id in practice.principles)
        return tuple(sorted(found, key=lambda practice: practice.id not in fitting))


ADDRESS: Final = Token(r"https?://[!-~]{4,500}", "an address that begins with https:// or http://")
SOURCE: Final = Record("a source", {"title": TEXT, "address": ADDRESS}, {"year": Maybe(Number(2999))})
ENTRY: Final = Record(
    "an entry",
    {
        "id": ID,
        "name": NAME,
        "sector": NAME,
        "principles": ListOf(ID, "principle", 1, 12),
        "what": LONG,
        "source": SOURCE,
    },
    {"caution": TEXT},
)
LIBRARY: Final = Record(
    "a practice library",
    {"id": ID, "version": VERSION, "language": LANGUAGE, "title": NAME, "entries": ListOf(ENTRY, "entry", 1, 500)},
    {"note": LONG},
)


def load_library(text: str | bytes, name: str, dimensions: Dimensions) -> PracticeLibrary:
    """Read the YAML of the practice library. ``name`` is what faults call the file. Raises DefinitionError."""
    content = content_of(text, name, LIBRARY, check_library)
    practices = cast(tuple[Practice, ...], from_plain(tuple[Practice, ...], content["entries"]))
    _check_sectors(dimensions, {practice.id for practice in practices}, name)
    return PracticeLibrary(content["title"], content.get("note", ""), practices, dimensions)


def check_library(content: Content, notes: Notes) -> None:
    """Note every id that is used twice."""
    check_unique(notes, "id", each(content, "entries", "id"))
    for path, entry in each(content, "entries"):
        check_unique(notes, "principle", each(entry, "principles", path=path))


def _check_sectors(dimensions: Dimensions, known: set[str], name: str) -> None:
    strange = [(sector, id) for sector in dimensions.sectors for id in sector.practices if id not in known]
    if strange:
        cure = "add the entry here or take it out of the dimensions"
        raise DefinitionError(
            Fault(name, 1, 1, f"no entry {quote(id)}, which the sector {quote(sector.id)} names; {cure}")
            for sector, id in strange
        )
