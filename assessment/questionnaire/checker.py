"""Check a questionnaire file: all its faults at once, each with line, column and cure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assessment.questionnaire.fault import DefinitionError, Fault
from assessment.questionnaire.language import DEFINITION
from assessment.questionnaire.nodes import read_nodes
from assessment.questionnaire.notes import EnoughFaults, Notes
from assessment.questionnaire.references import check_references
from assessment.questionnaire.shape import Record
from assessment.questionnaire.translation import check_translation

Check = Callable[[Mapping[str, Any], Notes], None]


@dataclass(frozen=True, slots=True)
class Source:
    """The file a translation was made from."""

    content: str | bytes
    name: str


def check(content: str | bytes, name: str, source: Source | None = None) -> list[Fault]:
    """Every fault of a questionnaire in the order of the file, at most 1,000; none if it can be used.

    ``name`` is what the faults call the file. With a ``source``, ids and numbers must be its own.
    """
    return read(content, name, DEFINITION, _checks(source))[1]


def content_of(content: str | bytes, name: str, shape: Record, *checks: Check) -> dict[str, Any]:
    """The plain value of a file of this shape. Raises DefinitionError with every fault."""
    value, faults = read(content, name, shape, checks)
    if faults:
        raise DefinitionError(faults)
    return value


def read(
    content: str | bytes, name: str, shape: Record, checks: tuple[Check, ...]
) -> tuple[dict[str, Any], list[Fault]]:
    """The plain value of a file, as far as it can be read, and its faults."""
    notes = Notes("".join(c if c.isprintable() else "?" for c in name))
    value: dict[str, Any] = {}
    try:
        root = read_nodes(content, notes)
        value = (shape.read(root, (), notes) if root else None) or {}
        for check_parts in checks:
            check_parts(value, notes)
    except EnoughFaults:
        pass
    return value, notes.in_order()


def _checks(source: Source | None) -> tuple[Check, ...]:
    if source is None:
        return (check_references,)
    theirs, faults = read(source.content, source.name, DEFINITION, ())
    if faults:  # compared with a faulty source, a good translation would be blamed; the source's own check says them
        return (check_references,)
    return (check_references, lambda ours, notes: check_translation(ours, theirs, source.name, notes))
