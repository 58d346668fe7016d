"""Reads YAML to a marked tree, on PyYAML's event parser: libyaml where it is there, pure Python where not.

One document of the YAML 1.2 core schema. Refused, with their place: anchors and aliases (a few lines of them can
unfold to gigabytes), tags, merge keys, duplicate keys, keys that are no text, `.inf` and `.nan`. All such problems
of a file are found in one run; a syntax error ends the reading.
"""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Any, Protocol

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from govpack.findings import Finding
from govpack.sources.scalars import Scalar, ScalarError, plain_scalar, shorten
from govpack.sources.text import MAX_DEPTH, UNPRINTABLE, fail, give_up, place, read_text
from govpack.sources.tree import MarkedDict, MarkedList, location_of, pack_mark
from govpack.sources.yaml_problems import explain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Control characters, and what is a line break to YAML 1.1 parsers and to no editor, so that places would be wrong.
_INVISIBLE = re.compile("[\x7f-\x9f\u2028\u2029]")
_MOST_FINDINGS = 100
_NO_KEY = object()
_WRITE_OUT = "write the values out where they are used, or put text that starts with '{}' in quotes"
_QUOTE_BRACES = "put text that starts with '{' or '[' in quotes"


class EventParser(Protocol):
    """What is used of PyYAML's parsers."""

    def get_event(self) -> Any:
        """The next event."""


class PythonParser(Reader, Scanner, Parser):
    """PyYAML's parser in pure Python, for where the C one was not built."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)


def _fast_parser(text: str) -> EventParser:
    try:
        # missing where PyYAML was built without libyaml
        from yaml.cyaml import CParser  # type: ignore[attr-defined]  # noqa: PLC0415
    except ImportError:
        return PythonParser(text)
    parser: EventParser = CParser(text)
    return parser


def read_yaml(path: str | Path) -> Any:
    """The marked tree of the one YAML document in `path`; SourceError with all that is wrong with it."""
    return parse_yaml(read_text(path), str(path))


def parse_yaml(text: str, file: str, *, pure_python: bool = False) -> Any:
    """The marked tree of `text`, whose places name `file`. Raises SourceError."""
    if odd := _INVISIBLE.search(text):
        message = f"there is an invisible character here (U+{ord(odd.group()):04X})"
        fail(message, place(file, text, odd.start()), "delete it, or start a new line")
    builder = _Builder(file)
    try:
        tree = builder.build(PythonParser(text) if pure_python else _fast_parser(text))
    except _Stop:
        tree = None
    except YAMLError as problem:
        finding = explain(problem, text, file, builder.container.mark if builder.container is not None else 0)
        known = {found.location.line for found in builder.findings if found.location}
        # An alias or tag often breaks the syntax of its line too: one message for one mistake.
        if not finding.location or finding.location.line not in known:
            builder.findings.append(finding)
        tree = None
    if builder.findings:
        give_up(builder.findings)
    return tree


def _mark_of(event: Any) -> int:
    return pack_mark(event.start_mark.line + 1, event.start_mark.column + 1)


class _Stop(Exception):  # noqa: N818 - a signal, caught in this module
    """Enough is known to refuse the file."""


class _Builder:
    """Turns events into a marked tree, without recursion, and collects what must be refused."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.documents = 0
        self.root: Any = None
        # The innermost open container, the key that waits for its value (None: a refused one), and those around it.
        self.container: MarkedDict | MarkedList | None = None
        self.key: Any = _NO_KEY
        self.key_mark = 0
        self.outer: list[tuple[MarkedDict | MarkedList | None, Any, int]] = []

    def build(self, parser: EventParser) -> Any:
        """The tree of the one document that `parser` reads. What is wrong with it is in `findings`."""
        next_event = parser.get_event
        handlers: dict[type, Callable[[Any], None]] = {
            ScalarEvent: self._on_scalar,
            MappingStartEvent: self._on_start,
            SequenceStartEvent: self._on_start,
            MappingEndEvent: self._on_end,
            SequenceEndEvent: self._on_end,
            AliasEvent: self._on_alias,
            DocumentStartEvent: self._on_document,
        }
        while (kind := type(event := next_event())) is not StreamEndEvent:
            if handler := handlers.get(kind):
                handler(event)
        if not self.documents:
            self._refuse("the file holds nothing but comments", "write something into it, or delete it", 0)
        return self.root

    def _on_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse("a second document starts here ('---')", "give it a file of its own", _mark_of(event))
            raise _Stop

    def _on_scalar(self, event: Any) -> None:
        start = event.start_mark
        mark = pack_mark(start.line + 1, start.column + 1)
        if event.tag is not None or event.anchor is not None:
            self._refuse_properties(event, mark)
        if self.key is _NO_KEY and type(self.container) is MarkedDict:
            self.key, self.key_mark = self._key_of(event, self.container, mark), mark
            return
        value = self._value_of(event, mark)
        if value is None and not event.value and self.key is not _NO_KEY:
            mark = self.key_mark  # nothing was written, so point at the key that has no value
        self._put(value, mark)

    def _on_start(self, event: Any) -> None:
        mark = _mark_of(event)
        if len(self.outer) >= MAX_DEPTH:
            self._refuse(f"the data is nested more than {MAX_DEPTH} levels deep", "make it flatter", mark)
            raise _Stop
        self._refuse_properties(event, mark)
        if self.key is _NO_KEY and type(self.container) is MarkedDict:
            self._refuse("a key must be text, not a list or mapping", _QUOTE_BRACES, mark)
            raise _Stop
        self.outer.append((self.container, self.key, self.key_mark))
        self.container = (MarkedDict if type(event) is MappingStartEvent else MarkedList)(self.file, mark)
        self.key = _NO_KEY

    def _on_end(self, event: Any) -> None:
        del event  # the container knows where it starts
        done = self.container
        self.container, self.key, self.key_mark = self.outer.pop()
        self._put(done, done.mark if done is not None else 0)

    def _on_alias(self, event: Any) -> None:
        mark = _mark_of(event)
        self._refuse(f"the alias '*{shorten(event.anchor)}' is not supported", _WRITE_OUT.format("*"), mark)
        if self.key is _NO_KEY and type(self.container) is MarkedDict:
            self.key, self.key_mark = None, mark
        else:
            self._put(None, mark)

    def _put(self, value: Any, mark: int) -> None:
        """Put a finished value where it belongs."""
        container = self.container
        if type(container) is MarkedDict:
            if self.key is not None:  # a refused key takes its value with it
                container.put(self.key, value, mark, self.key_mark)
            self.key = _NO_KEY
        elif type(container) is MarkedList:
            container.put(value, mark)
        else:
            self.root = value

    def _key_of(self, event: Any, container: MarkedDict, mark: int) -> str | None:
        """The key as text, or None where it is refused."""
        plain, text = event.implicit[0], event.value
        if plain and not text:
            self._refuse("there is no name before this ':'", "write one, or put the text in quotes", mark)
            return None
        if plain and text == "<<":
            self._refuse("merge keys ('<<') are not supported", "write the values out", mark)
            return None
        key = intern(self._printable(text, event.style, mark))
        if key in container:
            first = location_of(self.file, container.key_marks[key])
            message = f"'{shorten(key)}' is given twice; the first is at {first}"
            self._refuse(message, "keep one of the two", mark)
            return None
        return key

    def _value_of(self, event: Any, mark: int) -> Scalar:
        if event.implicit[0]:
            try:
                return plain_scalar(event.value)
            except ScalarError as problem:
                self._refuse(str(problem), "put it in quotes if it is text", mark)
                return None
        return self._printable(event.value, event.style, mark)

    def _printable(self, text: str, style: str | None, mark: int) -> str:
        """`text`, unless escapes in double quotes made characters that no document can hold."""
        if style == '"' and (bad := UNPRINTABLE.search(text)):
            character = f"U+{ord(bad.group()):04X}"
            self._refuse(f"this text holds a control character ({character})", "take its '\\' escape out", mark)
        return text

    def _refuse_properties(self, event: Any, mark: int) -> None:
        if event.anchor is not None:
            self._refuse(f"the anchor '&{shorten(event.anchor)}' is not supported", _WRITE_OUT.format("&"), mark)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
            remedy = "take it out, or put the text in quotes"
            self._refuse(f"the tag '{shorten(tag)}' is not supported", remedy, mark)

    def _refuse(self, message: str, remedy: str, mark: int) -> None:
        self.findings.append(Finding(message, location_of(self.file, mark), remedy=remedy))
        if len(self.findings) >= _MOST_FINDINGS:
            raise _Stop
