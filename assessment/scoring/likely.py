"""Where one voice likely stands beside its peers, and what its words say: sentences made by rule from the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Final

from assessment.questionnaire.message import Message
from assessment.scoring.bands import Band
from assessment.scoring.headline import listing, number
from assessment.scoring.shrinkage import Standing

WORDS: Final[Mapping[Standing, Message]] = {
    "likely lower": Message("Likely lower"),
    "about the same": Message("About the same"),
    "likely higher": Message("Likely higher"),
}
IN: Final[Mapping[str, str]] = {
    "likely higher": "likely higher in {names}",
    "likely lower": "likely lower in {names}",
    "about the same": "about the same in {names}",
    "high": "high in {names}",
    "low": "low in {names}",
    "middle": "in the middle in {names}",
}
IN_ALL: Final[Mapping[str, str]] = {
    "likely higher": "likely higher in all {number}",
    "likely lower": "likely lower in all {number}",
    "about the same": "about the same in all {number}",
    "high": "high in all {number}",
    "low": "low in all {number}",
    "middle": "in the middle in all {number}",
}
IN_THE_OTHER: Final[Mapping[str, str]] = {
    "about the same": "about the same in the other {number}",
    "middle": "in the middle in the other {number}",
}


def likely_beside(group: Message | str, who: Message | str, standings: Mapping[str, Standing | None]) -> Message | None:
    """Say where a voice likely stands beside its peers; None if no principle has a standing.

    ``standings`` by principle name, in order. "Beside services in Housing, what staff and partners say is likely
    higher in Peer networks and about the same in the other five."
    """
    where = _where(standings, ("likely higher", "likely lower", "about the same"))
    if where is None:
        return None
    return Message("Beside {group}, {who} is {where}.", {"group": group, "who": who, "where": where})


def in_words(bands: Mapping[str, Band | None]) -> Message | None:
    """Say what a voice said where only words may be shown; None if there is no word."""
    where = _where(bands, ("high", "low", "middle"))
    return Message("What they said is {where}", {"where": where}) if where else None


def _where(said: Mapping[str, str | None], order: Sequence[str]) -> Message | None:
    """A clause for each word that some principles have; the last word's are counted where others came before."""
    at = {word: [name for name, its in said.items() if its == word] for word in order}
    found = [word for word in order if at[word]]
    if not found:
        return None
    if len(found) == 1:
        return _alike(found[0], at[found[0]])
    *firsts, last = (_clause(word, at[word]) for word in found)
    before = reduce(lambda first, second: Message("{first}, {second}", {"first": first, "second": second}), firsts)
    return Message("{first}, and {last}", {"first": before, "last": last})


def _alike(word: str, names: Sequence[str]) -> Message:
    if len(names) == 1:
        return Message(IN[word], {"names": names[0]})
    return Message(IN_ALL[word], {"number": number(len(names))})


def _clause(word: str, names: Sequence[str]) -> Message:
    if word in IN_THE_OTHER and len(names) > 1:
        return Message(IN_THE_OTHER[word], {"number": number(len(names))})
    return Message(IN[word], {"names": listing(names)})
