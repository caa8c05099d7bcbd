"""Answering together: from the list of principles to the copy that people keep."""

from assessment.pages.answer.blueprint import blueprint
from assessment.pages.answer import afterwards, check, statement, tasks, unscored  # noqa: E402,F401,I001

__all__ = ["blueprint"]
