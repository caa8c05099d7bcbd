"""Which figures of one voice may stand beside each other: none of fewer than 5 people may follow from them.

A principle's score and the counts of its statements rest on the same answers, and not always on the same
people: whoever left out one statement is in the score and not in that statement's count. So the score less the
counts may leave the few who left something out. Here every shown figure is taken as an exact total over what
people answered, as if it were known who left out what. A *combination* gives each total a coefficient; it *meets* a
person if something that they answered does not drop out of it. None may meet 1 to 4 people.

Which people a combination meets does not change when it, or a total, is taken several times over. So all is reckoned
in whole numbers, a mean of six levels and one of five both in sixtieths: as exact as fractions, and much faster.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import gcd, lcm
from operator import mul
from typing import Final

from assessment.disclosure.thresholds import K, Thresholds
from assessment.questionnaire.definition import Definition, Form, Statement
from assessment.scoring.principle import enough
from assessment.scoring.response import Response

MOST_FEW: Final = K - 1

Pattern = frozenset[str]
"""The statements to which one person gave a level."""
Total = Mapping[Pattern, Mapping[str, int]]
"""What a person of each pattern adds: so many times their level, by statement."""
Vector = tuple[int, ...]


def withheld(definition: Definition, form: Form, limits: Thresholds, responses: Sequence[Response]) -> frozenset[str]:
    """The measures that would give away fewer than 5 people beside those shown, though enough people answered.

    The scores come first, then what every form asks, then the rest: so it is as little as this order allows.
    """
    found: set[str] = set()
    for principle in definition.principles:
        asked = [s for s in definition.on_form(form) if s.principle == principle.id]
        people = Counter(_pattern(response, asked) for response in responses)
        shown: list[Total] = []
        for measure, total, least in _candidates(principle.id, asked, definition, limits, people):
            if sum(people[one] for one in total) < least:
                continue
            if few_follow([*shown, total], people):
                found.add(measure)
            else:
                shown.append(total)
    return frozenset(found)


def few_follow(totals: Sequence[Total], people: Mapping[Pattern, int], most: int = MOST_FEW) -> bool:
    """Whether some combination of the totals meets 1 to ``most`` people."""
    meetings = [(times, list(_vectors(totals, pattern))) for pattern, times in people.items()]
    everyone = sorted(meetings, key=lambda meeting: -meeting[0])
    left = [tuple(int(at == place) for at in range(len(totals))) for place in range(len(totals))]
    nobody = left
    for _times, vectors in everyone:
        nobody = _cut(nobody, vectors)
    return _few(left, everyone, most, len(nobody))


def score_total(people: Iterable[Pattern], asked: Sequence[Statement]) -> Total:
    """A principle's score over these statements: the mean of a person's levels, where they gave enough.

    Taken so many times over that nobody's mean leaves a fraction.
    """
    ids = {statement.id for statement in asked}
    given = {pattern: pattern & ids for pattern in people}
    least, times = enough(len(ids)), lcm(*range(1, len(ids) + 1))
    return {
        pattern: dict.fromkeys(levels, times // len(levels))
        for pattern, levels in given.items()
        if levels and len(levels) >= least
    }


def statement_total(people: Iterable[Pattern], statement: str) -> Total:
    return {pattern: {statement: 1} for pattern in people if statement in pattern}


def _candidates(
    principle: str, asked: Sequence[Statement], definition: Definition, limits: Thresholds, people: Iterable[Pattern]
) -> Iterator[tuple[str, Total, int]]:
    known = list(people)
    shared = [statement for statement in definition.shared if statement.principle == principle]
    yield f"principle/{principle}", score_total(known, asked), limits.k
    yield f"shared/{principle}", score_total(known, shared), limits.k
    for statement in sorted(asked, key=lambda one: one not in shared):
        yield f"statement/{statement.id}", statement_total(known, statement.id), limits.k10


def _pattern(response: Response, asked: Sequence[Statement]) -> Pattern:
    given = ((one.id, response.answers.get(one.id)) for one in asked)
    return frozenset(id for id, answer in given if answer and answer.level is not None)


def _vectors(totals: Sequence[Total], pattern: Pattern) -> Iterator[Vector]:
    """For each statement that they answered, how much of it stands in each total."""
    for statement in sorted(pattern):
        yield tuple(total.get(pattern, {}).get(statement, 0) for total in totals)


def _few(
    left: Sequence[Vector], people: Sequence[tuple[int, Sequence[Vector]]], most: int, nobody: int, at: int = 0
) -> bool:
    """Whether one of the combinations that are left meets somebody, and beyond those passed over at most ``most``.

    ``nobody``: the dimension of those that meet nobody at all.
    """
    if len(left) == nobody:
        return False
    while at < len(people) and not any(_value(y, vector) for y in left for vector in people[at][1]):
        at += 1
    if at == len(people):
        return True
    times, vectors = people[at]
    if times <= most and _few(left, people, most - times, nobody, at + 1):
        return True
    return _few(_cut(left, vectors), people, most, nobody, at + 1)


def _cut(left: Sequence[Vector], vectors: Iterable[Vector]) -> list[Vector]:
    """A basis of the combinations that do not meet a person of these vectors."""
    basis = list(left)
    for vector in vectors:
        values = [_value(y, vector) for y in basis]
        pivot = next((place for place, value in enumerate(values) if value), None)
        if pivot is not None:
            basis = [
                _less(y, values[place], basis[pivot], values[pivot]) for place, y in enumerate(basis) if place != pivot
            ]
    return basis


def _value(combination: Vector, vector: Vector) -> int:
    return sum(map(mul, combination, vector))


def _less(y: Vector, value: int, pivot: Vector, pivot_value: int) -> Vector:
    """The multiple of ``y`` less a multiple of ``pivot`` that drops what has these values."""
    if not value:
        return y
    mixed = [pivot_value * a - value * b for a, b in zip(y, pivot, strict=True)]
    factor = gcd(*mixed)
    return tuple(a // factor for a in mixed)
