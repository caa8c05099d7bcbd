"""flask stats: every figure against a case worked by hand, and files as they come."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assessment.commands.stats import stats
from tests.unit.scoring.test_reliability import JUDGED
from tests.unit.scoring.test_score_command import definition_text


def run(folder: Path, answers: str, *options: str) -> Result:
    """``flask stats`` on a made-up questionnaire of 3 principles of 4 statements, P00 to P23, levels 0 to 4."""
    (folder / "made-up.yaml").write_text(definition_text(), encoding="utf-8")
    (folder / "answers.csv").write_text(answers, encoding="utf-8")
    return CliRunner().invoke(stats, [str(folder / "made-up.yaml"), str(folder / "answers.csv"), *options])


def figures(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_alpha_over_the_complete_responses(tmp_path: Path) -> None:
    found = figures(run(tmp_path, "P00,P01\n0,1\n1,0\n2,2\n4,dk\n"))
    assert found["responses"] == 4
    (principle,) = found["principles"].values()
    assert principle["n_complete"] == 3 and principle["alpha"] == pytest.approx(2 / 3)
    assert "icc1" not in principle


def test_units_are_told_apart_as_shrout_and_fleiss_do(tmp_path: Path) -> None:
    """Their table halved, so that it fits on our five levels."""
    rows = [f"{unit},{min(score // 2, 4)}" for unit, scores in enumerate(JUDGED) for score in scores]
    found = figures(run(tmp_path, "team,P00\n" + "\n".join(rows) + "\n", "--unit", "team"))
    (principle,) = found["principles"].values()
    assert -1 <= principle["icc1"] <= principle["icc2"] <= 1
    assert set(principle["shrunken"]) == set(principle["units"]) == {str(unit) for unit in range(len(JUDGED))}
    means = {str(unit): sum(min(s // 2, 4) for s in scores) / 4 for unit, scores in enumerate(JUDGED)}
    middle = sum(means.values()) / len(means)
    share = 4 * principle["icc1"] / (1 + 3 * principle["icc1"])
    expected = {unit: middle + share * (mean - middle) for unit, mean in means.items()}
    assert principle["shrunken"] == pytest.approx(expected)


def test_agreement_within_a_unit(tmp_path: Path) -> None:
    answers = "unit,P00,P01\n" + "a,0,2\na,4,2\n" * 2 + "b,,\n"
    found = figures(run(tmp_path, answers, "--unit", "unit"))
    (principle,) = found["principles"].values()
    # Distances from the mean: 2 on the first statement, 0 on the second. Their variances 16/3 and 0 exceed chance.
    assert principle["units"]["a"]["ad_m"] == pytest.approx(1)
    assert principle["units"]["a"]["rwg_j"] is None
    assert principle["units"]["b"] == {"ad_m": None, "rwg_j": None}
    assert found["statements"] == {"P00": {"van_der_eijk": -1}, "P01": {"van_der_eijk": 1}}


def test_what_the_answers_do_not_allow_is_null(tmp_path: Path) -> None:
    (principle,) = figures(run(tmp_path, "P00,unit\ndk,a\n", "--unit", "unit"))["principles"].values()
    assert (principle["alpha"], principle["n_complete"], principle["icc1"], principle["shrunken"]) == (
        None,
        0,
        None,
        {},
    )


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ("P00\n9\n", "answers.csv:2:1: `9` is off the scale"),
        ("P00\n1\n", "answers.csv:1:1: there is no column `team` to report by"),
        ("", "answers.csv:1:1: the file is empty"),
    ],
)
def test_faults_are_told_with_their_place_and_nothing_is_printed(tmp_path: Path, answers: str, fault: str) -> None:
    result = run(tmp_path, answers, "--unit", "team") if "team" in fault else run(tmp_path, answers)
    assert result.exit_code == 2 and fault in result.stderr and result.stdout == ""
