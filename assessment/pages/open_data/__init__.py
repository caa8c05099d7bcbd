"""The yearly open data, for anyone to take."""

from assessment.pages.open_data.show import blueprint

__all__ = ["blueprint"]
