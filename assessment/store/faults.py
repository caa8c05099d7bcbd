"""How the store says that it cannot be used."""

from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import OperationalError as Unreachable
from sqlalchemy.exc import ProgrammingError as Unprepared

__all__ = ["DatabaseError", "Unprepared", "Unreachable", "is_unusable"]


def is_unusable(error: DatabaseError) -> bool:
    """Whether there is no database to be had there: unreachable, or a file that is none. Other errors are ours."""
    return type(error) in (DatabaseError, Unreachable)
