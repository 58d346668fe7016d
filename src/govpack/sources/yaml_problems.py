"""Puts what a YAML parser says about broken syntax into a person's words, with the place where to mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govpack.findings import Finding, Location
from govpack.sources.scalars import shorten
from govpack.sources.text import place
from govpack.sources.tree import column_of, line_of

if TYPE_CHECKING:
    from yaml.error import YAMLError

_TAB_INDENT = re.compile(r" *\t")
_INDICATORS = "@`%*&!|>"
_OPENERS = {"[": "]", "{": "}"}
_Spot = tuple[int, int]
_Answer = tuple[str, str, _Spot]


def explain(problem: YAMLError, text: str, file: str, container: int = 0) -> Finding:
    """The finding for a syntax error that a parser raised on `text`.

    `container` is the packed position of the list or mapping that was being read, 0 where there was none.
    """
    lines = re.split("\r\n|\n|\r", text)  # str.splitlines also breaks at characters that are no line breaks here
    what = str(getattr(problem, "problem", None) or getattr(problem, "reason", None) or "it cannot be read")
    context = str(getattr(problem, "context", None) or "")
    spot = _spot(getattr(problem, "problem_mark", None))
    opened = _spot(getattr(problem, "context_mark", None)) or spot
    if spot is None or opened is None:  # a reader's error: an offset instead of marks
        offset = getattr(problem, "position", None)
        where = place(file, text, offset) if isinstance(offset, int) else Location(file)
        return Finding(f"this is not valid YAML: {what}", where)
    around = (line_of(container) - 1, column_of(container) - 1) if container else None
    case = _Case(lines, what, context, spot=spot, opened=opened, around=around)
    message, remedy, (line, column) = case.judge()
    line = min(line, len(lines) - 1)  # at its end, libyaml counts a line that a text without a last break lacks
    return Finding(message, Location(file, line + 1, min(column, len(lines[line])) + 1), remedy=remedy)


def _spot(mark: Any) -> _Spot | None:
    return None if mark is None else (mark.line, mark.column)


@dataclass(frozen=True, slots=True)
class _Case:
    """One syntax error: what the parser says of it, and the lines around it. Positions count from 0 in here."""

    lines: list[str]
    what: str
    context: str
    spot: _Spot
    opened: _Spot
    around: _Spot | None

    def judge(self) -> _Answer:
        """Message, remedy and position: the first explanation that fits."""
        kinds = (self._tab, self._unclosed, self._indicator, self._escape, self._colon, self._stray, self._key)
        for explanation in kinds:
            if answer := explanation():
                return answer
        said = f"{self.what} {self.context}".strip()
        return f"this is not valid YAML: {said}", "check quotes, colons and indentation", self.spot

    def _line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""

    def _tab(self) -> _Answer | None:
        # A line that goes on from one indented by a tab is found wrong only later, so look at those before it too.
        for number in (self.spot[0], self.opened[0], self.spot[0] - 1):
            if number >= 0 and (indent := _TAB_INDENT.match(self._line(number))):
                at = (number, indent.end() - 1)
                return "this line is indented with a tab; YAML needs spaces", "replace the tab with spaces", at
        return None

    def _unclosed(self) -> _Answer | None:
        at_the_end = not any(line.strip() for line in [self._line(self.spot[0])[self.spot[1] :], *self._rest()])
        if "quoted scalar" in self.context and "end of stream" in self.what:
            quote = self._line(self.opened[0])[self.opened[1] : self.opened[1] + 1] or "'"
            return f"the text that opens with {quote} here is never closed", f"put {quote} where it ends", self.opened
        for line, column in (self.opened, self.around or self.opened):
            opener = self._line(line)[column : column + 1]
            if "flow" not in self.context or opener not in _OPENERS:
                continue
            closer = _OPENERS[opener]
            if at_the_end:
                return f"the '{opener}' here is never closed", f"put '{closer}' where it ends", (line, column)
            if "node content" not in self.what:
                where = f"the '{opener}' at line {line + 1}, column {column + 1}"
                return f"a ',' or the '{closer}' that closes {where} is expected here", "put it in", self.spot
        return None

    def _rest(self) -> list[str]:
        return self.lines[self.spot[0] + 1 :]

    def _indicator(self) -> _Answer | None:
        for line, column in (self.opened, self.spot):
            character = self._line(line)[column : column + 1]
            starts = "cannot start any token" in self.what or "while scanning" in self.context
            if starts and character and character in _INDICATORS:
                return f"text cannot start with '{character}' unless it is quoted", "put it in quotes", (line, column)
        return None

    def _escape(self) -> _Answer | None:
        if "double-quoted" in self.context or ("quoted scalar" in self.context and "escape" in self.what):
            message = "in double quotes '\\' starts an escape, and this one is unknown"
            return message, "use single quotes, or write '\\\\'", self.spot
        return None

    def _colon(self) -> _Answer | None:
        line = self._line(self.spot[0])
        if "mapping values are not allowed" in self.what:
            if ": " in line[: self.spot[1]]:
                return "there is a second ': ' in this line", "put the text that holds it in quotes", self.spot
            above = next((n for n in range(self.spot[0] - 1, -1, -1) if self._line(n).strip()), None)
            if above is not None and ":" not in self._line(above):
                return self._no_colon(above)
            indent = len(line) - len(line.lstrip(" -"))
            message = "this line is indented deeper than the line above allows"
            return message, "line it up with its neighbours", (self.spot[0], indent)
        if "could not find expected ':'" in self.what:
            return self._no_colon(self.opened[0])
        return None

    def _no_colon(self, number: int) -> _Answer:
        line = self._line(number)
        message = f"'{shorten(line)}' has no ':'"
        remedy = "write 'name: value', or indent it under the text it belongs to"
        return message, remedy, (number, len(line) - len(line.lstrip()))

    def _stray(self) -> _Answer | None:
        """Something that nothing above waits for."""
        line, column = self.spot
        found = self._line(line)[column : column + 1]
        if "sequence entries" in self.what:
            return "a list cannot start on the line of its name", "put its '- …' on the next line", self.spot
        if found == ":":
            return "there is no name before this ':'", "write one, or put the text in quotes", self.spot
        if not found and "node content" in self.what:
            return "a value is missing at the end of the line or file", "put it in", self.spot
        if found and ("node content" in self.what or "<document start>" in self.what):
            return f"'{found}' is not expected here", "take it out, or put the text that holds it in quotes", self.spot
        return None

    def _key(self) -> _Answer | None:
        if "block mapping" not in self.context and "block collection" not in self.context:
            return None
        line, column = self.spot
        if not self._line(line)[:column].strip():
            if "block collection" in self.context:
                message = "a list goes on above, and this line is no '- item' of it"
                return message, "start it with '- ', or indent it as far as the list's own name", self.spot
            return "this line's indentation fits none of the lines above", "line it up with its neighbours", self.spot
        found = shorten(self._line(line)[column:])
        message = f"the value has ended before '{found}'"
        return message, "put the whole text in quotes of the other kind, or take the rest out", self.spot
