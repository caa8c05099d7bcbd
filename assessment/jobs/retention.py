"""Once a day, what has been kept for long enough goes."""

from __future__ import annotations

import logging
from typing import Final
from uuid import UUID

from assessment.jobs.context import Context
from assessment.jobs.letter import Letter
from assessment.store.db import transaction
from assessment.store.queries.outbox import Leased, leave_job
from assessment.workflows.retention import KEPT, Kept

NOTHING: Final = UUID(int=0)
log = logging.getLogger(__name__)


class NotAllForgotten(Exception):
    """Something could not be taken out; the job is to be tried again."""


def ask_to_forget(context: Context) -> None:
    """A duty: leave today's job, which is the same however often it is asked for, by however many workers."""
    with transaction() as session:
        leave_job(session, "expire", f"expire:{context.now:%Y-%m-%d}", NOTHING, context.now)


def forget(_job: Leased, context: Context) -> Letter | None:
    """Writes no letter. What cannot be taken out does not keep the rest from going."""
    done = [_gone(kept, context) for kept in KEPT if kept.forget]
    if not all(done):
        raise NotAllForgotten
    return None


def _gone(kept: Kept, context: Context) -> bool:
    assert kept.forget
    try:
        kept.forget(context.now)
    except Exception as fault:
        log.error("Could not forget %r: %s", str(kept.what), type(fault).__name__)
        return False
    return True
