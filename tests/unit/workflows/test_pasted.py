"""Addresses in every shape in which people have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.workflows.apart.pasted import read_addresses


@pytest.mark.parametrize(
    "text",
    [
        "ann@example.org\nbob@example.org",
        "ann@example.org, bob@example.org",
        "ann@example.org; bob@example.org;",
        'Ann Example <ann@example.org>\r\n"Example, Bob" <bob@example.org>',
        "Name,E-mail\nAnn,ann@example.org\nBob,bob@example.org",
        "E-mail;Name\nann@example.org;Ann\nbob@example.org;Bob",
        'Ann\tann@example.org\n"Bob ""B"" Example"\tbob@example.org',
        '"ann@example.org","Ann"\n"bob@example.org","Bob"',
        "mailto:ann@example.org bob@example.org",
        "\n\n  ann@example.org  \n\nbob@example.org.\n",
        "'Ann' ann@example.org|'Bob' bob@example.org",
    ],
)
def test_both_are_found(text: str) -> None:
    found = read_addresses(text)
    assert found.addresses == ("ann@example.org", "bob@example.org") and found.faults == ()


def test_a_double_counts_once_however_it_is_written() -> None:
    found = read_addresses("Ann@Example.org\nann@example.org\nann@example.ORG, bob@example.org")
    assert found.addresses == ("Ann@Example.org", "bob@example.org") and found.doubles == 2


def test_a_double_on_one_line_is_folded_too() -> None:
    found = read_addresses("ann@example.org, ANN@example.org")
    assert found.addresses == ("ann@example.org",) and found.doubles == 1


@pytest.mark.parametrize(
    "line", ["ann at example.org", "ann@", "@example.org", "ann@example", "ann@@example.org", "=cmd()"]
)
def test_a_line_without_a_whole_address_is_told_with_its_number(line: str) -> None:
    found = read_addresses(f"bob@example.org\n\n{line}")
    assert found.addresses == ("bob@example.org",)
    assert [(fault.number, fault.text) for fault in found.faults] == [(3, line)]


def test_a_line_with_one_good_and_one_bad_address_keeps_the_good_and_is_told() -> None:
    found = read_addresses("ann@example.org, bob@example")
    assert found.addresses == ("ann@example.org",) and len(found.faults) == 1


def test_only_the_first_line_is_a_heading() -> None:
    found = read_addresses("name;address\nann@example.org\nname;address")
    assert [fault.number for fault in found.faults] == [3]


def test_a_long_line_is_shown_short() -> None:
    (fault,) = read_addresses("x" * 500).faults
    assert len(fault.shown) == 81 and len(fault.text) == 500
    (fault,) = read_addresses("short").faults
    assert fault.shown == "short"


@given(st.text(max_size=300))
def test_no_text_breaks_it_and_nothing_with_control_characters_is_an_address(text: str) -> None:
    found = read_addresses(text)
    assert all("@" in one and one.isprintable() for one in found.addresses)
    assert len({one.casefold() for one in found.addresses}) == len(found.addresses)
