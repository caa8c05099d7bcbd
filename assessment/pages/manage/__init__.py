"""Running an organisation: its departments, services and people, what it shares, and leaving."""

from assessment.pages.manage import consent, leaving, listing, overview, people, places  # noqa: F401
from assessment.pages.manage.blueprint import blueprint

__all__ = ["blueprint"]
