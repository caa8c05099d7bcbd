"""The attacker as one would write it on a blackboard: every small group tried, exactly. Slow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from assessment.disclosure.benchmark import Cell, Id, Member

LARGEST_SMALL_GROUP = 4


def rank(rows: Sequence[Sequence[int]]) -> int:
    """The number of independent rows, by elimination in whole numbers."""
    left, found = [row for row in rows if any(row)], 0
    while left:
        pivot = left.pop()
        column = next(index for index, value in enumerate(pivot) if value)
        left = [_without(row, pivot, column) if row[column] else row for row in left]
        left = [row for row in left if any(row)]
        found += 1
    return found


def _without(row: Sequence[int], pivot: Sequence[int], column: int) -> list[int]:
    ours, theirs = row[column], pivot[column]
    return [theirs * value - ours * other for value, other in zip(row, pivot, strict=True)]


def leaks(cells: Sequence[Cell], sizes: Sequence[int] = (1, 2, 3, 4)) -> Iterator[tuple[Id | None, frozenset[Id]]]:
    """Every (viewer, small group of services) such that a total over some of the group follows.

    Whoever learns of a group learns of a larger one around it, so ``sizes=(4,)`` is enough to ask whether.
    """
    members = {member.release_id: member for cell in cells for member in cell.members}
    for viewer in (None, *sorted({str(member.organisation_id) for member in members.values()})):
        others = [member for member in members.values() if member.organisation_id != viewer]
        yield from ((viewer, group) for group in _groups(cells, others, sizes))


def _groups(cells: Sequence[Cell], others: Sequence[Member], sizes: Sequence[int]) -> Iterator[frozenset[Id]]:
    whole = rank(_rows(cells, others))
    services = sorted({str(member.service_id) for member in others})
    for size in sorted({min(size, len(services)) for size in sizes}):
        for group in combinations(services, size):
            if rank(_rows(cells, [m for m in others if m.service_id not in group])) < whole:
                yield frozenset(group)


def _rows(cells: Sequence[Cell], members: Sequence[Member]) -> list[list[int]]:
    held = [{member.release_id for member in cell.members} for cell in cells]
    return [[int(member.release_id in releases) for member in members] for releases in held]
