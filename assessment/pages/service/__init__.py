"""Running one service: its rounds, its people, what is said of it, and whether it is the organisation's."""

from assessment.pages.service import confirm, people, pictures, rounds, words  # noqa: F401
from assessment.pages.service.blueprint import blueprint

__all__ = ["blueprint"]
