"""flask score: figures, faults with their places, and files as they come."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assessment.commands import answers_file
from assessment.commands.score import score
from assessment.questionnaire.answer import Answer, Other
from assessment.scoring.profile import PrincipleProfile, profile
from assessment.scoring.response import Response
from tests.unit.scoring.questionnaires import questionnaire

MADE_UP = questionnaire(principles=3, statements=4)
IDS = [statement.id for statement in MADE_UP.statements]
OTHER: dict[str, Other] = {"na": "not-applicable", "dk": "dont-know", "pns": "prefer-not-to-say"}

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs ``flask score`` on a made-up questionnaire of 3 principles of 4 statements, P00 to P23."""
    (tmp_path / "made-up.yaml").write_text(definition_text(), encoding="utf-8")

    def run(answers: str | bytes, *options: str) -> Result:
        content = answers if isinstance(answers, bytes) else answers.encode()
        (tmp_path / "answers.csv").write_bytes(content)
        return CliRunner().invoke(score, [str(tmp_path / "made-up.yaml"), str(tmp_path / "answers.csv"), *options])

    return run


def definition_text() -> str:
    principles = [
        {"id": p.id, "code": p.code, "name": p.name,
         "statements": [{"id": s.id, "text": s.text, "levels": list(s.levels)} for s in p.statements]}
        for p in MADE_UP.principles
    ]  # fmt: skip
    scale = [{"value": level.value, "name": level.name, "meaning": "it is so"} for level in MADE_UP.scale]
    plain = {
        "id": "made-up",
        "version": "1.0",
        "language": "en",
        "title": "T",
        "scale": scale,
        "principles": principles,
    }
    return json.dumps(plain)


def figures(result: Result) -> Any:
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def faults(result: Result) -> list[str]:
    assert (result.exit_code, result.stdout) == (2, "")
    return [line.partition("answers.csv:")[2] for line in result.stderr.splitlines()]


def plain(found: PrincipleProfile) -> dict[str, Any]:
    low, high = found.interval or (None, None)
    others = {"not_applicable": found.not_applicable, "dont_know": found.dont_know}
    others |= {"prefer_not_to_say": found.prefer_not_to_say, "blank": found.blank}
    return {
        "n": found.n,
        "mean": found.mean,
        "low": low,
        "high": high,
        "distribution": list(found.distribution),
        **others,
    }


def expected(rows: list[list[str]], ids: list[str] = IDS) -> dict[str, Any]:
    read = [{id: parsed(cell) for id, cell in zip(ids, row, strict=True) if cell} for row in rows]
    asked = [statement for statement in MADE_UP.statements if statement.id in ids]
    found = profile(MADE_UP, [Response("staff", "full", answers) for answers in read], asked)
    return {"responses": len(rows), "principles": {p.principle: plain(p) for p in found.principles}}


def parsed(cell: str) -> Answer:
    return Answer(other=OTHER[cell]) if cell in OTHER else Answer(int(cell))


def table(rows: list[list[str]], ids: list[str] = IDS) -> str:
    return "\n".join(",".join(row) for row in [ids, *rows]) + "\n"


def some_rows(count: int, columns: int = len(IDS)) -> list[list[str]]:
    chance = random.Random(7)  # noqa: S311
    return [chance.choices(["0", "1", "2", "3", "4", "na", "dk", "pns", ""], k=columns) for _ in range(count)]


def test_the_figures_are_those_of_the_profile(run: Run) -> None:
    rows = some_rows(500)
    found = figures(run(table(rows)))
    assert found == expected(rows)
    assert list(found["principles"]) == ["P0", "P1", "P2"]
    assert list(found) == ["responses", "principles"]


def test_the_order_of_columns_and_of_rows_does_not_matter(run: Run) -> None:
    rows = some_rows(50)
    turned = [row[::-1] for row in rows[::-1]]
    assert figures(run(table(turned, IDS[::-1]))) == figures(run(table(rows)))


def test_a_statement_without_a_column_was_not_asked(run: Run) -> None:
    ids = ["P00", "P01", "P10"]
    rows = [["4", "", "na"], ["", "dk", "2"]]
    found = figures(run(table(rows, ids)))
    assert found == expected(rows, ids)
    assert (found["principles"]["P0"]["n"], found["principles"]["P0"]["mean"]) == (1, 4.0)
    nothing = {"n": 0, "mean": None, "low": None, "high": None, "distribution": [0] * 5}
    assert found["principles"]["P2"] == nothing | dict.fromkeys(
        ["not_applicable", "dont_know", "prefer_not_to_say", "blank"], 0
    )


def test_a_header_alone_is_no_response(run: Run) -> None:
    for ending in ("", "\n", "\r\n"):
        found = figures(run(",".join(IDS) + ending))
        assert found["responses"] == 0 and found["principles"]["P0"]["mean"] is None


def test_one_response_has_no_interval(run: Run) -> None:
    found = figures(run("P00,P01\n3,4\n"))["principles"]["P0"]
    assert (found["n"], found["mean"], found["low"], found["high"]) == (1, 3.5, None, None)


def test_units_apart(run: Run) -> None:
    rows = some_rows(60)
    chance = random.Random(4)  # noqa: S311
    units = [chance.choice(['"South, ""old"""', "north", "", "Caerdydd ŵ"]) for _ in rows]
    text = table([[unit, *row, "carer"] for unit, row in zip(units, rows, strict=True)], ["unit", *IDS, "perspective"])
    found = figures(run(text, "--by", "unit"))
    assert {"responses": found["responses"], "principles": found["principles"]} == expected(rows)
    assert list(found["units"]) == ["", "Caerdydd ŵ", 'South, "old"', "north"]
    for name, written in (
        ("", ""),
        ("Caerdydd ŵ", "Caerdydd ŵ"),
        ('South, "old"', '"South, ""old"""'),
        ("north", "north"),
    ):
        assert found["units"][name] == expected([row for unit, row in zip(units, rows, strict=True) if unit == written])
    assert "units" not in figures(run(text))


@pytest.mark.parametrize(
    "text",
    [
        "P00,P01\n1,na\n,4\n",
        "P00,P01\r\n1,na\r\n,4\r\n",
        "P00,P01\r1,na\r,4\r",
        "\ufeffP00,P01\n1,na\n,4",
        "\n\nP00,P01\n\n1,na\n\n\n,4\n\n",
        '"P00","P01"\n"1","na"\n"",4\n',
        'P00,"P01"\n\n1,"na"\n\n,"4"\n',
        'P00,P01,perspective\n1,na,"two\nlines, and ""more"""\n,4,\n',
    ],
)
def test_files_as_programs_write_them(run: Run, text: str) -> None:
    assert figures(run(text)) == expected([["1", "na"], ["", "4"]], ["P00", "P01"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["1:1: the file is empty; its first line must name the columns"]),
        ("\n\n", ["1:1: the file is empty; its first line must name the columns"]),
        (
            "P00,X1,P01,P00\n1,,2,\n",
            [
                "1:5: `X1` is no statement of made-up 1.0; name statement ids, `perspective` and `unit` only",
                "1:12: the column `P00` is there already",
            ],
        ),
        ("P00,P01\n1,5\n", ["2:3: `5` OFF"]),
        ("P00,P01\n-1,2\n", ["2:1: `-1` NONE"]),
        (
            "P00,P01\n1,NA\nx, 2\n3,3\n",
            [
                "2:3: `NA` NONE",
                "3:1: `x` NONE",
                "3:3: ` 2` NONE",
            ],
        ),
        (
            "P00,P01\n1\n1,2,3\n\n1,9\n",
            [
                "2:2: this row has 1 cell, the header 2",
                "3:5: this row has 3 cells, the header 2",
                "5:3: `9` OFF",
            ],
        ),
        ("P00,P01\n1,\x00\n", ["2:3: `\\x00` NONE"]),
        (b"P00,P01,unit\n1,2,caf\xe9\n\xe9,2,x\n", ["2:5: NOT", "3:1: NOT"]),
        (b"\xff\xfeP\x000\x000\x00", ["1:1: NOT"]),
        ('unit,P00\n"a\nb, ""c""",7\nd,8\n', ["3:11: `7` OFF", "4:3: `8` OFF"]),
        ('unit,P00\n"a,1\nb,8\n', ["2:1: QUOTES", "3:3: `8` OFF"]),
        ('unit,P00\n"a"b,1\nb,8\n', ["2:1: QUOTES", "3:3: `8` OFF"]),
        ('"P00,P01\n1,2\n', ["1:1: QUOTES"]),
    ],
)  # fmt: skip
def test_every_fault_has_its_place(run: Run, text: str | bytes, said: list[str]) -> None:
    assert faults(run(text)) == [in_full(line) for line in said]


def in_full(fault: str) -> str:
    for short, message in {
        "QUOTES": "the quotation marks of this row do not match; put them round a whole cell, and double those inside",
        "NOT": "this is not UTF-8 text; save the file as CSV UTF-8",
        "OFF": "is off the scale, which goes from 0 to 4",
        "NONE": "is no answer; write 0 to 4, na, dk or pns, or leave the cell empty",
    }.items():
        fault = re.sub(rf"\b{short}\b", message, fault)
    return fault


def test_units_need_a_column(run: Run) -> None:
    assert faults(run("P00\n1\n", "--by", "unit")) == ["1:1: there is no column `unit` to report by"]


def test_faults_stop_at_a_thousand(run: Run) -> None:
    assert len(faults(run("P00\n" + "7\n" * 999))) == 999
    found = faults(run("P00,P01\n" + "7,8\n" * 100_000))
    assert len(found) == 1000 and found[-1].startswith("501:3: `8`")


def test_faults_are_found_in_every_block(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers_file, "BLOCK", 7)
    rows = some_rows(40)
    assert figures(run(table(rows))) == expected(rows)
    text = "unit,P00\n" + 'a,1\n"b\nc",2\n\n' * 30 + "d,9\n" + "a,1\n" * 30 + '"e,3\n' + "f,8\n" * 2
    found = [fault.split(" ")[0] for fault in faults(run(text))]
    assert found == ["122:3:", "153:1:", "154:3:", "155:3:"]


def test_a_quotation_mark_that_nothing_closes_does_not_hide_the_rest(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers_file, "BLOCK", 64)
    monkeypatch.setattr(answers_file, "LONGEST", 200)
    text = "unit,P00\n" + '"a,1\n' + "b,2\n" * 500 + "c,9\n"
    assert [fault.split(" ")[0] for fault in faults(run(text))] == ["2:1:", "503:3:"]


def test_a_line_without_end_is_no_file_of_answers(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers_file, "LONGEST", 100_000)
    said = "this line has more than a million characters; is this a file of answers?"
    assert faults(run("P00\n1\n" + "1," * 100_000)) == [f"3:1: {said}"]


def test_faults_of_the_questionnaire_are_said_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("P00\n1\n")
    (tmp_path / "bad.yaml").write_text("id: 1\n")
    result = CliRunner().invoke(score, [str(tmp_path / "bad.yaml"), str(tmp_path / "answers.csv")])
    assert result.exit_code == 2 and result.stdout == ""
    assert str(tmp_path / "bad.yaml") + ":1:" in result.stderr


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    result = CliRunner().invoke(score, [str(tmp_path / "made-up.yaml"), str(tmp_path / "none.csv")])
    assert result.exit_code == 2 and "none.csv" in result.stderr and result.stdout == ""
