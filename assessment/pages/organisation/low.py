"""Which statements hold many services back: a matter for the system, not for one team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

from flask_babel import gettext as _

from assessment.disclosure.aggregate import LEAST_SERVICES
from assessment.pages.definitions import library
from assessment.pages.organisation.released import Released, counts_of_statements
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.practice import Practice
from assessment.scoring.bands import LOW_SHARE
from assessment.scoring.response import VoiceName
from assessment.store.alone import asked_as
from assessment.store.queries.organisation_view import Among, StatementCount

MANY: Final = Fraction(1, 3)  # of the services whose answer may be shown


@dataclass(frozen=True, slots=True)
class LowStatement:
    """One statement that many services are low on; never which."""

    id: str
    text: str
    low: int
    shown: int


@dataclass(frozen=True, slots=True)
class LowPrinciple:
    """The statements of one principle that hold many back, in the questionnaire's order; a story that could help."""

    id: str
    name: str
    statements: tuple[LowStatement, ...]
    practice: Practice | None


@dataclass(frozen=True, slots=True)
class HeldBack:
    """``considered`` statements could be spoken of: 3 services or more have an answer to them that may be shown."""

    principles: tuple[LowPrinciple, ...]
    considered: int
    low_words: str

    @property
    def statements(self) -> int:
        return sum(len(one.statements) for one in self.principles)


def held_back(released: Released, among: Among) -> HeldBack:
    """The statements on which at least a third of these services, and at least 3 of them, are low."""
    asked = released.definition
    counts = counts_of_statements(released, LOW_SHARE * asked.top * 10, among)
    by_statement = {one.statement: one for one in counts if one.shown >= LEAST_SERVICES}
    found = (_principle(asked, p.id, p.name, by_statement, released.voice, among.sector) for p in asked.principles)
    return HeldBack(tuple(one for one in found if one), len(by_statement), _low_words(asked, released.voice))


def is_many(count: StatementCount) -> bool:
    return count.low >= max(LEAST_SERVICES, ceil(MANY * count.shown))


def _principle(
    asked: Definition, id: str, name: str, counts: dict[str, StatementCount], voice: VoiceName, sector: str
) -> LowPrinciple | None:
    statements = [s for s in asked.statements if s.principle == id and s.id in counts and is_many(counts[s.id])]
    if not statements:
        return None
    low = tuple(LowStatement(s.id, asked_as(voice, s), counts[s.id].low, counts[s.id].shown) for s in statements)
    return LowPrinciple(id, name, low, next(iter(library().for_principle(id, sector)), None))


def _low_words(asked: Definition, voice: VoiceName) -> str:
    """What "low" means, in the words of the scale."""
    if voice != "together":
        most = f"{LOW_SHARE * asked.top:.1f}"
        return _("their answers are on average below %(most)s on the scale from 0 to %(top)d", most=most, top=asked.top)
    names = [f"“{level.name}”" for level in asked.scale if level.value < LOW_SHARE * asked.top]
    return _("they agreed on %(levels)s", levels=_or(names))


def _or(names: Sequence[str]) -> str:
    *firsts, last = names
    return _("%(firsts)s or %(last)s", firsts=", ".join(firsts), last=last) if firsts else last
