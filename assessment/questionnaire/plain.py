"""Frozen values to plain ones (dict, list, str, int, bool, None) and back, by their type hints."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints


def to_plain(value: Any) -> Any:
    """A dataclass as a dict without the fields at their default, a tuple as a list; the rest as it is."""
    if is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: to_plain(held) for field, held in pairs if held != _default(field)}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    return dict(value) if isinstance(value, Mapping) else value


def from_plain(kind: Any, plain: Any) -> Any:
    """What ``to_plain`` was given. Raises TypeError, KeyError or AttributeError if ``plain`` is of another shape."""
    if isinstance(kind, types.UnionType):
        return None if plain is None else from_plain(get_args(kind)[0], plain)
    if get_origin(kind) is tuple:
        return tuple(from_plain(get_args(kind)[0], item) for item in plain)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: from_plain(hints[name], held) for name, held in plain.items()})
    return plain


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default
