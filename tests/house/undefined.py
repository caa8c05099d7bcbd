"""Names that our own templates reach for and nobody gave them.

The app renders with ChainableUndefined, because GOV.UK Frontend's templates reach through what is not
there; that hides a misspelt name of ours as an empty string. Here such a name is written down.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import ChainableUndefined, Environment
from jinja2.utils import missing

TEMPLATES: Final = str(Path(__file__).parents[2] / "templates")


def watch(environment: Environment) -> list[str]:
    """From now on write down, in the list returned, what a template of ours uses and does not have."""
    found: list[str] = []
    environment.undefined = type("Watched", (Watched,), {"found": found})
    return found


class Watched(ChainableUndefined):
    found: list[str]

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, *rest: Any) -> None:
        super().__init__(hint, obj, name, *rest)
        # A key that a mapping happens not to hold is a question, not a slip; a name or attribute is.
        self.place = "" if isinstance(obj, Mapping) else _template()

    def _note(self) -> None:
        if self.place:
            of = "" if self._undefined_obj is missing else f" of {type(self._undefined_obj).__name__}"
            self.found.append(f"{self._undefined_name}{of} in {self.place}")

    def __str__(self) -> str:
        self._note()
        return super().__str__()

    def __iter__(self) -> Iterator[Any]:
        self._note()
        return super().__iter__()

    def __bool__(self) -> bool:
        self._note()
        return super().__bool__()


def _template() -> str:
    """The template of ours that asked, as ``name:line``; empty if it was one of the package's."""
    frame = sys._getframe(2)
    while frame and not frame.f_code.co_filename.endswith(".html"):
        frame = frame.f_back  # type: ignore[assignment]
    if frame is None or not frame.f_code.co_filename.startswith(TEMPLATES):
        return ""
    return Path(frame.f_code.co_filename).relative_to(TEMPLATES).as_posix()
