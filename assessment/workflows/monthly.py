"""The snapshot that a month publishes by itself."""

from __future__ import annotations

from datetime import date

from assessment.store.db import reading
from assessment.store.queries.field_view import newest
from assessment.store.queries.publishing import has_releases
from assessment.workflows.snapshots import Published, publish


def publish_when_due(today: date) -> Published | None:
    """Publish the snapshot as of the first of this month, unless the month has one; safe to do twice, and late.

    Not on the first itself, for a result of its afternoon would be missing. A month in which nothing ran is left out:
    who shared then is not known any more. Nothing is published while there is no result at all.
    """
    first = today.replace(day=1)
    if first == today or not _is_due(first):
        return None
    published = publish(first, today)
    return None if published.already else published


def _is_due(first: date) -> bool:
    with reading() as session:
        last = newest(session)
        return (last is None or last.as_of < first) and has_releases(session, first)
