"""What demo teams answer: a latent model of organisation, sector, service, principle, statement and year.

Everything is in levels of a scale 0 .. 4 and is stretched to other scales. A level is its latent value
with noise, rounded and kept on the scale. The same seed and names give the same answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Final

from assessment.commands.demo.chance import chance
from assessment.commands.demo.notes import DISSENT, EVIDENCE, NOT_APPLICABLE_HERE
from assessment.questionnaire.answer import DONT_KNOW, NOT_APPLICABLE, PREFER_NOT_TO_SAY
from assessment.questionnaire.definition import Definition, Form, Safeguard, Statement
from assessment.store.records import Answered

MIDDLE: Final = 2.0
PRINCIPLES: Final = (0.3, 0.0, -0.35, -0.45, 0.15, -0.15)
BETWEEN_ORGANISATIONS: Final = 0.28
BETWEEN_SECTORS: Final = 0.2
SECTOR_STRENGTHS: Final = 0.25
BETWEEN_SERVICES: Final = 0.42
BETWEEN_PRINCIPLES: Final = 0.38
BETWEEN_STATEMENTS: Final = 0.25
NOISE: Final = 0.5
GROWTH: Final = 0.12
SCALE: Final = 4

_OTHERS: Final = ((NOT_APPLICABLE, 0.025), (DONT_KNOW, 0.03), (PREFER_NOT_TO_SAY, 0.004), ("", 0.015))
_CONCERN: Final = 0.04
_NOT_SURE: Final = 0.1
_EVIDENCE: Final = 0.05
_DISSENT: Final = 0.015


@dataclass(frozen=True, slots=True)
class Leaning:
    """Where a service stands: its distance from the middle on each principle, in the questionnaire's order."""

    principles: tuple[float, ...]


@dataclass(frozen=True)
class Model:
    """The questionnaire as demo teams see it: which statements and sectors find it easier."""

    asked: Definition
    seed: int

    @cached_property
    def _easiness(self) -> Mapping[str, float]:
        """How far above or below the middle each statement is, its principle included."""
        return {
            s.id: PRINCIPLES[self._place[s.id] % len(PRINCIPLES)]
            + chance(self.seed, "statement", s.id).gauss(0, BETWEEN_STATEMENTS)
            for s in self.asked.statements
        }

    @cached_property
    def _place(self) -> Mapping[str, int]:
        """Which of the principles each statement belongs to."""
        return {s.id: index for index, principle in enumerate(self.asked.principles) for s in principle.statements}

    def leaning(self, organisation: float, sector: str, drawn: Random) -> Leaning:
        """A service of this sector, in an organisation that leans so far from the middle."""
        usual = chance(self.seed, "sector", sector)
        everywhere = organisation + usual.gauss(0, BETWEEN_SECTORS) + drawn.gauss(0, BETWEEN_SERVICES)
        return Leaning(
            tuple(
                everywhere + usual.gauss(0, SECTOR_STRENGTHS) + drawn.gauss(0, BETWEEN_PRINCIPLES)
                for _ in self.asked.principles
            )
        )

    def answers(self, leaning: Leaning, form: Form, years_ago: float, drawn: Random) -> tuple[Answered, ...]:
        """What the team answers to every statement of the form and to the checks for harm; blanks are left out."""
        asked = self.asked.on_form(form)
        statements = (self._statement(statement, leaning, years_ago, drawn) for statement in asked)
        safeguards = (_safeguard(safeguard, drawn) for safeguard in self.asked.safeguards)
        return tuple(answer for answer in (*statements, *safeguards) if answer.value)

    def _statement(self, statement: Statement, leaning: Leaning, years_ago: float, drawn: Random) -> Answered:
        other = _other(drawn)
        if other is None:
            latent = MIDDLE + self._easiness[statement.id] + leaning.principles[self._place[statement.id]]
            value = str(self._level(latent - GROWTH * years_ago + drawn.gauss(0, NOISE)))
            evidence, dissent = _notes(drawn)
            return Answered(statement.id, value, "", evidence, dissent, version=1)
        reason = drawn.choice(NOT_APPLICABLE_HERE) if other == NOT_APPLICABLE else ""
        return Answered(statement.id, other, reason, version=1)

    def _level(self, latent: float) -> int:
        top = self.asked.top
        return min(max(round(latent * top / SCALE), 0), top)


def organisation_leaning(drawn: Random) -> float:
    """How far an organisation as a whole is from the middle."""
    return drawn.gauss(0, BETWEEN_ORGANISATIONS)


def first_half(answers: Sequence[Answered]) -> tuple[Answered, ...]:
    """What stands in the draft of a team that is half-way through."""
    return tuple(answers[: len(answers) // 2])


def _other(drawn: Random) -> str | None:
    """An answer that is not a level, "" for none at all; None for a level."""
    at = drawn.random()
    for answer, share in _OTHERS:
        if at < share:
            return answer
        at -= share
    return None


def _notes(drawn: Random) -> tuple[str, str]:
    """What they could point to, and what someone saw differently."""
    evidence = drawn.choice(EVIDENCE) if drawn.random() < _EVIDENCE else ""
    return evidence, drawn.choice(DISSENT) if drawn.random() < _DISSENT else ""


def _safeguard(safeguard: Safeguard, drawn: Random) -> Answered:
    at = drawn.random()
    if at < _CONCERN:
        return Answered(safeguard.id, safeguard.concern_if, version=1)
    calm = [answer for answer in safeguard.answers if answer != safeguard.concern_if]
    return Answered(safeguard.id, calm[-1] if at < _CONCERN + _NOT_SURE else calm[0], version=1)
