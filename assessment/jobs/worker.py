"""A worker: looks at everything there is to do, again and again, until it is told to stop."""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Final

from assessment.jobs.clockwork import do_duties
from assessment.jobs.context import Context
from assessment.jobs.post import Down, Post
from assessment.jobs.work import work_outbox
from assessment.store.seal import Seal

REST: Final = 1.0
REST_WHEN_DOWN: Final = timedelta(seconds=15)
BETWEEN_DUTIES: Final = timedelta(minutes=1)
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
log = logging.getLogger(__name__)


class Worker:
    """Stops when it is told to, or when the process ``beside`` it is gone; never in the middle of a message."""

    def __init__(self, post: Post, seal: Seal, beside: int | None = None) -> None:
        self.post, self.seal, self.beside = post, seal, beside
        self.duties_due = self.mail_due = LONG_AGO
        self.told = False
        self.faults = 0

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.told = True

    def stopping(self) -> bool:
        return self.told or (self.beside is not None and not _is_there(self.beside))

    def work(self, once: bool = False) -> None:
        while not self.stopping():
            if self.try_turn():
                continue
            if once:
                break
            self.post.rest()
            time.sleep(REST)
        self.post.rest()

    def turn(self) -> int:
        """One look at everything; how many jobs it took."""
        if _now() >= self.duties_due:
            self.faults += do_duties(Context(_now(), self.seal))
            self.duties_due = _now() + BETWEEN_DUTIES
        if _now() < self.mail_due:
            return 0
        taken = work_outbox(self.post, self.seal, _now, self.stopping)
        if taken:
            # What became of them is not said: of reminders it would tell how many have answered.
            log.info("Worked %s", _counted(Counter(job.kind for job in taken)))
        return len(taken)

    def try_turn(self) -> int:
        """A mail server or database that is gone for a minute must not end the worker."""
        try:
            return self.turn()
        except Down as down:
            log.error("The mail server takes nothing: %s", down)
            self.mail_due = _now() + REST_WHEN_DOWN
        except Exception as fault:
            log.error("A turn of the jobs failed: %s", type(fault).__name__)
        self.faults += 1
        return 0


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _now() -> datetime:
    return datetime.now(UTC)


def _counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))
