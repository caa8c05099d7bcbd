"""A folder of backups: what each is called, which is the newest, and which may go."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

STAMP: Final = "%Y-%m-%dT%H%M%SZ"
NAME: Final = re.compile(r"same-table-(\d{4}-\d\d-\d\dT\d{6}Z)\.zip(\.age)?")


@dataclass(frozen=True, slots=True)
class Keep:
    """Of how many days, weeks and months the newest backup stays."""

    daily: int
    weekly: int
    monthly: int


def backup_name(now: datetime, locked: bool) -> str:
    return f"same-table-{now.astimezone(UTC):{STAMP}}.zip" + (".age" if locked else "")


def newest_backup(folder: Path) -> datetime | None:
    return max(_found(folder), default=None)


def forget_old(folder: Path, keep: Keep) -> Collection[str]:
    """Delete the backups that are not to be kept, and no other file; return their names."""
    found = _found(folder)
    gone = found.keys() - to_keep(found, keep)
    for time in gone:
        found[time].unlink(missing_ok=True)
    return sorted(found[time].name for time in gone)


def to_keep(times: Collection[datetime], keep: Keep) -> frozenset[datetime]:
    """The newest of each of the last so many days, weeks and months that have one; always the very newest."""
    kinds: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (max(keep.daily, 1), lambda time: time.date()),
        (keep.weekly, lambda time: time.isocalendar()[:2]),
        (keep.monthly, lambda time: (time.year, time.month)),
    )
    return frozenset(time for many, span in kinds for time in _newest_of(times, span, many))


def _newest_of(times: Collection[datetime], span: Callable[[datetime], object], many: int) -> Iterator[datetime]:
    newest: dict[object, datetime] = {}
    for time in sorted(times, reverse=True):
        newest.setdefault(span(time), time)
    yield from list(newest.values())[:many]


def _found(folder: Path) -> Mapping[datetime, Path]:
    if not folder.is_dir():
        return {}
    named = ((NAME.fullmatch(path.name), path) for path in folder.iterdir())
    return {datetime.strptime(name[1], STAMP).replace(tzinfo=UTC): path for name, path in named if name}
