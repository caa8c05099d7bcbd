"""Extremes, by hand: everyone says the same, four of five collude, a council leaves and comes back."""

from __future__ import annotations

import pytest

from assessment.disclosure.attack import Gate
from assessment.disclosure.benchmark import Cell, Member
from assessment.disclosure.release import ReleaseCell
from assessment.disclosure.release_apart import Voice, release_apart
from assessment.disclosure.snapshot import decide
from assessment.disclosure.thresholds import thresholds
from assessment.questionnaire.answer import Answer
from assessment.scoring.response import Response, VoiceName
from tests.attack.campaign import Published, seen_to_change
from tests.attack.nullspace import Attacker
from tests.attack.rounding import Case, shown
from tests.attack.rounds import SIX
from tests.unit.disclosure.groups import NETWORK, member, members, sector


def everyone_says(level: int, people: int, voice: VoiceName) -> dict[str, ReleaseCell]:
    form = "short" if voice == "people" else "full"
    said = Response(voice, form, {s.id: Answer(level) for s in SIX.on_form(form)})
    return {cell.measure: cell for cell in release_apart(SIX, Voice(voice, form, thresholds()), [said] * people)}


@pytest.mark.parametrize("people", range(5, 10))
@pytest.mark.parametrize(("level", "edge", "bound", "word"), [(4, 38, "or above", "high"), (0, 2, "or below", "low")])
def test_that_few_all_said_the_same_is_not_shown(people: int, level: int, edge: int, bound: str, word: str) -> None:
    staff = everyone_says(level, people, "staff")["principle/P0"]
    assert (staff.value_x10, staff.bound, staff.low_x10, staff.high_x10) == (edge, bound, None, None)
    of_people = everyone_says(level, people, "people")["principle/P0"]
    assert (of_people.value_x10, of_people.band, of_people.low_x10) == (None, word, None)
    assert not any(cell.counts for cell in everyone_says(level, people, "staff").values())
    # And whoever sees that cannot tell it from other ways to answer.
    case = Case("staff", people, 6)
    ways = sum(times for _sums, times in shown(case)[case.seen((level * 6 * people, (level * 6) ** 2 * people))])
    assert ways > 10


def test_from_ten_people_on_it_is_shown_that_all_said_the_same() -> None:
    cell = everyone_says(4, 10, "staff")["statement/P00"]
    assert (cell.value_x10, cell.counts[4]) == (40, 10)


def test_four_of_five_who_collude_know_the_fifth_to_half_a_level_and_no_rule_can_prevent_it() -> None:
    case = Case("staff", 5, 6)
    theirs = (12, 12, 12, 12)
    seen = case.seen((sum(theirs) + 15, sum(s * s for s in theirs) + 15 * 15))
    fifth = [s for s in case.steps if case.seen((48 + s, 4 * 144 + s * s)) == seen]
    assert 15 in fifth and (fifth[-1] - fifth[0]) / 6 <= 0.5
    # Of people who use the service only a word is shown: the fifth may have said nearly anything.
    word = Case("people", 5, 6)
    seen = word.seen((48 + 15, 4 * 144 + 15 * 15))
    fifth = [s for s in word.steps if word.seen((48 + s, 4 * 144 + s * s)) == seen]
    assert (fifth[-1] - fifth[0]) / 6 >= 2


def test_a_council_that_leaves_and_comes_back_gives_nothing_away() -> None:
    others, council = members(range(30), 10), frozenset(member(service, 90) for service in range(100, 104))
    renewed = frozenset(Member(f"{m.release_id}.new", m.service_id, m.organisation_id, m.value_x10) for m in council)
    everyone, half = Cell(NETWORK, others | council), Cell(sector("a"), members(range(15), 10) | council)
    months = [
        [everyone, half],
        [Cell(NETWORK, others), Cell(half.group, members(range(15), 10))],
        [everyone, half],
        [Cell(NETWORK, others | renewed), Cell(half.group, members(range(15), 10) | renewed)],
    ]
    published = Published.of(months)
    # Four services went, came and renewed: what was published first stands all the while.
    assert [[one.state for one in decided] for _cells, decided in published.snapshots] == [
        ["fresh", "fresh"],
        *[["carried", "carried"]] * 3,
    ]
    assert list(seen_to_change(published)) == []


def test_a_large_council_that_leaves_and_comes_back_changed_gives_nothing_away() -> None:
    others = members(range(30), 10)
    council = [frozenset(member(service, 90, release) for service in range(100, 108)) for release in range(3)]
    cells: list[Cell] = []
    for here in (council[0], frozenset[Member](), council[0], council[1], frozenset[Member](), council[2]):
        candidates = [Cell(NETWORK, others | here), Cell(sector("a"), members(range(15), 10) | here)]
        cells += [one.cell for one in decide(candidates, cells).published if one.state == "fresh"]
        assert list(Attacker(cells).findings()) == [] and Gate(cells).findings() == ()
    # What follows is of all its eight services at once.
    assert len(cells) > 2 and Attacker(cells).few(frozenset(m.release_id for m in others)) is None
