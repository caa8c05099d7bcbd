"""Figures and names as words for people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from assessment.disclosure.shown import Figure, Peers, Shown
from assessment.questionnaire.definition import Level
from assessment.questionnaire.message import Message

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def decimal(value: float) -> str:
    """A figure as it is shown everywhere: one decimal."""
    return f"{value:.1f}"


def figure_words(figure: Figure) -> Message:
    """``2.3``, ``3.8 or above``, or in one word why there is none: *hidden* protects people, *no score* is absence."""
    if not isinstance(figure, Shown):
        return Message("hidden") if figure.kind == "protected" else Message("no score")
    value = decimal(figure.value)
    if figure.bound == "or below":
        return Message("{value} or below", {"value": value})
    return Message("{value} or above" if figure.bound else "{value}", {"value": value})


def hidden_words(figure: Figure) -> Message:
    """A figure for a table cell, with the whole reason where there is none."""
    if isinstance(figure, Shown):
        return figure_words(figure)
    return Message("Hidden: {reason}", {"reason": figure.reason}) if figure.kind == "protected" else figure.reason


def between(low: float, high: float) -> Message:
    return Message("{low} to {high}", {"low": decimal(low), "high": decimal(high)})


def middle_half(peers: Peers) -> Message:
    """The quarter points of a peer group, or why they are not shown."""
    if not isinstance(peers.lower, Shown):
        return peers.lower.reason
    if not isinstance(peers.upper, Shown):
        return peers.upper.reason
    return between(peers.lower.value, peers.upper.value)


def count_words(count: int) -> Message:
    """``six`` for 6; figures from 13 on."""
    return Message(_COUNTS[count]) if count < len(_COUNTS) else Message("{count}", {"count": count})


def sentence(parts: Sequence[Message], joint: str) -> Message:
    """Several clauses as one, joined by ``joint`` (a text with the gaps *before* and *next*)."""
    return reduce(lambda before, following: Message(joint, {"before": before, "next": following}), parts)


def listed(names: Sequence[str]) -> Message:
    """``A``, ``A and B``, ``A, B and C``."""
    told = [Message("{name}", {"name": name}) for name in names]
    if len(told) == 1:
        return told[0]
    return Message("{before} and {last}", {"before": sentence(told[:-1], "{before}, {next}"), "last": told[-1]})


def scale_caption(scale: Sequence[Level]) -> Message:
    return Message("The same numbers, from 0 ({lowest}) to {top} ({highest})", scale_ends(scale))


def scale_ends(scale: Sequence[Level]) -> dict[str, str | int | float | Message]:
    return {"lowest": scale[0].name, "top": len(scale) - 1, "highest": scale[-1].name}
