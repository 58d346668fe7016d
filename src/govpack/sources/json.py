"""Reads JSON (RFC 8259) to a marked tree, and says what a person most likely did where it is broken.

Numbers are exact: int, or Decimal where there is a point or an exponent. Duplicate keys are refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from json import JSONDecodeError, JSONDecoder
from sys import intern
from typing import TYPE_CHECKING, Any, NoReturn

from govpack.errors import SourceError
from govpack.findings import Finding
from govpack.sources.scalars import ScalarError, decimal_scalar, int_scalar, shorten
from govpack.sources.text import MAX_DEPTH, UNPRINTABLE, fail, give_up, read_text
from govpack.sources.tree import MarkedDict, MarkedList, location_of, pack_mark

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

_DECODER = JSONDecoder()
_CLOSER: dict[type, str] = {MarkedDict: "}", MarkedList: "]"}
_SPACE = re.compile(r"[ \t\r\n]*")
_LINE_BREAK = re.compile("\r\n|\n|\r")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?(?![-+.0-9A-Za-z_])")
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_WRONG_WORDS = {"none": "null", "nil": "null", "undefined": "null", "~": "null", "yes": "true", "no": "false"}
_MOST_FINDINGS = 100


def read_json(path: str | Path) -> Any:
    """The marked tree (or scalar) of the JSON in `path`; SourceError with what is wrong with it."""
    return parse_json(read_text(path), str(path))


def parse_json(text: str, file: str) -> Any:
    """The marked tree of `text`, whose places name `file`. Raises SourceError."""
    reader = _Reader(text, file)
    tree = reader.read()
    if reader.findings:
        give_up(reader.findings)
    return tree


class _Reader:
    """One pass over the text, without recursion. A broken syntax ends it; what else is wrong is collected."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.findings: list[Finding] = []
        self.root: Any = None
        # The innermost open container, the key whose value comes next (None: a refused one), and those around it.
        self.container: MarkedDict | MarkedList | None = None
        self.key: str | None = None
        self.key_mark = 0
        self.outer: list[tuple[MarkedDict | MarkedList | None, str | None, int]] = []
        self.starts = [0, *(found.end() for found in _LINE_BREAK.finditer(text))]

    def mark(self, offset: int) -> int:
        """The packed position of the character at `offset`."""
        line = bisect_right(self.starts, offset)
        return pack_mark(line, offset - self.starts[line - 1] + 1)

    def read(self) -> Any:
        """The tree of the whole text."""
        at = self._skip(0)
        while True:
            # A value starts at `at`. An opener pushes a container; after a finished value, closers pop theirs.
            mark = self.mark(at)
            if self.text[at : at + 1] in {"{", "["}:
                at, opened = self._open(at, mark)
                if opened:
                    continue
            else:
                value, at = self._scalar(at, mark)
                self._put(value, mark)
            at = self._skip(at)
            while self.container is not None and self.text[at : at + 1] == _CLOSER[type(self.container)]:
                at = self._close(at)
            if self.container is None:
                if at < len(self.text):
                    self._fail("the JSON has ended, and more text follows", at, "take it out, or make it one object")
                return self.root
            at = self._next(self.container, at)

    def _open(self, at: int, mark: int) -> tuple[int, bool]:
        """Open the container at `at`: where to go on, and whether a value of it starts there (False: it is empty)."""
        if len(self.outer) >= MAX_DEPTH:
            self._fail(f"the data is nested more than {MAX_DEPTH} levels deep", at, "make it flatter")
        self.outer.append((self.container, self.key, self.key_mark))
        self.container = MarkedDict(self.file, mark) if self.text[at] == "{" else MarkedList(self.file, mark)
        at = self._skip(at + 1)
        if self.text[at : at + 1] == _CLOSER[type(self.container)]:
            return self._close(at), False
        return (self._read_key(self.container, at) if type(self.container) is MarkedDict else at), True

    def _close(self, at: int) -> int:
        """Close the container whose closer is at `at`, put it where it belongs, and go on."""
        done = self.container
        self.container, self.key, self.key_mark = self.outer.pop()
        self._put(done, done.mark if done is not None else 0)
        return self._skip(at + 1)

    def _next(self, container: MarkedDict | MarkedList, at: int) -> int:
        """Past the comma, and past the key in an object: where the next value starts."""
        if self.text[at : at + 1] != ",":
            self._fail_entry(container, at)
        comma, at = at, self._skip(at + 1)
        if self.text[at : at + 1] in {"]", "}"}:
            self._fail("there is a comma after the last entry", comma, "take it out")
        return self._read_key(container, at) if type(container) is MarkedDict else at

    def _put(self, value: Any, mark: int) -> None:
        if type(self.container) is MarkedDict:
            if self.key is not None:
                self.container.put(self.key, value, mark, self.key_mark)
        elif type(self.container) is MarkedList:
            self.container.put(value, mark)
        else:
            self.root = value

    def _skip(self, at: int) -> int:
        """The offset after white space; comments are refused by name."""
        found = _SPACE.match(self.text, at)
        at = found.end() if found else at
        if self.text.startswith(("//", "/*", "#"), at):
            self._fail("JSON has no comments", at, "take it out, or save the file as .yaml and start comments with #")
        return at

    def _read_key(self, container: MarkedDict, at: int) -> int:
        """Take the key that starts at `at`; where its value starts."""
        if self.text[at : at + 1] != '"':
            self._fail_no_key(container, at)
        self.key_mark = self.mark(at)
        name, end = self._string(at, self.key_mark)
        self.key = intern(name)
        if name in container:
            first = location_of(self.file, container.key_marks[name])
            self._refuse(
                f"'{shorten(name)}' is given twice; the first is at {first}", self.key_mark, "keep one of the two"
            )
            self.key = None
        at = self._skip(end)
        if self.text[at : at + 1] != ":":
            self._fail(f"'{shorten(name)}' needs a ':' and a value after it", at, "put them in")
        return self._skip(at + 1)

    def _scalar(self, at: int, mark: int) -> tuple[Any, int]:
        text = self.text
        if text[at : at + 1] == '"':
            return self._string(at, mark)
        found = _NUMBER.match(text, at)
        if found:
            return self._number(found, mark), found.end()
        word = _WORD.match(text, at)
        if word is None or word.group() not in _CONSTANTS:
            self._fail_value(word.group() if word else text[at : at + 1], at)
        return _CONSTANTS[word.group()], word.end()

    def _number(self, found: re.Match[str], mark: int) -> int | Decimal | None:
        try:
            return int_scalar(found[0]) if found[1] is None and found[2] is None else decimal_scalar(found[0])
        except ScalarError as problem:
            self._refuse(str(problem), mark, "put it in quotes if it is text")
            return None

    def _string(self, at: int, mark: int) -> tuple[str, int]:
        try:
            value, end = _DECODER.raw_decode(self.text, at)
        except JSONDecodeError as problem:
            if "Unterminated" in problem.msg:
                self._fail('the text that opens with " here is never closed', at, 'put " where it ends')
            if "control character" in problem.msg.lower():
                self._fail_break(at, problem.pos)
            self._fail("'\\' starts an escape, and this one is unknown", problem.pos, "write '\\\\'")
        if bad := UNPRINTABLE.search(value):
            message = f"this text holds a control character (U+{ord(bad.group()):04X})"
            self._refuse(message, mark, "take its '\\' escape out")
        return str(value), end

    def _refuse(self, message: str, mark: int, remedy: str) -> None:
        self.findings.append(Finding(message, location_of(self.file, mark), remedy=remedy))
        if len(self.findings) >= _MOST_FINDINGS:
            give_up(self.findings)

    def _fail(self, message: str, at: int, remedy: str) -> NoReturn:
        try:
            fail(message, location_of(self.file, self.mark(at)), remedy)
        except SourceError as problem:
            give_up([*self.findings, *problem.findings])

    def _fail_break(self, start: int, at: int) -> NoReturn:
        if self.text[at] == "\t":
            self._fail("there is a tab inside this text", at, "write '\\t', or a blank")
        message = 'the text that opens with " is not closed on its line'
        self._fail(message, start, 'put " where it ends, or write "\\n" for a line break')

    def _fail_entry(self, container: MarkedDict | MarkedList, at: int) -> NoReturn:
        closer = _CLOSER[type(container)]
        if at >= len(self.text):
            opener = "[" if closer == "]" else "{"
            where = location_of(self.file, container.mark)
            self._fail(f"the file ends before the '{opener}' at {where} is closed", at, f"put '{closer}' where it ends")
        self._fail(f"a ',' or '{closer}' is expected here", at, "put it in")

    def _fail_no_key(self, container: MarkedDict, at: int) -> NoReturn:
        word = _WORD.match(self.text, at)
        if not word:
            self._fail_entry(container, at)
        name = word.group().strip("'")
        self._fail(f"the name {word.group()} must be in double quotes", at, f'write "{name}"')

    def _fail_value(self, word: str, at: int) -> NoReturn:
        if not word or word in "]},:":
            what = f"before this '{word}'" if word else "at the end of the file"
            self._fail(f"a value is missing {what}", at, "put it in")
        if word.startswith("'"):
            self._fail("JSON knows no single quotes", at, 'write " instead')
        if word.strip("+-").lower() in {"nan", "infinity", "inf"}:
            self._fail(f"'{word}' is not a number that a document can state", at, "write null, or leave the entry out")
        right = _WRONG_WORDS.get(word.lower(), word.lower() if word.lower() in _CONSTANTS else None)
        if right:
            self._fail(f"'{word}' is not JSON", at, f"write {right}")
        if word.lstrip("+-")[:1].isdigit() or word.startswith("."):
            remedy = 'write it like 12 or 12.5; text needs "quotes"'
            self._fail(f"'{shorten(word)}' is not a number in JSON", at, remedy)
        self._fail(f"'{shorten(word)}' must be in double quotes", at, f'write "{shorten(word)}"')
