"""Make an installation ready: its tables, its questionnaires, and what it is for."""

from __future__ import annotations

from typing import Final

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from assessment.commands.addresses import AT
from assessment.commands.demo.command import demo
from assessment.questionnaire.fault import DefinitionError
from assessment.questionnaire.folder import find_definitions
from assessment.store.faults import DatabaseError, is_refused, is_unusable
from assessment.store.health import knows_revision, revision_now
from assessment.store.protection import renew
from assessment.workflows.definitions import keep_definitions
from assessment.workflows.network import NetworkTaken, claim_network

DEMO_SERVICES: Final = 300
DEMO_ROUNDS: Final = 3
NOT_THE_OWNER: Final = (
    "This login may not change the tables, and they are to be changed. "
    "Run flask prepare with a DATABASE_URL that logs in as their owner."
)


@click.command("prepare", help="Bring the database up to date and take in the questionnaires.")
@click.option("--real", is_flag=True, help="Say that this installation is for real use, so that demo data stays out.")
@click.option("--demo", "as_demo", is_flag=True, help="Fill it with the demo network, if it is empty.")
@AT
@click.pass_context
@with_appcontext
def prepare(context: click.Context, real: bool, as_demo: bool, at: str) -> None:
    if real and as_demo:
        raise click.UsageError("An installation is for real use or a demo, never both.")
    _make_folder()
    try:
        _refuse_newer()
        upgrade()
        renew(current_app.config["SETTINGS"].answers_role)
        _take_in_questionnaires()
    except DatabaseError as error:
        if is_refused(error):
            raise click.ClickException(NOT_THE_OWNER) from None
        if not is_unusable(error):
            raise
        raise click.ClickException(f"The database cannot be opened or written to: {error.orig}.") from None
    if real:
        _claim_real()
    if as_demo:
        context.invoke(demo, services=DEMO_SERVICES, rounds=DEMO_ROUNDS, seed=1, if_empty=True, at=at)


def _claim_real() -> None:
    try:
        claim_network("real")
    except NetworkTaken:
        raise click.ClickException(
            "This database holds the demo network, and a demo never becomes real. "
            "Give a real installation a folder of its own, as in INSTANCE=real."
        ) from None


def _make_folder() -> None:
    """The embedded database needs its folder; a served one needs none."""
    settings = current_app.config["SETTINGS"]
    if settings.database_url:
        return
    try:
        settings.instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.ClickException(f"The folder {settings.instance} cannot be made: {error.strerror}.") from None


def _refuse_newer() -> None:
    now = revision_now()
    if now and not knows_revision(current_app.extensions["migrate"].directory, now):
        raise click.ClickException(
            f"This database was made by a newer version of Same table (migration {now}). "
            "Use that version or a newer one."
        )


def _take_in_questionnaires() -> None:
    try:
        found = find_definitions(current_app.config["QUESTIONNAIRES"])
    except DefinitionError as error:
        raise click.ClickException(str(error)) from None
    for sentence in keep_definitions(found):
        click.echo(sentence, err=True)
