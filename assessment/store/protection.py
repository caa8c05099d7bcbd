"""On PostgreSQL: a login for the app that cannot reach single people's answers unless its code says so.

The login owns no table. It is a member of a second role, which nobody logs in as, and takes on what that may do only
inside ``transaction(answers=True)`` and ``reading(answers=True)``. A page that forgets it is refused by the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, text

from assessment.store.backup.target import VERSION, database_kind
from assessment.store.db import Base, db
from assessment.store.queries.closing import REWRITTEN

PROTECTED: Final = ("response", "response_text", "release_moments")
"""What people sent, what they wrote beside it, and the exact sums that scores are made of."""
SWEPT_SOON: Final = "autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0"

_LOGINS: Final = text(
    "SELECT login.rolname FROM pg_auth_members m JOIN pg_roles login ON login.oid = m.member "
    "JOIN pg_roles answers ON answers.oid = m.roleid "
    "WHERE answers.rolname = :answers AND login.rolcanlogin AND NOT login.rolsuper AND login.rolname <> current_user"
)
_MAY_READ: Final = text("SELECT has_table_privilege(:login, to_regclass(:name), 'SELECT')")
_MAY_GRANT: Final = text("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(:name)")


class NotProtected(RuntimeError):
    """The login reaches the answers all the same; the text names the tables."""


def is_served() -> bool:
    """Whether this is PostgreSQL; an embedded database has no roles."""
    return database_kind() == "postgresql"


def protection(login: str, answers: str) -> Iterator[str]:
    """The statements that the owner of the tables runs, each safe to run again."""
    yield _unless(f"EXISTS (SELECT FROM pg_roles WHERE rolname = '{answers}')", f'CREATE ROLE "{answers}" NOLOGIN')
    yield _unless(f"EXISTS (SELECT FROM pg_roles WHERE rolname = '{login}')", f'CREATE ROLE "{login}" LOGIN NOINHERIT')
    inherits = f"EXISTS (SELECT FROM pg_roles WHERE rolname = '{login}' AND NOT rolinherit)"
    # A membership given to a login that inherits would be of use without anybody saying so.
    yield _unless(inherits, f'ALTER ROLE "{login}" NOINHERIT')
    for member, name in ((f"'{login}'", f'"{login}"'), ("current_user", "CURRENT_USER")):
        yield _unless(f"pg_has_role({member}, '{answers}', 'MEMBER')", f'GRANT "{answers}" TO {name}')
    yield from grants(login, answers)


def grants(login: str, answers: str) -> Iterator[str]:
    """What each of the two may do; made anew after every migration, for there may be new tables."""
    every = [one.name for one in Base.metadata.sorted_tables]
    open_ = [name for name in every if name not in PROTECTED]
    yield f'GRANT USAGE ON SCHEMA public TO "{login}", "{answers}"'
    yield f'GRANT SELECT ON {VERSION} TO "{login}", "{answers}"'
    yield f'GRANT SELECT, INSERT, UPDATE, DELETE ON {", ".join(open_)} TO "{login}"'
    yield f'REVOKE ALL ON {", ".join(PROTECTED)} FROM "{login}", PUBLIC'
    yield f'GRANT SELECT, INSERT, UPDATE, DELETE ON {", ".join(every)} TO "{answers}"'
    for name in REWRITTEN:
        # The login may not sweep them itself: the database does, within a minute of a round's end.
        yield f"ALTER TABLE {name} SET ({SWEPT_SOON})"


def protect(login: str, answers: str) -> None:
    """Run the statements as whoever is logged in now, all or none. Raises NotProtected, Unprepared."""
    with db.engine.begin() as connection:
        _run(connection, protection(login, answers))
        reached = [name for name in PROTECTED if connection.scalar(_MAY_READ, {"login": login, "name": name})]
        if reached:
            raise NotProtected(", ".join(reached))


def renew(answers: str) -> Sequence[str]:
    """Give every login that was protected its rights anew, if the owner is logged in; return their names."""
    if not answers or not is_served():
        return ()
    with db.engine.begin() as connection:
        if not connection.scalar(_MAY_GRANT, {"name": PROTECTED[0]}):
            return ()
        logins = connection.scalars(_LOGINS, {"answers": answers}).all()
        for login in logins:
            _run(connection, grants(login, answers))
    return logins


def reachable_answers() -> Sequence[str]:
    """The tables of answers that this login reaches without saying so."""
    with db.engine.connect() as connection:
        here: dict[str, Any] = {"login": connection.scalar(text("SELECT current_user"))}
        return [name for name in PROTECTED if connection.scalar(_MAY_READ, here | {"name": name})]


def _unless(there: str, statement: str) -> str:
    return f"DO $$ BEGIN IF NOT {there} THEN {statement}; END IF; END $$"


def _run(connection: Connection, statements: Iterator[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)
