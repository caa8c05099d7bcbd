"""What is published by itself: a snapshot every month, and the open data of a year that is over.

No deed in the audit trail: a snapshot says itself when it was published, and nobody can change it.
"""

from __future__ import annotations

import logging

from assessment.jobs.context import Context
from assessment.workflows.monthly import publish_when_due
from assessment.workflows.open_data import publish_open_data

log = logging.getLogger(__name__)


def publish_snapshot(context: Context) -> None:
    published = publish_when_due(context.now.date())
    if published:
        log.info("Published the snapshot as of %s", published.as_of)


def publish_years(context: Context) -> None:
    for year in publish_open_data(context.now.date()):
        log.info("Published the open data of %s", year)
