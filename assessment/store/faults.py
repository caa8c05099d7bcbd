"""How the store says that it cannot be reached."""

from sqlalchemy.exc import OperationalError as Unreachable

__all__ = ["Unreachable"]
