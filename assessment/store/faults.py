"""How the store says that it cannot be used."""

from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import OperationalError as Unreachable
from sqlalchemy.exc import ProgrammingError as Unprepared

__all__ = ["DatabaseError", "Gone", "Unprepared", "Unreachable", "is_refused", "is_unusable"]

NO_RIGHT = "42501"


def is_unusable(error: DatabaseError) -> bool:
    """Whether there is no database to be had there: unreachable, or a file that is none. Other errors are ours."""
    return type(error) in (DatabaseError, Unreachable)


def is_refused(error: DatabaseError) -> bool:
    """Whether the database says that this login may not."""
    return getattr(error.orig, "sqlstate", None) == NO_RIGHT


class Gone(Exception):
    """What was to be written belongs to something that has been deleted meanwhile."""
