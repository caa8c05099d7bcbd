"""Where a voice likely stands, and what its words say, in one sentence."""

from __future__ import annotations

import pytest

from assessment.scoring.bands import Band
from assessment.scoring.likely import WORDS, in_words, likely_beside
from assessment.scoring.shrinkage import Standing

NAMES = ("Assets", "Building capacity", "Reciprocity", "Blurred roles", "Peer networks", "Catalysing")
HIGHER: Standing = "likely higher"
LOWER: Standing = "likely lower"
SAME: Standing = "about the same"


@pytest.mark.parametrize(
    ("standings", "where"),
    [
        ((HIGHER,) * 6, "likely higher in all six"),
        ((SAME,) * 6, "about the same in all six"),
        ((None, LOWER, None, LOWER, LOWER, None), "likely lower in all three"),
        ((None, LOWER, None, None, None, None), "likely lower in Building capacity"),
        ((HIGHER, HIGHER, SAME, SAME, SAME, SAME), "likely higher in Assets and Building capacity, and about the same "
         "in the other four"),
        (
            (HIGHER, LOWER, SAME, SAME, None, None),
            "likely higher in Assets, likely lower in Building capacity, and about the same in the other two",
        ),
        ((HIGHER, SAME, None, None, None, None), "likely higher in Assets, and about the same in Building capacity"),
        ((LOWER, HIGHER, LOWER, None, None, None), "likely higher in Building capacity, and likely lower in Assets and "
         "Reciprocity"),
    ],
)  # fmt: skip
def test_where_it_stands_is_said_clause_by_clause(standings: tuple[Standing | None, ...], where: str) -> None:
    said = likely_beside("services in Housing", "what staff say", dict(zip(NAMES, standings, strict=True)))
    assert str(said) == f"Beside services in Housing, what staff say is {where}."


def test_nothing_is_said_where_nothing_stands_anywhere() -> None:
    assert likely_beside("services in Housing", "what staff say", dict.fromkeys(NAMES)) is None
    assert in_words(dict.fromkeys(NAMES)) is None


@pytest.mark.parametrize(
    ("bands", "where"),
    [
        (("high", "middle", "middle", "low", None, None), "high in Assets, low in Blurred roles, and in the middle in "
         "the other two"),
        (("middle",) * 6, "in the middle in all six"),
        (("low", "high", None, None, None, None), "high in Building capacity, and low in Assets"),
    ],
)  # fmt: skip
def test_words_are_put_into_one_sentence(bands: tuple[Band | None, ...], where: str) -> None:
    assert str(in_words(dict(zip(NAMES, bands, strict=True)))) == f"What they said is {where}"


def test_no_word_is_a_judgement() -> None:
    assert not any(word in str(said).lower() for said in WORDS.values() for word in ("better", "worse", "good", "rank"))
