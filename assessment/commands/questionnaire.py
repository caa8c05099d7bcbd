"""flask questionnaire: check files, list what is there, show one. None of them needs the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import click
from flask import current_app
from flask.cli import AppGroup

from assessment.questionnaire.definition import Definition, Principle, Statement
from assessment.questionnaire.fault import MOST_FAULTS, DefinitionError, Fault, counted
from assessment.questionnaire.folder import check_file, definition_order, find_definitions

FAULTY: Final = 2
WIDTH: Final = 100
BESIDE: Final = Path(__file__).parents[2] / "questionnaires"

questionnaire = AppGroup("questionnaire", help="Check, list and show questionnaires.")


@questionnaire.command("check")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
def check_command(files: tuple[Path, ...]) -> None:
    """Say every fault of each FILE, one a line; exit 0 if there is none, 2 otherwise."""
    faults = [fault for file in files for fault in check_file(file)]
    _say_faults(faults)


@questionnaire.command("list")
def list_command() -> None:
    """One line a questionnaire: id, version, language, number of statements a form, title."""
    for definition in _definitions():
        forms = ", ".join(f"{form} {len(definition.on_form(form))}" for form in definition.forms)
        click.echo(f"{definition.id}  {definition.version}  {definition.language}  {forms}  {definition.title}")


@questionnaire.command("show")
@click.argument("id")
@click.option("--version", help="Which version; the newest if not given.")
@click.option("--language", default="en", show_default=True, help="Which language.")
def show_command(id: str, version: str | None, language: str) -> None:
    """Print the questionnaire ID as people read it."""
    found = [d for d in _definitions() if d.id == id and d.language == language and version in (None, d.version)]
    if not found:
        raise click.ClickException(f"No questionnaire {id} here. See what there is: flask questionnaire list")
    for line in _printout(max(found, key=definition_order)):
        click.echo(line)


def _definitions() -> tuple[Definition, ...]:
    folder = Path(current_app.config.get("QUESTIONNAIRES") or BESIDE)
    try:
        return find_definitions(folder)
    except DefinitionError as error:
        _say_faults(error.faults)
        raise


def _say_faults(faults: Iterable[Fault]) -> None:
    said = list(faults)[:MOST_FAULTS]
    for fault in said:
        click.echo(str(fault))
    if said:
        raise click.exceptions.Exit(FAULTY)


def _printout(definition: Definition) -> Iterator[str]:
    yield from _paragraph(definition.title)
    yield f"{definition.id}, version {definition.version}, language {definition.language}"
    for text in (definition.summary, definition.scale_rule, definition.overlap_note):
        yield from _block(text)
    yield from ("", "Levels")
    for level in definition.scale:
        yield from _item(f"{level.value} {level.name}. {level.meaning}", "  ")
    for principle in definition.principles:
        yield from _principle(principle)
    yield from _questions("Safeguards", definition.safeguards_intro, (s.question for s in definition.safeguards))
    yield from _questions("Reflection", definition.reflection_intro, (r.question for r in definition.reflection))
    yield from _block(definition.credit)


def _principle(principle: Principle) -> Iterator[str]:
    count = counted(len(principle.statements), "statement")
    yield from ("", f"{principle.code}. {principle.name} ({count})")
    for text in (principle.tagline, principle.definition):
        yield from _paragraph(text, "  ")
    for statement in principle.statements:
        yield from _statement(statement)


def _statement(statement: Statement) -> Iterator[str]:
    mark = " [short form]" if statement.short else ""
    yield from ("", *_item(f"{statement.id}{mark} {statement.text}", "  "))
    yield from _levels(statement.levels)
    if statement.people:
        yield from _paragraph(f"In plain words: {statement.people.text}", "    ")
        yield from _levels(statement.people.levels)


def _levels(levels: Iterable[str]) -> Iterator[str]:
    for value, text in enumerate(levels):
        yield from _item(f"{value} {text}", "      ")


def _questions(title: str, intro: str, questions: Iterable[str]) -> Iterator[str]:
    asked = list(questions)
    if asked:
        yield from ("", title, *_paragraph(intro, "  "))
    for question in asked:
        yield from _item(f"- {question}", "  ")


def _block(text: str) -> Iterator[str]:
    if text:
        yield from ("", *_paragraph(text))


def _paragraph(text: str, indent: str = "") -> Iterator[str]:
    yield from click.wrap_text(text, WIDTH, indent, indent).splitlines()


def _item(text: str, indent: str) -> Iterator[str]:
    """A paragraph whose first word, a number or a sign, stands out."""
    yield from click.wrap_text(text, WIDTH, indent, indent + "  ").splitlines()
