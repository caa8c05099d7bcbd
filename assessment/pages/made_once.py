"""What a page brings for the thing it makes, settled before the button is pressed: pressed twice, it makes one."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import request

from assessment.store.secrets import SECRET


def new_id() -> UUID:
    """The id that the page brought, else one for the page to bring."""
    try:
        return UUID(request.form.get("new_id", ""))
    except ValueError:
        return uuid4()


def new_round() -> tuple[UUID, str] | None:
    """The id of a round and its owner's secret, as the page brought them; None where it brought none."""
    secret = request.form.get("new_secret", "")
    try:
        return (UUID(request.form.get("new_id", "")), secret) if SECRET.match(secret) else None
    except ValueError:
        return None
