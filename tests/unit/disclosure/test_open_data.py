"""Open data are part of what was published: from 50 services in all, and no count under 10."""

from __future__ import annotations

import pytest

from assessment.disclosure.benchmark import Member, peers
from assessment.disclosure.open_data import (
    FEW_IN_BAR,
    NO_TENTHS,
    ONLY_MEDIAN,
    TOO_FEW_IN_ALL,
    bar_count,
    may_open,
    not_shown,
    opened,
)
from assessment.disclosure.shown import Bin, Hidden, Peers
from assessment.questionnaire.message import Message

REFUSED = Hidden(Message("Fewer than 10"))


def of(services: int) -> Peers:
    return peers([Member(f"r{n}", f"s{n}", f"o{n}", n % 40) for n in range(services)])


def test_figures_are_open_from_fifty_services_in_the_whole_network() -> None:
    assert not may_open(45) and may_open(50)
    said = of(12)
    assert opened(said, 45) == Hidden(TOO_FEW_IN_ALL) and opened(said, 50) is said


def test_a_group_that_is_refused_keeps_its_reason_unless_all_are_too_few() -> None:
    assert opened(REFUSED, 50) is REFUSED
    assert opened(REFUSED, 0) == Hidden(TOO_FEW_IN_ALL)


@pytest.mark.parametrize(
    ("services", "why"), [(10, ONLY_MEDIAN), (19, ONLY_MEDIAN), (20, NO_TENTHS), (49, NO_TENTHS), (50, None)]
)
def test_what_a_group_is_too_small_for_is_said(services: int, why: Message | None) -> None:
    assert not_shown(of(services)) == why


def test_a_bar_of_fewer_than_ten_has_no_number() -> None:
    assert bar_count(Bin(0.0, 5)) == Hidden(FEW_IN_BAR)
    assert bar_count(Bin(0.0, 10)) == 10
