"""What is wrong with a form, as the summary at its top lists it."""

from __future__ import annotations

from collections.abc import Mapping


def problems(errors: Mapping[str, str]) -> list[dict[str, str]]:
    """One line a field, each leading to the field with that id."""
    return [{"text": text, "href": f"#{field}"} for field, text in errors.items()]
