"""What the parts of one questionnaire say about each other: ids met once, references that lead somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from assessment.questionnaire.fault import counted, listed, quote
from assessment.questionnaire.language import LEAST_LEVELS, MOST_LEVELS
from assessment.questionnaire.notes import Notes, Path

Content = Mapping[str, Any]
Found = Iterator[tuple[Path, Any]]

# Columns an analyst's file of answers has beside its statements.
RESERVED: Final = ("perspective", "unit")


def each(value: Any, *keys: str, path: Path = ()) -> Found:
    """Every value at the end of ``keys`` with its path; lists on the way are gone through, faulty parts left out."""
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from each(item, *keys, path=(*path, i))
    elif not keys and value is not None:
        yield path, value
    elif isinstance(value, Mapping) and keys[0] in value:
        yield from each(value[keys[0]], *keys[1:], path=(*path, keys[0]))


def ids(content: Content, *keys: str) -> dict[str, Path]:
    return {value: path for path, value in each(content, *keys, "id")}


def check_unique(notes: Notes, what: str, *found: Found) -> None:
    """Each value once over all of ``found``."""
    seen: dict[Any, Path] = {}
    for path, value in (pair for values in found for pair in values):
        if value in seen:
            line = notes.marks[seen[value]][0]
            notes.fault(path, f"the {what} {quote(str(value))} is used on line {line} already; write another")
        seen.setdefault(value, path)


def check_known(notes: Notes, what: str, known: Iterable[str], found: Iterable[tuple[Path, Any]]) -> None:
    """Each value one of ``known``."""
    names = list(known)
    for path, value in found:
        if value not in names:
            cure = f"write one of {listed(names)}" if names else "there is none in this file"
            notes.fault(path, f"no {what} {quote(value)}; {cure}")


def check_references(content: Content, notes: Notes) -> None:
    """Note every fault between the parts of a questionnaire. Faulty parts are left out, never in the way."""
    for check in CHECKS:
        check(content, notes)


def _ids_once(content: Content, notes: Notes) -> None:
    statements = ("principles", "statements", "id")
    check_unique(
        notes, "id", each(content, *statements), each(content, "safeguards", "id"), each(content, "reflection", "id")
    )
    for what, keys in UNIQUE.items():
        check_unique(notes, what, each(content, *keys))
    for path, value in each(content, *statements):
        if value in RESERVED:
            notes.fault(path, f"the id {quote(value)} names another column in files of answers; write another")


def _lists_once(content: Content, notes: Notes) -> None:
    for path, statement in each(content, "principles", "statements"):
        check_unique(notes, "principle", each(statement, "also", path=path))
        for levels in (each(statement, "levels", path=path), each(statement, "people", "levels", path=path)):
            check_unique(notes, "level's text", levels)
    for path, safeguard in each(content, "safeguards"):
        check_unique(notes, "answer", each(safeguard, "answers", path=path))


def _scale_counts_up(content: Content, notes: Notes) -> None:
    for path, level in each(content, "scale"):
        if level.get("value", path[-1]) != path[-1]:
            notes.fault((*path, "value"), f"`{level['value']}` here; levels count up from 0, so write {path[-1]}")


def _levels_as_the_scale(content: Content, notes: Notes) -> None:
    scale = content.get("scale")
    if not isinstance(scale, list) or not LEAST_LEVELS <= len(scale) <= MOST_LEVELS:
        return
    for path, statement in each(content, "principles", "statements"):
        _check_length(notes, (*path, "levels"), statement, "level", len(scale))
        _check_length(notes, (*path, "next_steps"), statement, "next step", len(scale) - 1)
        _check_length(notes, (*path, "people", "levels"), statement.get("people", {}), "level", len(scale))


def _check_length(notes: Notes, path: Path, parent: Content, noun: str, length: int) -> None:
    value = parent.get(str(path[-1]))
    if isinstance(value, list) and len(value) != length:
        reason = "one for each level of the scale" if noun == "level" else "one for each level but the highest"
        notes.fault(path, f"{counted(len(value), noun)}; write {length}, {reason}")


def _principles_known(content: Content, notes: Notes) -> None:
    known = ids(content, "principles")
    check_known(notes, "principle", known, each(content, "principles", "statements", "also"))
    for path, principle in each(content, "principles"):
        for where, also in each(principle, "statements", "also", path=path):
            if also == principle.get("id"):
                notes.fault(where, f"{quote(also)} is the statement's own principle; name another one or take it out")


def _choices_known(content: Content, notes: Notes) -> None:
    check_known(notes, "aspect", ids(content, "aspects"), each(content, "principles", "statements", "aspect"))
    check_known(notes, "safeguard answer", ids(content, "safeguard_answers"), each(content, "safeguards", "answers"))
    if "voices" in content:
        check_known(notes, "voice", ids(content, "voices"), each(content, "perspectives", "voice"))
    for path, safeguard in each(content, "safeguards"):
        answers = [answer for _, answer in each(safeguard, "answers")]
        check_known(notes, "answer", answers, each(safeguard, "concern_if", path=path))


def _short_form_whole(content: Content, notes: Notes) -> None:
    if not any(short for _, short in each(content, "principles", "statements", "short")):
        return
    for path, principle in each(content, "principles"):
        marks = [short for _, short in each(principle, "statements", "short")]
        if not any(marks):
            notes.fault(path, "no statement of this principle on the short form; mark at least one `short: true`")


def _people_wording_whole(content: Content, notes: Notes) -> None:
    statements = list(each(content, "principles", "statements"))
    worded = any("people" in statement for _, statement in statements)
    short = any(statement.get("short") for _, statement in statements)
    asked = [path for path, s in statements if "people" not in s and (s.get("short") or not short)]
    form = "on the short form " if short else ""
    for path in asked if worded else ():
        notes.fault(
            path, f"no people's wording, which other statements have; give it to every statement {form}or to none"
        )
    for path, wording in each(content, "voices", "wording"):
        if wording == "people" and not worded:
            notes.fault(path, "no statement has people's wording; write `staff`, or give statements `people`")


def _crosswalk_known(content: Content, notes: Notes) -> None:
    terms = {f.get("id"): ids(f, "terms") for _, f in each(content, "crosswalk", "frameworks")}
    check_known(notes, "principle", ids(content, "principles"), each(content, "crosswalk", "principles", "id"))
    statements = ids(content, "principles", "statements")
    check_known(notes, "statement", statements, each(content, "crosswalk", "statements", "statements"))
    for path, row in each(content, "crosswalk", "principles"):
        for framework in row.keys() - {"id"}:
            where = (*path, framework)
            check_known(notes, "framework", terms, [(where, framework)])
            check_known(
                notes, "term", terms.get(framework, ()), each(row, framework, path=path) if framework in terms else ()
            )
    for path, row in each(content, "crosswalk", "statements"):
        check_known(notes, "framework", terms, each(row, "framework", path=path))
        if row.get("framework") in terms:
            check_known(notes, "term", terms[row["framework"]], each(row, "term", path=path))


UNIQUE: Final = {
    "principle's id": ("principles", "id"),
    "principle's code": ("principles", "code"),
    "level's name": ("scale", "name"),
    "other answer": ("other_answers", "id"),
    "voice": ("voices", "id"),
    "perspective": ("perspectives", "id"),
    "aspect": ("aspects", "id"),
    "safeguard answer": ("safeguard_answers", "id"),
    "framework": ("crosswalk", "frameworks", "id"),
}
CHECKS: Final[tuple[Callable[[Content, Notes], None], ...]] = (
    _ids_once,
    _lists_once,
    _scale_counts_up,
    _levels_as_the_scale,
    _principles_known,
    _choices_known,
    _short_form_whole,
    _people_wording_whole,
    _crosswalk_known,
)
