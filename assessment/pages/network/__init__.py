"""Looking after the network: its organisations, who has a role in it, and what was done."""

from assessment.pages.network import merge, organisation, show  # noqa: F401
from assessment.pages.network.blueprint import blueprint

__all__ = ["blueprint"]
