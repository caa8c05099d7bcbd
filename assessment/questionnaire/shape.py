"""The shapes a file is made of: each reads a YAML node into a plain value and notes what is wrong.

``read(node, path, notes)`` gives str, int, bool, list or dict, or None where a fault was noted. Paths run like
``("principles", 0, "statements", 2, "text")``. A list keeps its length: a faulty item is None in its place.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import yaml

from assessment.questionnaire.fault import counted, listed, quote
from assessment.questionnaire.nodes import UNSEEN, unseen_message
from assessment.questionnaire.notes import Notes, Path, place

READ_AS: Final = {"null": "nothing", "bool": "yes or no", "int": "a number", "float": "a number", "timestamp": "a date"}
LONGEST_KEY: Final = 60


class Shape(Protocol):
    """Anything that can read one node."""

    def read(self, node: yaml.Node, path: Path, notes: Notes) -> Any: ...


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people, up to ``longest`` characters; spaces at the ends do not count."""

    longest: int = 400

    def read(self, node: yaml.Node, path: Path, notes: Notes) -> str | None:
        value = _scalar(node, path, notes)
        if value is None:
            return None
        message = self._message(value)
        if message:
            notes.fault(path, message)
        return None if message else value

    def _message(self, value: str) -> str:
        if not value:
            return "an empty text; write words, or leave the key out if it may be left out"
        if len(value) > self.longest:
            return f"{len(value):,} characters; write at most {self.longest:,}"
        unseen = UNSEEN.search(value)
        return unseen_message(unseen.group()) if unseen else ""


@dataclass(frozen=True, slots=True)
class Token:
    """A text the program reads, such as an id: the same in every language."""

    pattern: str = "[A-Za-z][A-Za-z0-9_-]{0,39}"
    rule: str = "a letter, then at most 39 letters, digits, `-` or `_`"

    def read(self, node: yaml.Node, path: Path, notes: Notes) -> str | None:
        value = _scalar(node, path, notes)
        if value is None or re.fullmatch(self.pattern, value, re.ASCII):
            return value
        notes.fault(path, f"{quote(value)} will not do here; write {self.rule}")
        return None


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a closed list of words."""

    words: tuple[str, ...]

    def read(self, node: yaml.Node, path: Path, notes: Notes) -> str | None:
        value = _scalar(node, path, notes)
        if value is None or value in self.words:
            return value
        notes.fault(path, f"{quote(value)} is none of the choices; write one of {listed(self.words)}")
        return None


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from 0, written in plain digits."""

    most: int

    def read(self, node: yaml.Node, path: Path, notes: Notes) -> int | None:
        notes.mark(path, node)
        if _kind(node) == "int" and re.fullmatch("0|[1-9][0-9]{0,5}", node.value) and int(node.value) <= self.most:
            return int(node.value)
        notes.fault(path, f"{_seen(node)} where a number belongs; write a whole number from 0 to {self.most}")
        return None


@dataclass(frozen=True, slots=True)
class YesNo:
    """``true`` or ``false``; ``only_true`` where there is nothing to choose."""

    only_true: bool = False

    def read(self, node: yaml.Node, path: Path, notes: Notes) -> bool | None:
        notes.mark(path, node)
        value = node.value.lower() in {"true", "yes", "on"} if _kind(node) == "bool" else None
        if value is None or (self.only_true and not value):
            choice = "`true`, or leave the key out" if self.only_true else "`true` or `false`"
            notes.fault(path, f"{_seen(node)} will not do here; write {choice}")
            return None
        return value


@dataclass(frozen=True, slots=True)
class Maybe:
    """A value, or ``null`` where it is not known."""

    shape: Shape

    def read(self, node: yaml.Node, path: Path, notes: Notes) -> Any:
        return None if _kind(node) == "null" else self.shape.read(node, path, notes)


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of ``least`` to ``most`` items of one shape. Items past the most are counted, not read."""

    item: Shape
    noun: str
    least: int = 0
    most: int = 100

    def read(self, node: yaml.Node, path: Path, notes: Notes) -> list[Any] | None:
        notes.mark(path, node)
        if not isinstance(node, yaml.SequenceNode):
            notes.fault(path, f"{_seen(node)} where a list belongs; write each {self.noun} on its own line after `- `")
            return None
        if not self.least <= len(node.value) <= self.most:
            notes.fault(path, f"{counted(len(node.value), self.noun)}; write {self.least} to {self.most}")
        read = [self.item.read(item, (*path, i), notes) for i, item in enumerate(node.value[: self.most])]
        return read + [None] * (len(node.value) - len(read))


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys; ``rest`` is the shape of keys named by the file itself, if it may name some."""

    noun: str
    required: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)
    rest: Shape | None = None

    def read(self, node: yaml.Node, path: Path, notes: Notes) -> dict[str, Any] | None:
        notes.mark(path, node)
        if not isinstance(node, yaml.MappingNode):
            keys = listed(self.required or self.optional)
            notes.fault(path, f"{_seen(node)} where {self.noun} belongs; write the keys {keys}")
            return None
        nodes = self._by_key(node, notes)
        for key in (key for key in self.required if key not in nodes):
            notes.fault(path, f"no {quote(key)} in {self.noun}; add it")
        read = {key: self.shape_of(key).read(value, (*path, key), notes) for key, value in nodes.items()}
        return {key: value for key, value in read.items() if value is not None}

    def _by_key(self, node: yaml.MappingNode, notes: Notes) -> dict[str, yaml.Node]:
        nodes: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            message = self._key_message(key_node, nodes)
            if message:
                notes.fault_at(place(key_node.start_mark), message)
            else:
                nodes[key_node.value] = value
        return nodes

    def _key_message(self, node: yaml.Node, known: Mapping[str, yaml.Node]) -> str:
        if _kind(node) != "str":
            return f"{_seen(node)} as a key; {self._offer('')}"
        if node.value in known:
            return f"the key {quote(node.value)} twice in {self.noun}; keep one of them"
        if node.value in self.required or node.value in self.optional or self.rest:
            return ""
        return f"unknown key {quote(node.value)} in {self.noun}; {self._offer(node.value)}"

    def _offer(self, key: str) -> str:
        keys = [*self.required, *self.optional]
        close = difflib.get_close_matches(key[:LONGEST_KEY], keys, 1)
        return f"did you mean {quote(close[0])}?" if close else f"write one of {listed(keys)}"

    def shape_of(self, key: str) -> Shape:
        shape = self.required.get(key) or self.optional.get(key) or self.rest
        assert shape is not None, key  # _by_key lets no other key through
        return shape


def _kind(node: yaml.Node) -> str:
    """str, int, float, bool, null, timestamp, merge or value, as YAML 1.1 reads a scalar; map; seq."""
    return str(node.tag).rpartition(":")[2]


def _scalar(node: yaml.Node, path: Path, notes: Notes) -> str | None:
    notes.mark(path, node)
    if _kind(node) == "str":
        return str(node.value).strip()
    if isinstance(node, yaml.ScalarNode) and node.value:
        read_as = READ_AS.get(_kind(node), "a sign of the language")
        notes.fault(path, f'{quote(node.value)} is read as {read_as}; put it in double quotes: "{node.value[:40]}"')
    else:
        notes.fault(path, f"{_seen(node)} where a text belongs; write words")
    return None


def _seen(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        what = "the text " if _kind(node) == "str" else ""
        return what + quote(node.value) if node.value else "nothing"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"
