"""What open data say (rule B6): part of what a snapshot published, never a figure of their own.

"From 50 services" is said of the whole network: open data of a principle begin once the network's own cell has 50
services in that voice and on that basis, for below that the file would be about few. Its groups then follow rule B1
as on every page; "counts under 10 hidden" would say nothing if every group needed 50.
"""

from __future__ import annotations

from typing import Final

from assessment.disclosure.benchmark import QUARTERS_FROM, TENTHS_FROM
from assessment.disclosure.shown import Bin, Hidden, Peers, Shown
from assessment.questionnaire.message import Message

OPEN_FROM: Final = 50
LEAST_COUNT: Final = 10

TOO_FEW_IN_ALL: Final = Message(
    "Open data begin once the whole network can be shown with at least {least} services", {"least": OPEN_FROM}
)
FEW_IN_BAR: Final = Message("A number below {least} is not given", {"least": LEAST_COUNT})
ONLY_MEDIAN: Final = Message(
    "Quartiles are shown from {quarters} services, tenths from {tenths}",
    {"quarters": QUARTERS_FROM, "tenths": TENTHS_FROM},
)
NO_TENTHS: Final = Message("Tenths are shown from {least} services", {"least": TENTHS_FROM})


def may_open(network: int) -> bool:
    """Whether figures that the whole network's cell stands behind with so many services may be open data."""
    return network >= OPEN_FROM


def opened(peers: Peers | Hidden, network: int) -> Peers | Hidden:
    """What open data say of a group, where the network's own cell has so many services."""
    return peers if may_open(network) else Hidden(TOO_FEW_IN_ALL)


def not_shown(peers: Peers) -> Message | None:
    """Which figures of a group are not shown, and why."""
    if not isinstance(peers.lower, Shown):
        return ONLY_MEDIAN
    return NO_TENTHS if peers.tenth is None else None


def bar_count(bar: Bin) -> int | Hidden:
    """How many services a bar of a histogram stands for, down to fives; a number under 10 is hidden."""
    return bar.services if bar.services >= LEAST_COUNT else Hidden(FEW_IN_BAR)
