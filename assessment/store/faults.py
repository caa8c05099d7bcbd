"""How the store says that it cannot be used."""

from sqlalchemy.exc import DatabaseError
from sqlalchemy.exc import OperationalError as Unreachable
from sqlalchemy.exc import ProgrammingError as Unprepared

__all__ = ["DatabaseError", "Gone", "Unprepared", "Unreachable", "is_unusable"]


def is_unusable(error: DatabaseError) -> bool:
    """Whether there is no database to be had there: unreachable, or a file that is none. Other errors are ours."""
    return type(error) in (DatabaseError, Unreachable)


class Gone(Exception):
    """What was to be written belongs to something that has been deleted meanwhile."""
