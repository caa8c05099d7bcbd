"""One answer to one statement: a level, or one of the other answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Other = Literal["not-applicable", "dont-know", "prefer-not-to-say"]
NOT_APPLICABLE: Final = "not-applicable"
DONT_KNOW: Final = "dont-know"
PREFER_NOT_TO_SAY: Final = "prefer-not-to-say"
OTHERS: Final[tuple[Other, ...]] = (NOT_APPLICABLE, DONT_KNOW, PREFER_NOT_TO_SAY)


class AnswerError(ValueError):
    """The text is no answer on this scale."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Exactly one of ``level`` (0 .. top) and ``other`` is set. No answer at all is ``None``, not an Answer."""

    level: int | None = None
    other: Other | None = None

    @classmethod
    def parse(cls, value: str, top: int) -> Answer:
        """Read what a form sent: a level's digits, or an other answer's id. Raises AnswerError."""
        for other in OTHERS:
            if value == other:
                return cls(other=other)
        if value.isascii() and value.isdigit() and len(value) == 1 and int(value) <= top:
            return cls(level=int(value))
        raise AnswerError(value)

    def __str__(self) -> str:
        return str(self.level) if self.other is None else self.other
