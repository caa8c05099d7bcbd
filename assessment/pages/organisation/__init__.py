"""One organisation's departments and services, side by side."""

from assessment.pages.organisation import export, export_beside, export_progress, pictures, progress, show  # noqa: F401
from assessment.pages.organisation.blueprint import blueprint

__all__ = ["blueprint"]
