"""Every file of tests/definitions: the valid ones load, each invalid one gives exactly the faults its header names."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.questionnaire.checker import check
from assessment.questionnaire.folder import check_file, find_definitions
from assessment.questionnaire.loader import DefinitionError, from_body, load_definition, to_body

REPOSITORY = Path(__file__).parents[3]
CORPUS = REPOSITORY / "tests" / "definitions"
INVALID = sorted((CORPUS / "invalid").glob("*.yaml"))
VALID = [*sorted((CORPUS / "valid").glob("*/*.yaml")), *sorted((REPOSITORY / "questionnaires").glob("*/*.yaml"))]


def named(path: Path) -> str:
    return path.stem


def promised(path: Path) -> list[str]:
    """The faults that a file's first comment lines say it must give."""
    lines = path.read_bytes().decode().split("\n")
    return [line[4:] for line in lines[1 : lines.index("#")]]


@pytest.mark.parametrize("path", INVALID, ids=named)
def test_invalid_file_gives_each_fault_it_promises_and_no_other(path: Path) -> None:
    faults = check(path.read_bytes(), path.name)
    assert [f"{fault.line}:{fault.column}: {fault.message}" for fault in faults] == promised(path)
    assert all(str(fault).startswith(f"{path.name}:{fault.line}:") for fault in faults)


@pytest.mark.parametrize("path", INVALID, ids=named)
def test_invalid_file_does_not_load(path: Path) -> None:
    with pytest.raises(DefinitionError) as raised:
        load_definition(path.read_bytes(), path.name)
    assert str(raised.value).splitlines() == [f"{path.name}:{fault}" for fault in promised(path)]


def test_corpus_is_large_enough() -> None:
    assert len(INVALID) >= 24
    assert all(promised(path) for path in INVALID)


@pytest.mark.parametrize("path", VALID, ids=named)
def test_valid_file_has_no_fault_and_survives_storage(path: Path) -> None:
    assert check_file(path) == []
    definition = load_definition(path.read_bytes(), path.name)
    assert from_body(to_body(definition)) == definition


def test_other_questionnaires_have_other_shapes() -> None:
    neighbours, library = find_definitions(CORPUS / "valid")
    assert (len(library.principles), len(library.statements), library.top, library.forms) == (4, 12, 3, ("full",))
    assert not any(statement.people for statement in library.statements)
    assert (len(neighbours.principles), neighbours.top, neighbours.forms) == (8, 2, ("full", "short"))
    assert [len(principle.statements) for principle in neighbours.principles] == [2, 3, 1, 4, 2, 2, 3, 2]
    assert all(statement.people for statement in neighbours.shared)
    assert "<script>" in neighbours.summary


def test_folder_says_all_faults_of_all_files(tmp_path: Path) -> None:
    for path in INVALID[:2]:
        (tmp_path / path.stem).mkdir()
        (tmp_path / path.stem / "1.0.en.yaml").write_bytes(path.read_bytes())
    with pytest.raises(DefinitionError) as raised:
        find_definitions(tmp_path)
    assert [fault.message for fault in raised.value.faults] == [
        line.split(": ", 1)[1] for path in INVALID[:2] for line in promised(path)
    ]


def test_folder_refuses_a_file_under_another_name(tmp_path: Path) -> None:
    (tmp_path / "library-friends").mkdir()
    source = CORPUS / "valid" / "library-friends" / "2.1.en.yaml"
    (tmp_path / "library-friends" / "2.2.en.yaml").write_bytes(source.read_bytes())
    with pytest.raises(DefinitionError, match=r"call it `library-friends/2\.1\.en\.yaml`"):
        find_definitions(tmp_path)


def test_folder_counts_versions_as_numbers(tmp_path: Path) -> None:
    source = (CORPUS / "valid" / "library-friends" / "2.1.en.yaml").read_text()
    (tmp_path / "library-friends").mkdir()
    for version in ("1.10", "1.9", "2.1"):
        path = tmp_path / "library-friends" / f"{version}.en.yaml"
        path.write_text(source.replace('version: "2.1"', f'version: "{version}"'))
    assert [definition.version for definition in find_definitions(tmp_path)] == ["1.9", "1.10", "2.1"]
