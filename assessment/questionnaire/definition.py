"""A questionnaire as frozen values: what is asked, in one language of one version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Form = Literal["full", "short"]


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the scale: ``value`` 0 .. top, its name and what it means."""

    value: int
    name: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class PeopleWording:
    """A statement and its levels in plain words, for people who use the service."""

    text: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one principle, with one description a level (index = level)."""

    id: str
    text: str
    levels: tuple[str, ...]
    principle: str
    aspect: str = ""
    short: bool = False
    also: tuple[str, ...] = ()
    help: str = ""
    evidence: str = ""
    next_steps: tuple[str, ...] = ()  # index = the level one is at now; one fewer than levels
    people: PeopleWording | None = None


@dataclass(frozen=True, slots=True)
class Principle:
    id: str
    code: str
    name: str
    statements: tuple[Statement, ...]
    tagline: str = ""
    definition: str = ""
    why_it_matters: str = ""
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A word used in the levels and what it means here."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """An answer that is not a level: ``not-applicable``, ``dont-know`` or ``prefer-not-to-say``."""

    id: str
    text: str
    people_text: str = ""
    asks_reason: bool = False
    reason_prompt: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed list: an aspect, or an answer to a safeguard."""

    id: str
    text: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Safeguard:
    """An unscored check for harm; ``concern_if`` is the answer that raises a concern."""

    id: str
    question: str
    answers: tuple[str, ...]
    concern_if: str
    title: str = ""
    why: str = ""
    note_prompt: str = ""
    if_concern: str = ""


@dataclass(frozen=True, slots=True)
class Reflection:
    id: str
    question: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    id: str
    name: str
    wording: str
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Perspective:
    id: str
    name: str
    voice: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of another framework, with the principles and statements here that come near it."""

    id: str
    name: str
    principles: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Framework:
    id: str
    name: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Ways from this questionnaire to other frameworks: a reading, never a claim to meet their standard."""

    frameworks: tuple[Framework, ...]
    status: str = ""
    how_to_use: str = ""


@dataclass(frozen=True)
class Definition:
    """One version of one questionnaire in one language; equal content means equal ``hash``."""

    id: str
    version: str
    language: str
    title: str
    scale: tuple[Level, ...]
    principles: tuple[Principle, ...]
    other_answers: tuple[OtherAnswer, ...]
    hash: str = ""
    summary: str = ""
    modes: Mapping[str, str] | None = None
    credit: str = ""
    overlap_note: str = ""
    scale_rule: str = ""
    people_scale_rule: str = ""
    scale_words: tuple[Word, ...] = ()
    voices: tuple[Voice, ...] = ()
    perspectives: tuple[Perspective, ...] = ()
    aspects: tuple[Choice, ...] = ()
    safeguards_intro: str = ""
    safeguard_answers: tuple[Choice, ...] = ()
    safeguards: tuple[Safeguard, ...] = ()
    reflection_intro: str = ""
    reflection: tuple[Reflection, ...] = ()
    crosswalk: Crosswalk | None = None

    def __hash__(self) -> int:
        return hash((self.id, self.version, self.language, self.hash))

    @property
    def top(self) -> int:
        """The highest level's value."""
        return len(self.scale) - 1

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, in the order of the principles."""
        return tuple(s for p in self.principles for s in p.statements)

    @cached_property
    def by_id(self) -> Mapping[str, Statement]:
        return {s.id: s for s in self.statements}

    @cached_property
    def principle_by_id(self) -> Mapping[str, Principle]:
        return {p.id: p for p in self.principles}

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The forms on offer: *short* only where some, not all, statements are marked."""
        marked = sum(s.short for s in self.statements)
        return ("full", "short") if 0 < marked < len(self.statements) else ("full",)

    def on_form(self, form: Form) -> tuple[Statement, ...]:
        """The statements a form asks, in order."""
        return tuple(s for s in self.statements if form == "full" or s.short)

    @cached_property
    def shared(self) -> tuple[Statement, ...]:
        """The statements every form asks: the ground on which forms and voices are compared."""
        return self.on_form(self.forms[-1])
