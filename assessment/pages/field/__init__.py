"""The public page of the whole field."""

from assessment.pages.field.show import blueprint

__all__ = ["blueprint"]
