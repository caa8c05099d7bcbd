"""Counting how often something is done, one count for all workers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from assessment.store.models import Rate


def count_once(session: Session, key: str, now: datetime, window: timedelta) -> tuple[int, datetime]:
    """Count one more; return how many that makes in the window that runs now, and when it ends.

    One statement, so that no two workers ever see the same count.
    """
    make = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    over = Rate.ends_at <= now
    counted = (
        make(Rate)
        .values(key=key, ends_at=now + window, times=1)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={
                "times": case((over, 1), else_=Rate.times + 1),
                "ends_at": case((over, now + window), else_=Rate.ends_at),
            },
        )
        .returning(Rate.times, Rate.ends_at)
    )
    times, ends_at = session.execute(counted).one()
    return times, ends_at
