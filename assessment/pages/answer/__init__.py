"""Answering together: from the list of principles to the copy that people keep."""

from assessment.pages.answer import (  # noqa: F401  (they hang their views on it)
    afterwards,
    check,
    claim,
    statement,
    tasks,
    unscored,
)
from assessment.pages.answer.blueprint import blueprint

__all__ = ["blueprint"]
