"""flask data: what an operator does to the database itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import click
from flask.cli import AppGroup, with_appcontext

from assessment.commands.backup import migrations, refusals
from assessment.store.faults import DatabaseError
from assessment.store.protection import NotProtected, is_served, protect, protection
from assessment.workflows.moving import moving

SERVED: Final = ("postgresql://", "postgresql+psycopg://")
NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,62}")

data = AppGroup("data", help="Move everything to PostgreSQL, and protect the answers there.")


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


@data.command("copy")
@click.argument("sqlite", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("postgresql")
@with_appcontext
def copy_command(sqlite: Path, postgresql: str) -> None:
    """Move everything from the file SQLITE into the empty database at the address POSTGRESQL.

    Stop the server and the jobs worker first. The file is left as it is. If this is stopped half-way, begin it again.
    """
    if not postgresql.startswith(SERVED):
        raise click.UsageError("Give the address of a PostgreSQL database, as postgresql://user@host/name.")
    with (
        refusals(sqlite),
        moving(f"sqlite:///{sqlite.resolve()}", postgresql, migrations()) as move,
        click.progressbar(length=move.rows, label="Copying") as bar,
    ):
        moved = move.go(bar.update)
    click.echo(f"Copied {sum(one.rows for one in moved):,} rows in {len(moved)} tables; each is as it was, row by row.")
    click.echo("Keep SECRET_KEY as it is, and set DATABASE_URL to the new address. Everybody signs in again.")
    click.echo("Run flask prepare, and flask data protect if you hold answers under lock. Then delete the old file.")


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
