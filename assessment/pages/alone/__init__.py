"""Answering alone: from the promises to the code that a person keeps, and what came of it."""

from assessment.pages.alone import (  # noqa: F401  (they hang their views on it)
    before,
    check,
    code,
    heard,
    leaving,
    questions,
    statement,
    stop,
)
from assessment.pages.alone.blueprint import blueprint

__all__ = ["blueprint"]
