"""How the store says that it cannot be used."""

from sqlalchemy.exc import OperationalError as Unreachable
from sqlalchemy.exc import ProgrammingError as Unprepared

__all__ = ["Unprepared", "Unreachable"]
