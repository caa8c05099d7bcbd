"""What the attacker finds, with all rules on and with each one off: python -m benchmarks.attack

It says what was attacked, what that took and what was found; it judges nothing, and it leaves no trace.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from fractions import Fraction
from functools import partial
from typing import Any, Final
from unittest.mock import patch

from assessment.disclosure import benchmark, people, snapshot, thresholds
from assessment.disclosure import release_apart as room
from assessment.disclosure.attack import Gate
from assessment.disclosure.benchmark import LARGEST_SHARE, Cell
from benchmarks.table import table
from tests.attack.bars import published, told
from tests.attack.campaign import Tally, campaign
from tests.attack.networks import chance_of
from tests.attack.order import Pinned, narrowest, points, services
from tests.attack.rounding import Case, learnt, left
from tests.attack.rounds import RoundsTally, attacked_rounds

AT_ONCE: Final = 20
FIELDS: Final = 40
FORMS: Final = ((2, "short"), (6, "full"))


class OpenGate(Gate):
    def choose(self, candidates: Sequence[Cell]) -> tuple[bool, ...]:
        return (True,) * len(candidates)


Off = Callable[[], Any]
SERVICES: Final[Mapping[str, Sequence[Off]]] = {
    "all rules on": (),
    "the gate (B5) off": (partial(patch.object, snapshot, "Gate", OpenGate),),
    "carrying over (B4) off": (partial(patch.object, snapshot, "carry_over", lambda *_cells: False),),
    "the gate and carrying over off": (
        partial(patch.object, snapshot, "Gate", OpenGate),
        partial(patch.object, snapshot, "carry_over", lambda *_cells: False),
    ),
    "the third (B1) off": (partial(patch.object, benchmark, "LARGEST_SHARE", Fraction(1)),),
    "ten services (B1) off": (partial(patch.object, benchmark, "LEAST_SERVICES", 1),),
    "four organisations (B1) off": (partial(patch.object, benchmark, "LEAST_ORGANISATIONS", 1),),
}
PEOPLE: Final[Mapping[str, tuple[Sequence[Off], bool]]] = {
    "all rules on": ((), True),
    "once only (P4) off": ((), False),
    "k off": (
        (partial(patch.object, thresholds, "K", 2), partial(patch.object, people.few_follow, "__defaults__", (1,))),
        True,
    ),
    "k10 off": ((partial(patch.object, thresholds, "K10", thresholds.K),), True),
    "figures beside each other off": ((partial(patch.object, room, "withheld", lambda *_given: frozenset()),), True),
}
P5: Final[Mapping[str, Sequence[Off]]] = {
    "with P5": (),
    "without": (partial(patch.object, room, "FEW", 0),),
}


def switched(off: Sequence[Off], work: Callable[..., Any], *given: Any) -> Any:
    with ExitStack() as stack:
        for one in off:
            stack.enter_context(one())
        return work(*given)


def of_services(rule: str, start: int, networks: int) -> Tally:
    found: Tally = switched(SERVICES[rule], campaign, range(start, min(start + AT_ONCE, networks)))
    return found


def of_people(rule: str, rounds: int) -> RoundsTally:
    off, once = PEOPLE[rule]
    found: RoundsTally = switched(off, attacked_rounds, range(rounds), once)
    return found


def services_table(pool: ProcessPoolExecutor, networks: int, with_rules_off: int) -> str:
    looked_at = ("networks", "snapshots", "cells", "carried", "matched", "systems")
    found_of_them = ("few", "left", "pooled", "watched", "in networks")
    found = {
        rule: [pool.submit(of_services, rule, start, many) for start in range(0, many, AT_ONCE)]
        for rule in SERVICES
        for many in (with_rules_off if SERVICES[rule] else networks,)
    }
    rows, moved = [], 0
    for rule, parts in found.items():
        t = sum((part.result() for part in parts), Tally())
        moved = moved or t.taken_over
        figures = (
            t.snapshots,
            t.cells,
            t.repeated,
            t.matched,
            t.systems,
            t.few,
            t.left,
            t.pooled,
            t.watched,
            t.leaking,
        )
        rows.append((rule, *(f"{figure:,}" for figure in figures)))
    note = f"\n  With all rules on, {moved} organisations learn of old figures from services they took over."
    return (
        table("Services: made-up networks and their histories, both voices", ("", *looked_at, *found_of_them), rows)
        + note
    )


def people_table(pool: ProcessPoolExecutor, rounds: int, with_rules_off: int) -> str:
    numbers = {rule: rounds if rule == "all rules on" else with_rules_off for rule in PEOPLE}
    found = {rule: pool.submit(of_people, rule, number) for rule, number in numbers.items()}
    rows = []
    for rule, part in found.items():
        t = part.result()
        rows.append((rule, f"{t.rounds:,}", f"{t.figures:,}", f"{t.few:,}", f"{t.counted:,}"))
    heads = ("", "rounds", "figures shown", "in rounds: few follow", "four who pool read the rest")
    return table("People: made-up rounds held apart", heads, rows)


def rounding_table() -> str:
    """In how many ways so few may have answered, given all that is shown of one score."""
    rows = []
    for statements, form in FORMS:
        for n in range(5, 10):
            for voice, shown in (("staff", "figure"), ("people", "word")):
                if statements == 2 or n < 8:
                    ways = [switched(off, left, Case(voice, n, statements)) for off in P5.values()]  # type: ignore[arg-type]
                    figures = (figure for one in ways for figure in (one.least, one.middle))
                    rows.append((f"{form}, {n} people, {shown}", *(f"{figure:,}" for figure in figures)))
    return table("Rounding: ways to answer that remain", ("", "least", "middle", "P5 off: least", "middle"), rows)


def pooling_table() -> str:
    rows = []
    for n in range(5, 10):
        for pooling in (3, 4):
            for voice, shown in (("staff", "figure"), ("people", "word")):
                found = learnt(Case(voice, n, 2), pooling)  # type: ignore[arg-type]
                figures = (f"{found.least:,}", f"{found.middle:,}", f"{found.narrowest:.1f}", f"{found.width:.1f}")
                rows.append((f"{pooling} of {n} pool, {shown}", *figures))
    heads = ("", "ways, least", "middle", "levels, narrowest", "middle")
    return table("Rounding: what is left of the others (short form) to people who pool their answers", heads, rows)


def order_table() -> str:
    """How narrow the worst insider, who knows a third, can pin one other service: over made-up fields of each size."""
    rows = []
    for n in (10, 12, 15, 18, 19, 20):
        found = [narrowest(services(chance_of(seed), n), int(n * LARGEST_SHARE)) for seed in range(FIELDS)]
        rows.append((f"{n} services", str(int(n * LARGEST_SHARE)), *_widths(found), _shown(n)))
    heads = ("", "known", "narrowest", "middle", "nothing learnt", "points shown")
    return table(f"Points: levels within which one other service is pinned, {FIELDS} fields each", heads, rows)


def _widths(found: Sequence[Pinned]) -> Iterator[str]:
    widths = sorted(one.width for one in found)
    yield f"{widths[0] / 10:.1f}"
    yield f"{widths[len(widths) // 2] / 10:.1f}"
    yield f"{sum(width == 40 for width in widths)} of {len(widths)}"


def _shown(n: int) -> str:
    return str(len(points([20] * n)))


def bars_table(networks: int) -> str:
    exact = (partial(patch.object, benchmark, "ROUNDED_TO", 1), partial(patch.object, benchmark, "LEAST_IN_BIN", 1))
    rows = []
    for name, off in (("as they are", ()), ("exact and of any size", exact)):
        total = {"few": 0, "solved": 0, "told an outsider": 0, "told an insider": 0}
        for seed in range(networks):
            found = switched(off, told, published(seed))
            total = {key: total[key] + found[key] for key in total}
        rows.append((name, *(f"{figure:,}" for figure in total.values())))
    heads = ("", "groups of a few", "bounds found", "exact, outsider", "exact, insider")
    return table(f"Bars of histograms, {networks} networks", heads, rows)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attack", description=__doc__)
    parser.add_argument("--networks", type=int, default=1000, help="how many networks, and rounds held apart (1000)")
    parser.add_argument("--off", type=int, default=200, help="how many with each rule switched off (200)")
    parser.add_argument("--bars", type=int, default=12, help="how many networks for the bars of histograms (12)")
    return parser.parse_args()


def main() -> None:
    asked, started = _arguments(), time.monotonic()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        bars = pool.submit(bars_table, asked.bars)
        others = [pool.submit(work) for work in (rounding_table, pooling_table, order_table)]
        print(services_table(pool, asked.networks, asked.off), end="\n\n", flush=True)
        print(people_table(pool, asked.networks, asked.off), end="\n\n", flush=True)
        print(*(other.result() for other in (*others, bars)), sep="\n\n", end="\n\n")
    print(f"{time.monotonic() - started:.0f} s on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
