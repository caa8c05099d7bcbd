"""flask stats: how well a questionnaire measures, from an analyst's own file of answers, at full precision."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from assessment.commands.answers_rows import Row, asked, rows
from assessment.commands.answers_tally import AnswersError, tally_answers
from assessment.commands.score import FILE, refused
from assessment.questionnaire.definition import Definition, Statement
from assessment.questionnaire.fault import DefinitionError
from assessment.questionnaire.folder import read_bytes
from assessment.questionnaire.loader import load_definition
from assessment.scoring.agreement import mean_absolute_deviation, van_der_eijk, within_group_agreement
from assessment.scoring.instrument import ItemSums
from assessment.scoring.moments import Moments
from assessment.scoring.principle import enough
from assessment.scoring.reliability import intraclass
from assessment.scoring.shrinkage import shrunken


@click.command("stats")
@click.argument("definition_file", metavar="DEFINITION.yaml", type=FILE)
@click.argument("answers_file", metavar="ANSWERS.csv", type=FILE)
@click.option("--unit", default="", metavar="COLUMN", help="The column that says which team or service a row is of.")
def stats(definition_file: Path, answers_file: Path, unit: str) -> None:
    """Print, as JSON, statistics of ANSWERS.csv, one row a response of one voice (the file that flask score reads).

    For each principle: Cronbach's alpha over the responses complete on it; with --unit also ICC(1) and ICC(2),
    each unit's score drawn towards the mean of all units by ICC(1), and agreement within each unit. For each
    statement: van der Eijk's A. A figure that the answers do not allow is null.
    """
    try:
        definition = load_definition(read_bytes(definition_file), str(definition_file))
        tally_answers(answers_file, definition, unit)
    except (DefinitionError, AnswersError) as error:
        raise refused(error.faults) from error
    held = _Held(definition, asked(answers_file, definition))
    for row in rows(answers_file, definition, unit):
        held.add(row)
    click.echo(json.dumps(held.plain(bool(unit)), indent=2))


class _Held:
    """Everything the statistics need, principle by principle; memory grows with units, never with rows."""

    def __init__(self, definition: Definition, columns: frozenset[str]) -> None:
        self.top, self.responses = definition.top, 0
        asked_of = {p.id: [s for s in p.statements if s.id in columns] for p in definition.principles}
        self.principles = {id: _Principle(statements, self.top) for id, statements in asked_of.items() if statements}

    def add(self, row: Row) -> None:
        self.responses += 1
        for principle in self.principles.values():
            principle.add(row)

    def plain(self, by_unit: bool) -> dict[str, Any]:
        return {
            "responses": self.responses,
            "principles": {id: principle.plain(by_unit) for id, principle in self.principles.items()},
            "statements": {
                name: {"van_der_eijk": _agreement(counts)}
                for principle in self.principles.values()
                for name, counts in principle.whole.items()
            },
        }


class _Principle:
    def __init__(self, statements: Sequence[Statement], top: int) -> None:
        self.names, self.levels = [statement.id for statement in statements], top + 1
        self.items = ItemSums(len(statements))
        self.whole = self._no_counts()
        self.scores: dict[str, Moments] = {}
        self.counts: dict[str, dict[str, list[int]]] = {}

    def add(self, row: Row) -> None:
        given = {name: row.levels[name] for name in self.names if name in row.levels}
        self.items.add([given.get(name) for name in self.names])
        of_unit = self.counts.setdefault(row.unit, self._no_counts())
        for name, level in given.items():
            self.whole[name][level] += 1
            of_unit[name][level] += 1
        if given and len(given) >= enough(len(self.names)):
            held = self.scores.get(row.unit, Moments())
            self.scores[row.unit] = held.add(_mean(given.values()))

    def plain(self, by_unit: bool) -> dict[str, Any]:
        whole = {"alpha": self.items.alpha, "n_complete": self.items.n}
        return whole | self._by_unit() if by_unit else whole

    def _by_unit(self) -> dict[str, Any]:
        found = intraclass(self.scores.values())
        return {
            "icc1": found.icc1 if found else None,
            "icc2": found.icc2 if found else None,
            "shrunken": self._shrunken(found.icc1) if found else {},
            "units": {unit: self._agreement(counts) for unit, counts in sorted(self.counts.items())},
        }

    def _shrunken(self, icc1: float) -> dict[str, float]:
        means = {unit: float(held.mean) for unit, held in sorted(self.scores.items()) if held.mean is not None}
        middle = sum(means.values()) / len(means)
        return {unit: shrunken(mean, self.scores[unit].n, middle, icc1) for unit, mean in means.items()}

    def _agreement(self, counts: dict[str, list[int]]) -> dict[str, float | None]:
        answered = [one for one in counts.values() if any(one)]
        deviations = [mean_absolute_deviation(one) for one in answered]
        variances = [float(_moments(one).variance) for one in answered if sum(one) > 1]
        return {
            "ad_m": float(sum(deviations) / len(deviations)) if deviations else None,
            "rwg_j": within_group_agreement(variances, self.levels) if variances else None,
        }

    def _no_counts(self) -> dict[str, list[int]]:
        return {name: [0] * self.levels for name in self.names}


def _mean(levels: Iterable[int]) -> Fraction:
    given = list(levels)
    return Fraction(sum(given), len(given))


def _moments(counts: Sequence[int]) -> Moments:
    held = Moments()
    for level, times in enumerate(counts):
        held = held.add(Fraction(level), times)
    return held


def _agreement(counts: Sequence[int]) -> float | None:
    return float(van_der_eijk(counts)) if any(counts) else None
