"""A translation says the same in another language: ids, numbers and keys are its source's."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.questionnaire.checker import Source, check
from assessment.questionnaire.folder import check_file

VALID = Path(__file__).parents[2] / "definitions" / "valid"
SOURCE = (VALID / "good-neighbours" / "1.0.en.yaml").read_text()
WELSH = SOURCE.replace("language: en", "language: cy").replace("Being heard", "Cael eich clywed")


def messages(translation: str) -> list[str]:
    return [fault.message for fault in check(translation, "1.0.cy.yaml", Source(SOURCE, "1.0.en.yaml"))]


def test_a_true_translation_has_no_fault() -> None:
    assert messages(WELSH) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- id: H2", "- id: X2", "`X2` here, `H2` in 1.0.en.yaml, the source of this translation; write `H2`"),
        ('version: "1.0"', 'version: "1.1"', "`1.1` here, `1.0` in 1.0.en.yaml"),
        ('code: "2"', 'code: "9"', "`9` here, `2` in 1.0.en.yaml"),
        ("short: true", "short: false", "`False` here, `True` in 1.0.en.yaml"),
        ("    if_concern: Say in writing that speaking up never affects a tenancy.\n", "", "no `if_concern` here"),
        ("    title: Fear of", "    why: Pam.\n    title: Fear of", "`why` here, but not in 1.0.en.yaml"),
        (
            "  - {id: caretaker, name: I look after the buildings, voice: staff}\n",
            "",
            "perspectives: 1 here, 2 in 1.0.en.yaml, the source of this translation; write 2",
        ),
    ],
)
def test_a_translation_that_differs_is_told_how(old: str, new: str, message: str) -> None:
    assert old in WELSH
    assert any(found.startswith(message) for found in messages(WELSH.replace(old, new, 1)))


def test_one_difference_is_one_fault() -> None:
    assert len(messages(WELSH.replace('code: "2"', 'code: "9"'))) == 1


def test_a_faulty_source_is_not_the_translators_fault() -> None:
    assert check(WELSH, "1.0.cy.yaml", Source(SOURCE.replace("id: H2", "id: 2H"), "1.0.en.yaml")) == []


def test_the_source_is_found_beside_the_translation(tmp_path: Path) -> None:
    (tmp_path / "1.0.en.yaml").write_text(SOURCE)
    translation = tmp_path / "1.0.cy.yaml"
    translation.write_text(WELSH.replace("- id: H2", "- id: X2"))
    (fault,) = check_file(translation)
    assert str(fault).startswith(f"{translation}:")
    assert "write `H2`" in fault.message
    assert WELSH.replace("- id: H2", "- id: X2").splitlines()[fault.line - 1].strip() == "- id: X2"
