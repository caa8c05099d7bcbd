"""From text to YAML nodes, safely: whatever the text, an answer or faults, soon and in little memory."""

from __future__ import annotations

import re
from typing import Final

import yaml

from assessment.questionnaire.fault import quote
from assessment.questionnaire.notes import Notes, place

LARGEST: Final = 1_000_000  # bytes; the longest questionnaire so far has 75,000
MOST_NODES: Final = 30_000  # texts, lists and mappings; the longest questionnaire so far has 1,900
DEEPEST: Final = 12  # a questionnaire needs 7; the composer calls itself once a depth
LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Line separators and direction overrides too: the first shift every line number, the second hide words.
UNSEEN: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff\ufeff\ufffe\uffff]")

# Where something was left open, its beginning is what the author must mend, not where the reader gave up.
LEFT_OPEN: Final = ("while scanning a simple key", "while scanning a quoted scalar", "while parsing a flow")
OUT_OF_LINE: Final = "a line that does not line up, or words after a closing quote; check its spaces and quotes"
COLON_INSIDE: Final = "a colon inside a text; put the whole text in double quotes"
CURES: Final = {
    "mapping values are not allowed": COLON_INSIDE,
    "found unexpected ':'": COLON_INSIDE,
    "could not find expected ':'": "a line without a colon; write `key: text`",
    "did not find expected key": OUT_OF_LINE,
    "did not find expected '-' indicator": OUT_OF_LINE,
    "did not find expected ',' or": "a list or mapping left open; close it with `]` or `}`",
    "found unexpected end of stream": "a quote left open; close it with the quote it began with",
    "found unknown escape character": "a `\\` before an ordinary letter; write `\\\\` for a backslash",
    "found character that cannot start any token": "a sign with its own meaning here; put the text in double quotes",
    "block sequence entries are not allowed": "a `-` where no list can begin; start the list on a new line",
}


def read_nodes(content: str | bytes, notes: Notes) -> yaml.Node | None:
    """The root node of the one YAML document in ``content``; None if there are faults, which are then in ``notes``."""
    text = _decoded(content, notes)
    if text is None or _has_unseen(text, notes):
        return None
    try:
        if _has_hostile(text, notes):
            return None
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        _note_yaml_error(error, notes)
        return None
    if root is None:
        notes.fault((), "the file is empty; begin with `id:`")
    return root


def _decoded(content: str | bytes, notes: Notes) -> str | None:
    """The text with ``\\n`` line ends. Its size is judged before anything else looks at it."""
    if len(content) > LARGEST:
        notes.fault((), f"the file is larger than {LARGEST:,} bytes; leave out what people do not read")
        return None
    try:
        text = content if isinstance(content, str) else content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        notes.fault_at(_position(before, len(before)), "not UTF-8; save the file with the encoding UTF-8")
        return None
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _position(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _has_unseen(text: str, notes: Notes) -> bool:
    line, start = 1, 0
    for match in UNSEEN.finditer(text):
        line += text.count("\n", start, match.start())
        start = match.start()
        notes.fault_at((line, start - text.rfind("\n", 0, start)), unseen_message(match.group()))
    return bool(notes.faults)


def unseen_message(character: str) -> str:
    if character == "\t":
        return "a tab; write spaces instead"
    return f"the control character U+{ord(character):04X}, which nobody can see; take it out"


def _has_hostile(text: str, notes: Notes) -> bool:
    """Judge the flat stream of events: a bomb or a deep nest never gets as far as being built."""
    depth = documents = nodes = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        excess = _excess(depth, documents, nodes)
        message = excess or _hostile_message(event)
        if message:
            notes.fault_at(place(event.start_mark), message)
        if excess:
            break
    return bool(notes.faults)


def _excess(depth: int, documents: int, nodes: int) -> str:
    if documents > 1:
        return "a second document; keep one questionnaire in a file and take out this `---`"
    if depth > DEEPEST:
        return f"more than {DEEPEST} lists and mappings inside each other; a questionnaire needs 7"
    if nodes > MOST_NODES:
        return f"more than {MOST_NODES:,} texts, lists and mappings; a questionnaire needs a tenth of that"
    return ""


def _hostile_message(event: yaml.Event) -> str:
    anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
    if isinstance(event, yaml.AliasEvent):
        return f"the alias {quote(f'*{anchor}')}; write the text out again"
    if anchor:
        return f"the anchor {quote(f'&{anchor}')}; take it out and write each text where it is needed"
    if tag:
        return f"the tag {quote(tag)}; take it out, or put the text in double quotes"
    return ""


def _note_yaml_error(error: yaml.YAMLError, notes: Notes) -> None:
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
    left_open = str(getattr(error, "context", None)).startswith(LEFT_OPEN)
    mark = getattr(error, "context_mark" if left_open else "problem_mark", None)
    cure = next((cure for start, cure in CURES.items() if problem.startswith(start)), None)
    plain = " ".join(problem.split())
    notes.fault_at(place(mark), cure or f"not YAML here ({plain}); check the spaces, colons and quotes of this line")
