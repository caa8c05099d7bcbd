"""Which backups stay, and which go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.workflows.backups import Keep, backup_name, forget_old, newest_backup, to_keep

START = datetime(2026, 1, 1, 2, 15, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)).map(lambda time: time.replace(tzinfo=UTC))  # noqa: DTZ001


def daily(days: int) -> list[datetime]:
    return [START + timedelta(days=day) for day in range(days)]


def test_a_week_of_days_and_a_month_of_weeks() -> None:
    kept = sorted(to_keep(daily(100), Keep(7, 4, 0)))
    # The last of these weeks and the Sunday before it are among the seven days already.
    assert len(kept) == 9 and kept[-7:] == daily(100)[-7:]
    assert kept[0] == max(time for time in daily(100) if time.isocalendar()[:2] == kept[0].isocalendar()[:2])


def test_a_year_of_months() -> None:
    kept = to_keep(daily(600), Keep(7, 4, 12))
    assert {(time.year, time.month) for time in kept} == {(2026, month) for month in range(9, 13)} | {
        (2027, month) for month in range(1, 9)
    }


def test_days_without_a_backup_are_not_counted() -> None:
    """After a week in which none could be made the older ones do not all go at once."""
    assert to_keep([START, START + timedelta(days=40)], Keep(7, 0, 0)) == {START, START + timedelta(days=40)}


@given(st.sets(MOMENTS, min_size=1), st.integers(1, 9), st.integers(0, 9), st.integers(0, 9))
def test_the_newest_always_stays_and_doing_it_twice_changes_nothing(
    times: set[datetime], days: int, weeks: int, months: int
) -> None:
    keep = Keep(days, weeks, months)
    kept = to_keep(times, keep)
    assert max(times) in kept and kept <= times and len(kept) <= days + weeks + months
    assert to_keep(kept, keep) == kept


@pytest.mark.parametrize("locked", [False, True])
def test_nothing_but_backups_is_deleted(tmp_path: Path, locked: bool) -> None:
    others = ("same-table-notes.zip", "other-2026-01-01T021500Z.zip", "same-table-2026-01-01T021500Z.zip.part")
    for name in (*others, *(backup_name(time, locked) for time in daily(3))):
        (tmp_path / name).write_text("x")
    gone = forget_old(tmp_path, Keep(1, 0, 0))
    assert gone == [backup_name(time, locked) for time in daily(2)]
    assert {path.name for path in tmp_path.iterdir()} == {*others, backup_name(daily(3)[-1], locked)}
    assert newest_backup(tmp_path) == daily(3)[-1]


def test_no_folder_holds_no_backup(tmp_path: Path) -> None:
    assert newest_backup(tmp_path / "none") is None
