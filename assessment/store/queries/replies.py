"""What a service says to those it asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from assessment.store.models import Reply

TEXTS: Final = ("well", "to_work_on", "will_do", "by_when")


@dataclass(frozen=True, slots=True)
class Said:
    """A reply as it stands; ``version`` counts its saves (0: never saved)."""

    well: str = ""
    to_work_on: str = ""
    will_do: str = ""
    by_when: str = ""
    version: int = 0
    published_on: date | None = None

    @property
    def texts(self) -> Mapping[str, str]:
        return {name: getattr(self, name) for name in TEXTS}

    @property
    def is_whole(self) -> bool:
        return all(text.strip() for text in self.texts.values())


def reply_of(session: Session, round_id: UUID) -> Said:
    """What stands; nothing yet is a reply of empty texts."""
    columns = [getattr(Reply, name) for name in (*TEXTS, "version", "published_on")]
    row = session.execute(select(*columns).where(Reply.round_id == round_id)).first()
    return Said() if row is None else Said(*row)


def write_reply(session: Session, round_id: UUID, said: Said) -> None:
    """Write a reply as its next version; its round's row is locked."""
    values = {**said.texts, "version": said.version + 1, "published_on": said.published_on}
    if said.version:
        session.execute(update(Reply).where(Reply.round_id == round_id).values(values))
    else:
        session.execute(insert(Reply).values(round_id=round_id, **values))
