"""Messages kept as text, so that a reason is translated when it is read, not when it was written."""

from __future__ import annotations

import json
from typing import Any

from assessment.questionnaire.message import Message


def to_text(message: Message | None) -> str:
    return "" if message is None else json.dumps(_plain(message), ensure_ascii=False)


def from_text(text: str) -> Message | None:
    return _message(json.loads(text)) if text else None


def _plain(message: Message) -> dict[str, Any]:
    values = {name: _plain(value) if isinstance(value, Message) else value for name, value in message.values.items()}
    return {"text": message.text, "values": values}


def _message(plain: dict[str, Any]) -> Message:
    values = {name: _message(value) if isinstance(value, dict) else value for name, value in plain["values"].items()}
    return Message(plain["text"], values)
