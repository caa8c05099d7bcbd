"""flask score: profiles from an analyst's own file of answers, at full precision."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from assessment.commands.answers_tally import AnswersError, Tally, tally_answers
from assessment.questionnaire.definition import Definition
from assessment.questionnaire.fault import DefinitionError, Fault
from assessment.questionnaire.folder import read_bytes
from assessment.questionnaire.loader import load_definition
from assessment.scoring.profile import PrincipleProfile, principle_profile

FAULTY = 2
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("score")
@click.argument("definition_file", metavar="DEFINITION.yaml", type=FILE)
@click.argument("answers_file", metavar="ANSWERS.csv", type=FILE)
@click.option("--by", type=click.Choice(["unit"]), help="Score each value of this column apart, too.")
def score(definition_file: Path, answers_file: Path, by: str | None) -> None:
    """Score ANSWERS.csv, one row a response of one voice, and print JSON.

    The header names statement ids; "perspective" and "unit" may stand beside them. Cells hold a level, na
    (does not apply), dk (do not know), pns (prefer not to say) or nothing. A statement without a column was
    not asked: the half that a principle's score needs is half of those asked. Empty lines are skipped.
    Faults go to the error output as file:line:column, with exit code 2 and nothing printed.
    """
    try:
        definition = load_definition(read_bytes(definition_file), str(definition_file))
        whole, units = tally_answers(answers_file, definition, by or "")
    except (DefinitionError, AnswersError) as error:
        raise refused(error.faults) from error
    result = _scores(definition, whole)
    if by:
        result["units"] = {unit: _scores(definition, tally) for unit, tally in units.items()}
    click.echo(json.dumps(result, indent=2))


def refused(faults: Iterable[Fault]) -> click.exceptions.Exit:
    for fault in faults:
        click.echo(str(fault), err=True)
    return click.exceptions.Exit(FAULTY)


def _scores(definition: Definition, tally: Tally) -> dict[str, Any]:
    profiles = {id: principle_profile(id, counts, definition.top) for id, counts in tally.principles.items()}
    return {"responses": tally.rows, "principles": {id: _plain(profile) for id, profile in profiles.items()}}


def _plain(profile: PrincipleProfile) -> dict[str, Any]:
    low, high = profile.interval or (None, None)
    return {
        "n": profile.n,
        "mean": profile.mean,
        "low": low,
        "high": high,
        "distribution": list(profile.distribution),
        "not_applicable": profile.not_applicable,
        "dont_know": profile.dont_know,
        "prefer_not_to_say": profile.prefer_not_to_say,
        "blank": profile.blank,
    }
