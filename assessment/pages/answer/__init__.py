"""Answering together: from the list of principles to the copy that people keep."""

from assessment.pages.answer import afterwards, check, statement, tasks, unscored  # noqa: F401  (they hang their views on it)
from assessment.pages.answer.blueprint import blueprint

__all__ = ["blueprint"]
