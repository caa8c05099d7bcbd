"""Words for an agreed answer beside its peers: never a rank, a percentile or "likely"."""

from __future__ import annotations

from enum import Enum

from assessment.questionnaire.message import Message


class Position(Enum):
    """Where an agreed score lies beside the middle half of its peers; the ends belong to the middle."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"

    @property
    def words(self) -> Message:
        return WORDS[self]


WORDS = {
    Position.BELOW: Message("Below the middle half"),
    Position.WITHIN: Message("Within the middle half"),
    Position.ABOVE: Message("Above the middle half"),
}


def position(value: float, middle_half: tuple[float, float] | None) -> Position | None:
    """Where a shown score lies beside the shown quarter points of its peers, all on one scale.

    ``middle_half`` is None under 20 services, where no quarter points are published: then there is no word.
    """
    if middle_half is None:
        return None
    lower, upper = middle_half
    if value < lower:
        return Position.BELOW
    return Position.ABOVE if value > upper else Position.WITHIN
