"""What was measured, as plain text tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter

from benchmarks.serving import Server
from benchmarks.speed import Pair, Side
from benchmarks.table import kilobytes, milliseconds, percent, table
from benchmarks.wire import Wire

FIGURES = ("", "p50", "p95", "requests/s", "CPU a request")
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
    heads = (*FIGURES, "of its floor", "CPU of its floor")
    rows = [row for pair in pairs for row in _page_and_floor(pair)]
    return table("Speed", heads, rows)


def growth_table(pair: Pair) -> str:
    heads = (*FIGURES, "p50 ratio", "CPU ratio")
    ratios = (f"{pair.share_of(p50):.2f}", f"{pair.share_of(cpu):.2f}")
    return table("A large network", heads, [_row(pair.page, *ratios), _row(pair.floor, "1", "1")])


def process_table(servers: Mapping[str, Server]) -> str:
    heads = ("", "to first answer", "memory a worker")
    rows = [(name, f"{server.seconds_to_first_answer:.2f} s", _memory(server)) for name, server in servers.items()]
    return table("Processes, after the load", heads, rows)


def _page_and_floor(pair: Pair) -> list[tuple[str, ...]]:
    shares = (percent(pair.share_of(rate)), f"x {pair.share_of(cpu):.1f}" if pair.floor.measured.cpu else "")
    return [_row(pair.page, *shares), _row(pair.floor, "", "", before="  floor: ")]


def _row(side: Side, *shares: str, before: str = "") -> tuple[str, ...]:
    found = side.measured
    times = (milliseconds(seconds) for seconds in (found.p50, found.p95))
    return (before + side.name, *times, f"{found.rate:,.0f}", milliseconds(found.cpu), *shares)


def _memory(server: Server) -> str:
    return " + ".join(f"{megabytes:.0f}" for megabytes in server.worker_megabytes()) + " MB"
