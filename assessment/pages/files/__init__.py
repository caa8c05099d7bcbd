"""Tables as files: the one way in which pages hand them out."""

from assessment.pages.files.send import KINDS, Kind, file_response
from assessment.pages.files.sheet import Cell, Sheet

__all__ = ["KINDS", "Cell", "Kind", "Sheet", "file_response"]
