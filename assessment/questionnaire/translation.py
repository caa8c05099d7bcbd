"""A translation beside its source: every text put into the other language, everything else the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from assessment.questionnaire.fault import quote
from assessment.questionnaire.language import DEFINITION
from assessment.questionnaire.notes import Notes, Path
from assessment.questionnaire.shape import ListOf, Record, Shape, Text

OWN: Final = ("language",)


def check_translation(content: Mapping[str, Any], source: Mapping[str, Any], source_name: str, notes: Notes) -> None:
    """Note where a translation's ids, numbers or keys are not those of its source, both as read by DEFINITION."""
    _Comparison(source_name, notes).same(DEFINITION, content, source, ())


class _Comparison:
    def __init__(self, source_name: str, notes: Notes) -> None:
        self.source_name = source_name
        self.notes = notes

    def same(self, shape: Shape, ours: Any, theirs: Any, path: Path) -> None:
        if ours is None or theirs is None or path == OWN:
            return
        if isinstance(shape, Record):
            self._same_keys(shape, ours, theirs, path)
        elif isinstance(shape, ListOf):
            self._same_items(shape, ours, theirs, path)
        elif not isinstance(shape, Text) and ours != theirs:
            self._fault(path, f"{quote(str(ours))} here, {quote(str(theirs))}", f"write {quote(str(theirs))}")

    def _same_keys(self, shape: Record, ours: Mapping[str, Any], theirs: Mapping[str, Any], path: Path) -> None:
        for key in (key for key in theirs if key not in ours and (*path, key) not in self.notes.marks):
            self._fault(path, f"no {quote(key)} here, as there is", "translate it")
        for key in (key for key in ours if key not in theirs):
            self._fault((*path, key), f"{quote(key)} here, but not", "take it out, or put it there too")
        for key in (key for key in ours if key in theirs):
            self.same(shape.shape_of(key), ours[key], theirs[key], (*path, key))

    def _same_items(self, shape: ListOf, ours: list[Any], theirs: list[Any], path: Path) -> None:
        if len(ours) != len(theirs):
            self._fault(path, f"{shape.noun}s: {len(ours)} here, {len(theirs)}", f"write {len(theirs)}")
        for i, (our, their) in enumerate(zip(ours, theirs, strict=False)):
            self.same(shape.item, our, their, (*path, i))

    def _fault(self, path: Path, difference: str, cure: str) -> None:
        self.notes.fault(path, f"{difference} in {self.source_name}, the source of this translation; {cure}")
