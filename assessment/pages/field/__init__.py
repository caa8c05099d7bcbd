"""The public pages of the whole field."""

from assessment.pages.field import instrument, overview, principle, taking_part, years
from assessment.pages.field.blueprint import blueprint

__all__ = ["blueprint", "instrument", "overview", "principle", "taking_part", "years"]
