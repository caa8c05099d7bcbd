"""How often something may be done: for one account, and for one account from one network address.

Never for a network address alone: a whole council sits behind one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from assessment.store.db import Session, transaction
from assessment.store.queries.rates import count_once
from assessment.store.seal import Seal


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times within a window."""

    times: int
    window: timedelta


FROM_ONE_PLACE: Final = Limit(5, timedelta(minutes=15))
FOR_ONE_ACCOUNT: Final = Limit(20, timedelta(hours=1))


class TooOften(Exception):
    """Too often; ``again_at`` is when it may be done again."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(again_at.isoformat())
        self.again_at = again_at


def count_sign_in_request(email_key: str, address: str, seal: Seal, now: datetime) -> None:
    """Count one more request for a link to this address. Raises TooOften.

    What is refused to one place is not counted for the account either: somebody's flood from there must not lock it.
    """
    with transaction() as session:
        pair = seal.hash("sign-in from", f"{email_key}\n{address}")
        within(session, pair, FROM_ONE_PLACE, now)
        within(session, seal.hash("sign-in of", email_key), FOR_ONE_ACCOUNT, now)


def used_before(challenge: str, seal: Seal, now: datetime, window: timedelta) -> bool:
    """Whether a challenge was answered before; it is from now on."""
    with transaction() as session:
        times, _ends = count_once(session, seal.hash("challenge", challenge), now, window)
    return times > 1


def within(session: Session, key: str, limit: Limit, now: datetime) -> None:
    """Count one more inside a transaction, which raising TooOften undoes: what is refused counts for nothing."""
    times, ends_at = count_once(session, key, now, limit.window)
    if times > limit.times:
        raise TooOften(ends_at)
