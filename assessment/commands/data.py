"""flask data: what an operator does to the database itself."""

from __future__ import annotations

import re
from typing import Any, Final

import click
from flask.cli import AppGroup

from assessment.store.faults import DatabaseError
from assessment.store.protection import NotProtected, is_served, protect, protection

NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,62}")

data = AppGroup("data", help="Protect the answers in a PostgreSQL database.")


def _role(_context: Any, _parameter: Any, name: str) -> str:
    if not NAME.fullmatch(name):
        raise click.BadParameter("a role's name has small letters, digits and _ only.")
    return name


@data.command("protect")
@click.option("--login", default="same_table_web", show_default=True, callback=_role, help="Whom the app logs in as.")
@click.option(
    "--answers", default="same_table_answers", show_default=True, callback=_role, help="The role that reaches answers."
)
@click.option("--print", "only_print", is_flag=True, help="Print the SQL, and do nothing.")
def protect_command(login: str, answers: str, only_print: bool) -> None:
    """Keep single people's answers from every page, by PostgreSQL's own rights.

    Run it with a DATABASE_URL that logs in as the owner of the tables. After it the server and the jobs worker
    log in as another, and reach answers only where the code says that it means to.
    """
    if only_print:
        click.echo("\n".join(f"{statement};" for statement in protection(login, answers)))
        return
    if not is_served():
        raise click.ClickException("An embedded database has no roles. This is for PostgreSQL.")
    _protect(login, answers)
    click.echo(f"Protected. For the server and the jobs worker set ANSWERS_ROLE={answers} and")
    click.echo(
        f"a DATABASE_URL that logs in as {login}. If that is new, give it a password: \\password {login} in psql."
    )


def _protect(login: str, answers: str) -> None:
    try:
        protect(login, answers)
    except NotProtected as fault:
        raise click.ClickException(
            f"{login} reaches {fault} all the same: it owns them or may do everything. Name a login that does not."
        ) from None
    except DatabaseError as fault:
        said = str(fault.orig).splitlines()[0]
        raise click.ClickException(
            f"The database refuses: {said}. Tables and roles are for their owner; see flask data protect --print."
        ) from None
