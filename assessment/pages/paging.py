"""Long lists, a page at a time."""

from __future__ import annotations


def page_number(text: str) -> int:
    """Which page of a list is asked for, from 0; anything odd is the first."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    return max(0, number - 1)
