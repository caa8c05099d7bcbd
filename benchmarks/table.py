"""Plain text tables: words on the left, figures on the right."""

from __future__ import annotations

from collections.abc import Sequence


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    lines = [_line(heads, widths), "  ".join("-" * width for width in widths), *(_line(row, widths) for row in rows)]
    return "\n".join([title, *(f"  {line}" for line in lines)])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]).rstrip()


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def kilobytes(count: int) -> str:
    return f"{count / 1000:.1f} kB"


def met(is_met: bool) -> str:
    return "met" if is_met else "not met"


def percent(share: float) -> str:
    return f"{share:.0%}"
