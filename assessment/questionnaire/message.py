"""Words for people, left untranslated until a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Message:
    """One English sentence with named gaps: the sentence is its own id for translators.

    ``Message("Fewer than {k} services", {"k": 10})``; a page translates ``text``, then fills the gaps.
    A value may itself be a Message. ``str()`` gives the plain English.
    """

    text: str
    values: Mapping[str, str | int | float | Message] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return self.text.format(**{name: str(value) for name, value in self.values.items()})
