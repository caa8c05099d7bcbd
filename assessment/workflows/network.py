"""What this installation is for: the demo network or a real one, never both."""

from __future__ import annotations

from typing import Literal

from assessment.store.db import Session, transaction
from assessment.store.models import Network
from assessment.store.queries.places import has_organisations

Kind = Literal["demo", "real"]


class NetworkTaken(Exception):
    """The installation is for something else already."""


def claim_network(kind: Kind) -> None:
    """Say what this installation is for. Raises NetworkTaken if it is for the other already."""
    with transaction() as session:
        claim(session, kind)


def claim(session: Session, kind: Kind) -> None:
    """The same inside a workflow's own transaction. Organisations without a word make a network real."""
    known = session.get(Network, 1)
    now = known.kind if known else "real" if has_organisations(session) else kind
    if now != kind:
        raise NetworkTaken(now)
    if known is None:
        session.add(Network(id=1, kind=kind))


def mark_as_used(session: Session) -> None:
    """The first team makes an installation real, if nothing has said what it is for."""
    if session.get(Network, 1) is None:
        session.add(Network(id=1, kind="real"))
