"""What was measured, as plain text tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Final

from benchmarks.serving import Memory, Server
from benchmarks.speed import Pair, Side
from benchmarks.table import kilobytes, met, milliseconds, percent, table
from benchmarks.wire import Wire

FIGURES: Final = ("", "p50", "p95", "p99", "requests/s", "CPU a request", "the client's")
GOAL_START: Final = 2.0
GOAL_MEMORY: Final = 150.0
rate, p50, cpu = (attrgetter(name) for name in ("rate", "p50", "cpu"))


def queries_table(queries: Mapping[str, int]) -> str:
    return table("Queries", ("", "a request"), [(page, str(count)) for page, count in queries.items()])


def wire_table(wires: Mapping[str, Wire]) -> str:
    """Cold: with nothing kept from before. Warm: the files, whose names change with their content, are kept."""
    heads = ("", "cold", "warm", "files")
    rows = [(name, kilobytes(w.cold), kilobytes(w.page), str(len(w.files))) for name, w in wires.items()]
    return table("Bytes on the wire, heads included, with brotli", heads, rows)


def speed_table(pairs: Sequence[Pair]) -> str:
    """CPU is what the workers used a request: it holds still when other programs take the processors' time."""
    heads = (*FIGURES, "of its floor", "CPU of its floor", "goal")
    rows = [row for pair in pairs for row in _page_and_floor(pair)]
    return table("Speed", heads, rows)


def growth_table(pair: Pair) -> str:
    heads = (*FIGURES, "p50 ratio", "CPU ratio")
    ratios = (f"{pair.share_of(p50):.2f}", f"{pair.share_of(cpu):.2f}")
    return table("A large network", heads, [_row(pair.page, *ratios), _row(pair.floor, "1", "1")])


def process_table(servers: Mapping[str, Server]) -> str:
    """RSS counts what workers share once for each of them, PSS divides it among them."""
    heads = ("", "to first answer", "RSS of each worker", "PSS of each worker", "goals")
    return table("Processes, after the load", heads, [_process(*one) for one in servers.items()])


def _process(name: str, server: Server) -> tuple[str, ...]:
    start, workers = server.seconds_to_first_answer, server.memory()
    largest = max((worker.rss for worker in workers), default=0.0)
    ours = f"under {GOAL_START:.0f} s: {met(start < GOAL_START)}; {GOAL_MEMORY:.0f} MB: {met(largest < GOAL_MEMORY)}"
    goals = "" if "floor" in name else ours
    return (name, f"{start:.2f} s", _megabytes(workers, "rss"), _megabytes(workers, "pss"), goals)


def _megabytes(workers: Sequence[Memory], figure: str) -> str:
    return " + ".join(f"{getattr(worker, figure):.0f}" for worker in workers) + " MB"


def _page_and_floor(pair: Pair) -> list[tuple[str, ...]]:
    of_floor = pair.share_of(rate)
    goal = f"{pair.goal:.0%} of its floor: {met(of_floor >= pair.goal)}" if pair.goal else ""
    shares = (percent(of_floor), f"x {pair.share_of(cpu):.1f}" if pair.floor.measured.cpu else "", goal)
    return [_row(pair.page, *shares), _row(pair.floor, "", "", "", before="  floor: ")]


def _row(side: Side, *shares: str, before: str = "") -> tuple[str, ...]:
    found = side.measured
    times = (milliseconds(seconds) for seconds in (found.p50, found.p95, found.p99))
    figures = (f"{found.rate:,.0f}", milliseconds(found.cpu), percent(found.client))
    return (before + side.name, *times, *figures, *shares)
