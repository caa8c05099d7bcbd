"""Answers to profiles: what one voice said over the principles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessment.questionnaire.definition import Definition, Form, Statement
from assessment.scoring.counts import Counts, count_answers
from assessment.scoring.interval import interval
from assessment.scoring.moments import Moments
from assessment.scoring.principle import score_of
from assessment.scoring.response import Response, VoiceName


class ProfileError(ValueError):
    """Responses that may not be put together: different voices, or different forms."""


@dataclass(frozen=True, slots=True)
class PrincipleProfile:
    """One voice on one principle: scores on the scale 0 .. top, and every answer given, counted.

    ``distribution`` counts the answers at each level over all responses, scored or not.
    """

    principle: str
    moments: Moments
    interval: tuple[float, float] | None
    distribution: tuple[int, ...]
    not_applicable: int
    dont_know: int
    prefer_not_to_say: int
    blank: int

    @property
    def n(self) -> int:
        """How many responses have a score for this principle."""
        return self.moments.n

    @property
    def mean(self) -> float | None:
        mean = self.moments.mean
        return None if mean is None else float(mean)


@dataclass(frozen=True, slots=True)
class Profile:
    """One voice in one round, principle by principle in the questionnaire's order."""

    voice: VoiceName
    form: Form
    responses: int
    principles: tuple[PrincipleProfile, ...]


def profile(
    definition: Definition, responses: Iterable[Response], statements: Sequence[Statement] | None = None
) -> Profile:
    """The profile of these responses, over the statements of their form or over ``statements``.

    Raises ProfileError if there are none, or if they mix voices or forms: voices are never averaged.
    """
    given = tuple(responses)
    if len({(response.voice, response.form) for response in given}) != 1:
        raise ProfileError("a profile is of the responses of one voice on one form")
    voice, form = given[0].voice, given[0].form
    asked = definition.on_form(form) if statements is None else statements
    principles = tuple(_principle(definition, p.id, given, asked) for p in definition.principles)
    return Profile(voice, form, len(given), principles)


def _principle(
    definition: Definition, principle: str, responses: Sequence[Response], asked: Sequence[Statement]
) -> PrincipleProfile:
    statements = [statement for statement in asked if statement.principle == principle]
    tally = Counter(count_answers(response.answers, statements) for response in responses)
    return principle_profile(principle, tally, definition.top)


def principle_profile(principle: str, tally: Mapping[Counts, int], top: int) -> PrincipleProfile:
    """The profile of one principle, from how many responses answered it in each way."""
    moments = Moments()
    for counts, times in tally.items():
        scored = score_of(counts)
        moments = moments.add(scored.score, times) if scored else moments
    return PrincipleProfile(
        principle,
        moments,
        interval(moments, top),
        tuple(sum(_at(counts, level) * times for counts, times in tally.items()) for level in range(top + 1)),
        sum(counts.not_applicable * times for counts, times in tally.items()),
        sum(counts.dont_know * times for counts, times in tally.items()),
        sum(counts.prefer_not_to_say * times for counts, times in tally.items()),
        sum(counts.blank * times for counts, times in tally.items()),
    )


def _at(counts: Counts, level: int) -> int:
    return counts.levels[level] if level < len(counts.levels) else 0
