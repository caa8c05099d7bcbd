"""flask questionnaire check, list and show, without a database."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from assessment.commands.questionnaire import questionnaire

CORPUS = Path(__file__).parents[2] / "definitions"
LIBRARY = CORPUS / "valid" / "library-friends" / "2.1.en.yaml"


def run(*arguments: object, folder: Path | None = None) -> Result:
    app = Flask("questionnaire_commands")
    app.config["QUESTIONNAIRES"] = folder
    app.cli.add_command(questionnaire)
    return app.test_cli_runner().invoke(args=["questionnaire", *map(str, arguments)])


def test_check_says_nothing_of_a_good_file() -> None:
    result = run("check", LIBRARY)
    assert (result.exit_code, result.output) == (0, "")


def test_check_says_one_fault_a_line_over_all_files(tmp_path: Path) -> None:
    files = [CORPUS / "invalid" / "alias.yaml", LIBRARY, tmp_path / "missing.yaml", tmp_path]
    result = run("check", *files)
    assert result.exit_code == 2
    lines = result.output.splitlines()
    assert lines[:2] == [
        f"{files[0]}:20:17: the anchor `&usual`; take it out and write each text where it is needed",
        f"{files[0]}:24:17: the alias `*usual`; write the text out again",
    ]
    assert lines[2].startswith(f"{files[2]}:1:1: cannot be read (no such file)")
    assert lines[3].startswith(f"{files[3]}:1:1: cannot be read (not a file)")
    assert len(lines) == 4


@pytest.mark.parametrize("command", ["check", "show"])
def test_a_forgotten_argument_is_an_error(command: str) -> None:
    assert run(command).exit_code == 2


def test_list_has_a_line_for_each() -> None:
    result = run("list", folder=CORPUS / "valid")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "good-neighbours  1.0  en  full 19, short 9  Good neighbours <b>together</b>",
        "library-friends  2.1  en  full 12  How open is our library to the people around it?",
    ]


def test_list_finds_the_services_own_folder() -> None:
    assert run("list").output.startswith("co-production  1.0  en  full 36, short 12  ")


def test_list_of_a_faulty_folder_says_the_faults(tmp_path: Path) -> None:
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "1.0.en.yaml").write_text("")
    result = run("list", folder=tmp_path)
    assert result.exit_code == 2
    assert result.output == f"{tmp_path}/tiny/1.0.en.yaml:1:1: the file is empty; begin with `id:`\n"


def test_show_prints_every_statement_and_level() -> None:
    result = run("show", "co-production")
    assert result.exit_code == 0
    assert all(f"  {letter}{number} " in result.output for letter in "ABCDEF" for number in "123456")
    assert "4 People and staff can each pause or reopen a decision" in result.output
    assert max(map(len, result.output.splitlines())) <= 100


def test_show_takes_the_newest_version_unless_told(tmp_path: Path) -> None:
    (tmp_path / "library-friends").mkdir()
    for version in ("2.9", "2.10"):
        path = tmp_path / "library-friends" / f"{version}.en.yaml"
        path.write_text(LIBRARY.read_text().replace('version: "2.1"', f'version: "{version}"'))
    assert "version 2.10," in run("show", "library-friends", folder=tmp_path).output
    assert "version 2.9," in run("show", "library-friends", "--version", "2.9", folder=tmp_path).output


@pytest.mark.parametrize(
    "options", [["nothing"], ["co-production", "--language", "cy"], ["co-production", "--version", "9"]]
)
def test_show_of_what_is_not_there_says_where_to_look(options: list[str]) -> None:
    result = run("show", *options)
    assert result.exit_code == 1
    assert "flask questionnaire list" in result.output
