"""Ways to find out who sent which response. Each looks at the evidence and guesses a response for each person."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb, factorial
from typing import Any, Final
from uuid import UUID

from assessment.store.secrets import draft_secret
from tests.attack.evidence import Evidence

Guess = Mapping[UUID, UUID]
"""The response that each person, by their invitation, is thought to have sent."""


@dataclass(frozen=True)
class Group:
    """The people of one voice who were invited, and all responses of that voice: as much as an attacker may know."""

    people: frozenset[UUID]
    responses: frozenset[UUID]


Strategy = Callable[[Evidence, Group], Guess]


def chance_of(right: int, people: int, responses: int) -> float:
    """How likely so many right guesses, or more, are where each person is given another response at random."""

    def exactly(j: int) -> float:
        terms = (
            (-1) ** i * comb(j + i, j) * comb(people, j + i) * factorial(responses - j - i)
            for i in range(people - j + 1)
        )
        return sum(terms) / factorial(responses)

    return max(0.0, sum(exactly(j) for j in range(right, people + 1)))


def completed(guess: Guess, group: Group) -> Guess:
    """The guess with everyone else given one of the responses that are left, in no order that means anything."""
    kept: dict[UUID, UUID] = {}
    for person, response in guess.items():
        if person in group.people and response in group.responses and response not in kept.values():
            kept[person] = response
    rest = (person for person in sorted(group.people) if person not in kept)
    left = (response for response in sorted(group.responses, key=_scrambled) if response not in kept.values())
    return kept | dict(zip(rest, left, strict=False))


def _scrambled(id: UUID) -> bytes:
    return hashlib.sha256(id.bytes).digest()


def _id(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))


def _paired(people: Iterable[UUID], responses: Iterable[UUID], group: Group) -> Guess:
    """One by one, in the order given."""
    there = [one for one in people if one in group.people], [one for one in responses if one in group.responses]
    return dict(zip(*there, strict=False))


def _ids(evidence: Evidence, table: str, by: Callable[[Mapping[str, Any]], Any] | None = None) -> list[UUID]:
    rows = evidence.live.rows[table]
    return [_id(row["id"]) for row in (sorted(rows, key=by) if by else rows)]


def order_of_ids(evidence: Evidence, group: Group) -> Guess:
    return _paired(sorted(group.people), sorted(group.responses), group)


def order_of_rows(evidence: Evidence, group: Group) -> Guess:
    return _paired(_ids(evidence, "invitation"), _ids(evidence, "response"), group)


def order_of_addresses(evidence: Evidence, group: Group) -> Guess:
    """As if people answered in the order in which they stand in the list."""
    by_time = sorted(evidence.trail.responses, key=evidence.trail.responses.__getitem__)
    return _paired(_ids(evidence, "invitation", lambda row: row["email_key"]), by_time, group)


def order_of_links(evidence: Evidence, group: Group) -> Guess:
    links = sorted(evidence.live.rows["link"], key=lambda row: str(row["hash"]))
    responses = _ids(evidence, "response", lambda row: str(row["code_hash"]))
    return _paired((_id(row["of"]) for row in links), responses, group)


def order_of_seals(evidence: Evidence, group: Group) -> Guess:
    """Seals were written anew in some order: is it that of answering?"""
    rows = sorted(evidence.live.rows["invitation"], key=lambda row: (row.get("xmin", 0), _place(row)))
    by_time = sorted(evidence.trail.responses, key=evidence.trail.responses.__getitem__)
    return _paired((_id(row["id"]) for row in rows), by_time, group)


def times_in_seals(evidence: Evidence, group: Group) -> Guess:
    """A seal tells when it was made. Does it tell more?"""
    rows = sorted(evidence.live.rows["invitation"], key=lambda row: _unwrapped(str(row["answered_sealed"]))[:9])
    by_time = sorted(evidence.trail.responses, key=evidence.trail.responses.__getitem__)
    return _paired((_id(row["id"]) for row in rows), by_time, group)


def what_changed_between_backups(evidence: Evidence, group: Group) -> Guess:
    """Whose seal changed from one backup to the next, and which responses are new."""
    guess: dict[UUID, UUID] = {}
    for before, after in zip(evidence.copies, evidence.copies[1:], strict=False):
        seals = {_id(row["id"]): row["answered_sealed"] for row in before.rows["invitation"]}
        changed = [_id(r["id"]) for r in after.rows["invitation"] if seals[_id(r["id"])] != r["answered_sealed"]]
        known = {_id(row["id"]) for row in before.rows["response"]}
        new = [_id(row["id"]) for row in after.rows["response"] if _id(row["id"]) not in known]
        if len(changed) < len(seals):  # all of them tell nothing
            guess |= _paired(changed, new, group)
    return guess


def shortest_and_longest_seals(evidence: Evidence, group: Group) -> Guess:
    rows = sorted(evidence.live.rows["invitation"], key=lambda row: len(row["answered_sealed"]))
    return _paired((_id(row["id"]) for row in rows), _ids(evidence, "response"), group)


def marks_beside_responses(evidence: Evidence, group: Group) -> Guess:
    """Each response is followed, in time, by the mark it left. Whom does the mark name?"""
    guess: dict[UUID, UUID] = {}
    trail = evidence.trail
    marks = sorted(trail.marks.items(), key=lambda item: item[1])
    for response, when in trail.responses.items():
        after = next((content for content, then in marks if then > when), "")
        named = [person for person in group.people if person.hex.encode() in _readable(after)]
        guess |= dict.fromkeys(named, response)
    return guess


def hashes_of_drafts(evidence: Evidence, group: Group) -> Guess:
    """A draft went in the moment in which its response came. Does its hash follow from anything that is known?"""
    trail = evidence.trail
    sent = {when: response for response, when in trail.responses.items()}
    by_hash = {trail.draft_hashes[id]: sent.get(when) for id, when in trail.drafts_gone.items()}
    guess: dict[UUID, UUID] = {}
    for person, known in _known_of(evidence, group).items():
        for value in known:
            response = next((by_hash[one] for one in _derived(value) if by_hash.get(one)), None)
            if response:
                guess[person] = response
    return guess


def hashes_of_codes(evidence: Evidence, group: Group) -> Guess:
    codes = {str(row["code_hash"]): _id(row["id"]) for row in evidence.live.rows["response"]}
    return {
        person: codes[one]
        for person, known in _known_of(evidence, group).items()
        for value in known
        for one in _derived(value)
        if one in codes
    }


def values_in_common(evidence: Evidence, group: Group) -> Guess:
    """Any value of a person's rows that stands, or is contained, in a row of a response too."""
    guess: dict[UUID, UUID] = {}
    words: dict[UUID, str] = {}
    for table, key in (("response", "id"), ("response_text", "response_id")):
        for row in evidence.live.rows[table]:
            said = " ".join(str(value) for name, value in row.items() if name != "round_id")
            words[_id(row[key])] = words.get(_id(row[key]), "") + said
    for person, known in _known_of(evidence, group).items():
        for response, said in words.items():
            if any(len(value) > 7 and value in said for value in known):
                guess[person] = response
    return guess


def nearness_in_the_file(evidence: Evidence, group: Group) -> Guess:
    """In the bytes of the files, free pages and all: which response's id stands nearest to a person's?"""
    raw, guess = evidence.live.raw, dict[UUID, UUID]()
    places = {response: _places(raw, response) for response in group.responses}
    for person in sorted(group.people):
        near = [(abs(a - b), one) for a in _places(raw, person) for one, at in places.items() for b in at]
        free = [(distance, one) for distance, one in near if one not in guess.values()]
        if free:
            guess[person] = min(free)[1]
    return guess


def order_in_the_log(evidence: Evidence, group: Group) -> Guess:
    """The log tells when something was sent, and the trail which response that was. Whom does the log name?"""
    by_time = sorted(evidence.trail.responses, key=evidence.trail.responses.__getitem__)
    named = [person for line in evidence.log for person in group.people if str(person) in line or person.hex in line]
    return _paired(dict.fromkeys(named), by_time, group)


STRATEGIES: Final[Sequence[Strategy]] = (
    order_of_ids,
    order_of_rows,
    order_of_addresses,
    order_of_links,
    order_of_seals,
    times_in_seals,
    what_changed_between_backups,
    shortest_and_longest_seals,
    marks_beside_responses,
    hashes_of_drafts,
    hashes_of_codes,
    values_in_common,
    nearness_in_the_file,
    order_in_the_log,
)


def _known_of(evidence: Evidence, group: Group) -> Mapping[UUID, set[str]]:
    """Every value of a person's invitation, of their link and of what else names them, in any of the copies."""
    known: dict[UUID, set[str]] = {person: {str(person), person.hex} for person in group.people}
    for copy in evidence.copies:
        for row in copy.rows["invitation"]:
            if _id(row["id"]) in known:
                known[_id(row["id"])] |= {str(row[name]) for name in ("email", "email_key", "answered_sealed")}
        for row in copy.rows["link"]:
            if _id(row["of"]) in known:
                known[_id(row["of"])].add(str(row["hash"]))
    return known


def _derived(value: str) -> Iterable[str]:
    """The value itself, and the hashes that the service makes of such values."""
    yield value
    for one in (value, draft_secret(value)):
        yield hashlib.sha256(one.encode()).hexdigest()


def _readable(text: str) -> bytes:
    return text.encode() + _unwrapped(text)


def _unwrapped(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text)
    except ValueError:
        return text.encode()


def _place(row: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(int(part) for part in str(row.get("ctid", "(0,0)")).strip("()").split(","))


def _places(raw: bytes, id: UUID) -> list[int]:
    found, at = [], raw.find(id.hex.encode())
    while at >= 0 and len(found) < 200:
        found.append(at)
        at = raw.find(id.hex.encode(), at + 1)
    return found
