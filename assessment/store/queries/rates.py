"""Counting how often something is done, one count for all workers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case
from sqlalchemy.orm import Session

from assessment.store.models import Rate
from assessment.store.upsert import insert_into


def count_once(session: Session, key: str, now: datetime, window: timedelta) -> tuple[int, datetime]:
    """Count one more; return how many that makes in the window that runs now, and when it ends.

    One statement, so that no two workers ever see the same count.
    """
    over = Rate.ends_at <= now
    counted = (
        insert_into(session, Rate)
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
