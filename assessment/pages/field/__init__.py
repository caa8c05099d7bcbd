"""The public pages of the whole field."""

from assessment.pages.field import files, instrument, overview, pictures, principle, taking_part, years
from assessment.pages.field.blueprint import blueprint

__all__ = ["blueprint", "files", "instrument", "overview", "pictures", "principle", "taking_part", "years"]
