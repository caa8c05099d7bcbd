"""A letter: a message, and what to note once it has gone, can never go, or has to wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assessment.jobs.context import Context
from assessment.jobs.message import Message
from assessment.store.db import Session
from assessment.store.queries.outbox import Leased


def nothing(_session: Session) -> None:
    """What happens when nothing needs to."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, and what to note in the transaction that ends its job: that it went, or that it never will.

    ``when_put_off``: what to take back where it certainly did not go and is to be written anew.
    """

    message: Message
    when_sent: Callable[[Session], None] = nothing
    when_refused: Callable[[Session], None] = nothing
    when_put_off: Callable[[Session], None] = nothing


Writer = Callable[[Leased, Context], Letter | None]
"""Writes the letter of one job, making its token in a transaction of its own; None if none is due any more."""
