"""How often the 95 % interval holds the true mean, by simulation: python -m benchmarks.coverage

A principle's score is the mean of six statements of one person; the truth is the mean of the whole population,
worked out exactly. The goal is 94 % for the shapes that answers take; where nearly all say the same, or half say
one end and half the other, no interval from so few answers can be sure, and those are shown without a goal.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assessment.scoring.interval import interval
from assessment.scoring.moments import Moments

TOP: Final = 4
STATEMENTS: Final = 6
SIZES: Final = (3, 5, 8, 12, 20, 40)
TIMES: Final = 4_000
GOAL: Final = 0.94


@dataclass(frozen=True, slots=True)
class Shape:
    """Who there is: each kind of person with its share; ``leaning`` of 0 .. 1 is their mean as a share of the top."""

    name: str
    people: tuple[tuple[float, float], ...]  # (share, leaning)
    whole: bool = False  # answers every statement alike: all at the top or all at the bottom
    has_goal: bool = True

    @property
    def mean(self) -> float:
        return TOP * sum(share * leaning for share, leaning in self.people)

    def score(self, drawn: random.Random) -> Fraction:
        shares, leanings = zip(*self.people, strict=True)
        leaning: float = drawn.choices(leanings, shares)[0]
        if self.whole:
            return Fraction(TOP if leaning else 0)
        steps = sum(drawn.random() < leaning for _ in range(TOP * STATEMENTS))
        return Fraction(steps, STATEMENTS)


def spread(middle: float, by: float) -> tuple[tuple[float, float], ...]:
    """Persons who lean a little to either side of the middle."""
    return tuple((0.2, middle + by * step) for step in (-2, -1, 0, 1, 2))


SHAPES: Final = (
    Shape("centre", spread(0.5, 0.12)),
    Shape("floor", spread(0.12, 0.05)),
    Shape("ceiling", spread(0.88, 0.05)),
    Shape("latent-polarised", ((0.5, 0.2), (0.5, 0.8))),
    Shape("half 0, half 4", ((0.5, 0.0), (0.5, 1.0)), whole=True, has_goal=False),
    Shape("5 % dissent", ((0.95, 1.0), (0.05, 0.0)), whole=True, has_goal=False),
    Shape("10 % dissent", ((0.90, 1.0), (0.10, 0.0)), whole=True, has_goal=False),
)


def covered(shape: Shape, size: int, drawn: random.Random) -> float:
    held = 0
    for _ in range(TIMES):
        moments = Moments()
        for _person in range(size):
            moments = moments.add(shape.score(drawn))
        found = interval(moments, TOP)
        held += found is not None and found[0] <= shape.mean + 1e-9 and shape.mean - 1e-9 <= found[1]
    return held / TIMES


def main() -> None:
    print(f"Share of 95 % intervals that hold the true mean, {TIMES:,} samples each; goal {GOAL:.0%}")
    print(f"{'shape':<18}" + "".join(f"{f'n = {size}':>9}" for size in SIZES))
    for shape in SHAPES:
        drawn = random.Random(36)
        shares = [covered(shape, size, drawn) for size in SIZES]
        verdict = "" if not shape.has_goal else "reached" if min(shares) >= GOAL else "missed"
        print(f"{shape.name:<18}" + "".join(f"{share:>9.1%}" for share in shares) + f"  {verdict or 'no goal'}")


if __name__ == "__main__":
    main()
