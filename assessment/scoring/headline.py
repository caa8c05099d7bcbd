"""One sentence made by rule from the figures, that can be traced to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from assessment.questionnaire.message import Message
from assessment.scoring.position import Position

MUCH_THE_SAME: Final = Fraction(1, 2)
MOST_NAMED: Final = 2

NUMBERS: Final = (
    *(Message("two"), Message("three"), Message("four"), Message("five"), Message("six"), Message("seven")),
    *(Message("eight"), Message("nine"), Message("ten"), Message("eleven"), Message("twelve")),
)


def headline(scores: Mapping[str, float | None]) -> Message:
    """Say where a profile is strongest and where it has most room to grow.

    ``scores`` are the shown scores by principle name, in order, None where there is none. Names are
    given for the highest and lowest shown figure, all that share it. Scores less than half a level apart
    are "much the same": with six statements, two answers move a score that far. Where more than two
    share an end, that end is left unsaid, and where both ends are shared so they are counted: a list of
    many names tells nobody where to look.
    """
    shown = {name: Fraction(str(score)) for name, score in scores.items() if score is not None}
    if len(shown) < 2:
        return _too_few(tuple(shown))
    highest, lowest = max(shown.values()), min(shown.values())
    if highest - lowest < MUCH_THE_SAME:
        return _much_the_same(len(shown), len(scores))
    high = [name for name, score in shown.items() if score == highest]
    low = [name for name, score in shown.items() if score == lowest]
    return _ends(high, low)


def _too_few(names: Sequence[str]) -> Message:
    if not names:
        return Message("No principle has enough answers for a result yet")
    return Message("Only {principle} has enough answers for a result yet", {"principle": names[0]})


def _much_the_same(shown: int, asked: int) -> Message:
    if shown == asked:
        return Message("Much the same across all {number}", {"number": number(shown)})
    return Message("Much the same across the {number} that have a result", {"number": number(shown)})


def _ends(high: Sequence[str], low: Sequence[str]) -> Message:
    if min(len(high), len(low)) > MOST_NAMED:
        counts = {"high": number(len(high)), "low": number(len(low))}
        return Message("Stronger in {high} principles, with more room to grow in {low}", counts)
    values = {"high": listing(high), "low": listing(low)}
    if len(high) <= MOST_NAMED < len(low):
        return Message("Strongest in {high}", values)
    if len(low) <= MOST_NAMED < len(high):
        return Message("Most room to grow in {low}", values)
    return Message("Strongest in {high}, with most room to grow in {low}", values)


def beside_peers(group: Message | str, service: str, positions: Mapping[str, Position | None]) -> Message | None:
    """Say where ``service`` lies beside its peers, or None if no principle has a position.

    ``positions`` by principle name, in order. "Beside social care services, Carers' Support is above
    the middle half in Peer networks and within it in the other five."
    """
    compared = {name: position for name, position in positions.items() if position is not None}
    if not compared:
        return None
    at = {its: [name for name in compared if compared[name] is its] for its in Position}
    where = _all_alike(at) or _apart(at)
    return Message("Beside {group}, {service} is {where}.", {"group": group, "service": service, "where": where})


def _all_alike(at: Mapping[Position, Sequence[str]]) -> Message | None:
    """One clause for all principles, if they all lie alike."""
    alike = [its for its, names in at.items() if names]
    if len(alike) > 1:
        return None
    names = at[alike[0]]
    if len(names) == 1:
        return Message(IN[alike[0]], {"names": names[0]})
    return Message(IN_ALL[alike[0]], {"number": number(len(names))})


IN: Final = {
    Position.ABOVE: "above the middle half in {names}",
    Position.BELOW: "below the middle half in {names}",
    Position.WITHIN: "within the middle half in {names}",
}
IN_ALL: Final = {
    Position.ABOVE: "above the middle half in all {number}",
    Position.BELOW: "below the middle half in all {number}",
    Position.WITHIN: "within the middle half in all {number}",
}


def _apart(at: Mapping[Position, Sequence[str]]) -> Message:
    """A clause for each place that holds some principles; those within the middle half last, and counted."""
    above, below, within = at[Position.ABOVE], at[Position.BELOW], at[Position.WITHIN]
    clauses = [Message(IN[Position.ABOVE], {"names": listing(above)})] if above else []
    if below:
        text = "below it in {names}" if above else IN[Position.BELOW]
        clauses.append(Message(text, {"names": listing(below)}))
    return joined([*clauses, *([_rest(within)] if within else [])])


def _rest(within: Sequence[str]) -> Message:
    if len(within) == 1:
        return Message("within it in {names}", {"names": within[0]})
    return Message("within it in the other {number}", {"number": number(len(within))})


def listing(names: Sequence[str]) -> Message:
    """Names as one would say them: "A", "A and B", "A, B and C"."""
    return joined([Message("{name}", {"name": name}) for name in names])


def joined(parts: Sequence[Message]) -> Message:
    """Parts as one would say them, at least one."""
    *firsts, last = parts
    if not firsts:
        return last
    said = firsts[0]
    for part in firsts[1:]:
        said = Message("{first}, {second}", {"first": said, "second": part})
    return Message("{first} and {last}", {"first": said, "last": last})


def number(count: int) -> Message:
    """A number in words from two to twelve, as many as a questionnaire has principles; digits beyond."""
    words = dict(enumerate(NUMBERS, start=2))
    return words.get(count, Message("{count}", {"count": count}))
