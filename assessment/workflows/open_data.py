"""Publish the open data of every year that is over (rule B6): once, and never changed."""

from __future__ import annotations

from datetime import date

from assessment.disclosure.open_data import OPEN_FROM
from assessment.store.db import reading, transaction
from assessment.store.models import Network, OpenData
from assessment.store.queries.open_data import years_due


def publish_open_data(today: date) -> tuple[int, ...]:
    """The years whose open data are published now; safe to do twice, and late.

    A year's are made of its last snapshot, as the field's page shows the year. A later one would count results of
    the year after. A year whose last snapshot has fewer than 50 services in the whole network has none.
    """
    with reading() as session:
        if not years_due(session, today, OPEN_FROM):
            return ()
    with transaction() as session:
        # The lock holds a second publisher back until the first is done.
        session.get(Network, 1, with_for_update=True)
        due = years_due(session, today, OPEN_FROM)
        session.add_all(OpenData(year=year, snapshot_id=id, published_on=today) for year, id in due)
    return tuple(year for year, _ in due)
