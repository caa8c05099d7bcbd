"""What was measured, as plain text tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.load import Measured
from benchmarks.serving import Server
from benchmarks.speed import Pair
from benchmarks.table import kilobytes, milliseconds, percent, table
from benchmarks.wire import Wire


def queries_table(queries: Mapping[str, int]) -> str:
    return table("Queries", ("", "a request"), [(page, str(count)) for page, count in queries.items()])


def wire_table(wires: Mapping[str, Wire]) -> str:
    """Cold: with nothing kept from before. Warm: the files, whose names change with their content, are kept."""
    heads = ("", "cold", "warm", "files")
    rows = [(name, kilobytes(w.cold), kilobytes(w.page), str(len(w.files))) for name, w in wires.items()]
    return table("Bytes on the wire, heads included, with brotli", heads, rows)


def speed_table(pairs: Sequence[Pair]) -> str:
    heads = ("", "p50", "p95", "requests/s", "of its floor")
    rows = [row for pair in pairs for row in _page_and_floor(pair)]
    return table("Speed", heads, rows)


def growth_table(pair: Pair) -> str:
    heads = ("", "p50", "p95", "requests/s", "p50 ratio")
    rows = [
        _row(pair.name, pair.measured, f"{pair.p50_ratio:.2f}"),
        _row(pair.floor_name, pair.floor_measured, "1"),
    ]
    return table("The result page in a large network", heads, rows)


def process_table(servers: Mapping[str, Server]) -> str:
    heads = ("", "to first answer", "memory a worker")
    rows = [(name, f"{server.seconds_to_first_answer:.2f} s", _memory(server)) for name, server in servers.items()]
    return table("Processes, after the load", heads, rows)


def _page_and_floor(pair: Pair) -> list[tuple[str, ...]]:
    return [
        _row(pair.name, pair.measured, percent(pair.rate_ratio)),
        _row(f"  floor: {pair.floor_name}", pair.floor_measured, ""),
    ]


def _row(name: str, measured: Measured, ratio: str) -> tuple[str, ...]:
    return (name, milliseconds(measured.p50), milliseconds(measured.p95), f"{measured.rate:,.0f}", ratio)


def _memory(server: Server) -> str:
    return " + ".join(f"{megabytes:.0f}" for megabytes in server.worker_megabytes()) + " MB"
