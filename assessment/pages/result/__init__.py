"""The result of one round: what it says, beside its peers, and what could come next."""

from assessment.pages.result import export, pictures, show, targets  # noqa: F401
from assessment.pages.result.blueprint import blueprint

__all__ = ["blueprint"]
