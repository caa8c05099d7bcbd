"""One principle's published figures: what the radar, the range plot and the mini radars draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assessment.charts.guard import check_figure, check_peers, check_values
from assessment.charts.wording import count_words, listed
from assessment.disclosure.shown import Figure, Peers, Shown, value_of
from assessment.questionnaire.message import Message

FEWEST, MOST = 3, 12
PEERS_HALF: Final = Message("Peers’ middle half")
SAID_MEDIAN: Final = Message("peers’ median")
SAID_HALF: Final = Message("peers’ middle half")


@dataclass(frozen=True, slots=True)
class Spoke:
    """A principle: this service's figure, its peers', its own target; asked ``statements`` statements (0: not said)."""

    name: str
    own: Figure
    peers: Peers | None = None
    target: float | None = None
    statements: int = 0

    @property
    def value(self) -> float | None:
        return value_of(self.own)

    @property
    def median(self) -> float | None:
        return self.peers.median.value if self.peers and isinstance(self.peers.median, Shown) else None


@dataclass(frozen=True, slots=True)
class Naming:
    """What the two series are called: in keys and tables, and (``said``) in the middle of a sentence.

    ``counted`` heads the column that says how many stand behind this service's figures, where that is told. ``half``
    is the middle half of what the second is the median of.
    """

    own: Message
    beside: Message
    said: Message
    counted: Message | None = None
    half: Message = PEERS_HALF
    said_median: Message = SAID_MEDIAN
    said_half: Message = SAID_HALF


SERVICE: Final = Naming(Message("This service"), Message("Peers’ median"), Message("peers"))


def check_spokes(spokes: Sequence[Spoke], top: int) -> None:
    """Raises TypeError for what is no Spoke of published figures, ValueError for over 12 or a figure off the scale."""
    if len(spokes) > MOST:
        raise ValueError(f"a picture holds at most {MOST} principles, not {len(spokes)}")
    for spoke in spokes:
        if not isinstance(spoke, Spoke):
            raise TypeError(f"charts draw Spoke, not {type(spoke).__name__}")
        check_figure(spoke.own, top)
        check_peers(spoke.peers, top)
        check_values((spoke.target,), top)


def headline(spokes: Sequence[Spoke]) -> Message:
    """*Strongest in X, with most room to grow in Y*: the highest and the lowest shown figure, ties named together."""
    shown = [(spoke.value, spoke.name) for spoke in spokes if spoke.value is not None]
    if not shown:
        return Message("No principle can be shown yet")
    best, least = max(value for value, _ in shown), min(value for value, _ in shown)
    if best == least:
        return Message("Much the same in {count} principles", {"count": count_words(len(shown))})
    strongest = listed([name for value, name in shown if value == best])
    room = listed([name for value, name in shown if value == least])
    return Message("Strongest in {strongest}, with most room to grow in {room}", {"strongest": strongest, "room": room})
