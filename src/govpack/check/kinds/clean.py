"""Requirement kinds over the whole file: `no_placeholders`, `no_tags_left`, `nothing_internal`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pydantic import ConfigDict, Field

from govpack.check.kinds.base import Args, Case, MaybeNames, kind
from govpack.check.kinds.selection import Found, Selection, elsewhere, select
from govpack.check.outline import text_of, texts_of
from govpack.check.verdicts import Evidence, Outcome, met, missing, unmet
from govpack.check.words import excerpt, find_name, find_phrase, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.check.outline import Outline
    from govpack.findings import Finding

_MOST = 8
_PLACEHOLDER = re.compile(
    r"\[\s*[●•][^\]]{0,400}\]?|"
    r"\[\s*(?:insert|tbc|tbd|to be|enter|name of|date|amount|describe|specify|your|xx+)\b[^\]]{0,400}\]"
    r"|<<[^<>]{1,60}>>|\bTB[CD]\b|\blorem ipsum\b|\bX{3,}\b",
    re.I,
)
# One of these stands in every placeholder: to look for them first takes a tenth of the time.
_PLACEHOLDER_SIGNS = ("[", "<<", "tbc", "tbd", "lorem ipsum", "xxx")
# How far they reach has an end: a text of nothing but brackets would be searched from each of them to its end.
_TAG = re.compile(r"\{\{.{0,60}?(?:\}\}|$)|\{\{[^{}\n]{0,400}\}\}|\{%[^%{\n]{0,400}(?:%\}|$)|\{#[^#{\n]{0,400}#\}")
_PATH = re.compile(r"^[a-z_][a-z0-9_]*(\.[a-z0-9_]+)+$")
_PUBLIC = re.compile(r"^(?:https?://(?!localhost|127\.|10\.|192\.168\.)[^/]*\.|mailto:)", re.I)

Leak = Literal[
    "comments", "tracked_changes", "hidden_text", "external_targets", "personal_properties", "control_paths", "rsids",
    "extras",
]  # fmt: skip


class NothingArgs(Args):
    """These kinds take no arguments of their own."""


class InternalArgs(Args):
    """`words` that must not be in any part; `allow`: what this document may carry all the same.

    `others`: a list of names (of our partners, say) of which this document may say its own only; `except`: but under
    headings so called, or in tables so captioned.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    words: MaybeNames = ()
    allow: tuple[Leak, ...] = ()
    others: Selection | None = None
    passing: MaybeNames = Field(default=(), alias="except")


@kind("no_placeholders", NothingArgs)
def no_placeholders(case: Case, args: NothingArgs) -> Outcome:
    """No gap is left open, in any part: ``[● term]``, ``[insert date]``, ``TBC``, an untouched content control.

    ``no_placeholders:``

    Passes: a document whose every value is there. Fails: "[● liability cap]" in a clause or in the footer.
    """
    del args
    texts = (folded(part.text) for part in case.outline.facts.parts)
    findings: list[Finding] = []
    if any(sign in text for text in texts for sign in _PLACEHOLDER_SIGNS):
        findings += _seen(case, _PLACEHOLDER, "a placeholder is left", "fill it in")
    findings += [
        missing(
            f"‘{control.alias or control.tag or 'a content control'}’ is not filled in",
            case.file,
            control.address,
            "fill it in",
        )
        for control in case.outline.controls
        if control.empty and "sign" not in control.address.casefold()
    ]
    return _judge(case, findings, "no placeholder in any part")


@kind("no_tags_left", NothingArgs)
def no_tags_left(case: Case, args: NothingArgs) -> Outcome:
    """No template tag is left in any part: text, headers, notes, properties, alternative text, charts and workbooks.

    ``no_tags_left:``

    Passes: a rendered document. Fails: ``{{ partner.name }}`` in a footer.
    """
    del args
    return _judge(
        case, list(_seen(case, _TAG, "a template tag is left", "build again, or write the value")), "no tag in any part"
    )


def _seen(case: Case, pattern: re.Pattern[str], what: str, remedy: str) -> Iterator[Finding]:
    """Every match in the readable text by its address, then those in other parts by the part's name."""
    if not any(pattern.search(part.text) for part in case.outline.facts.parts):
        return
    told: set[str] = set()
    for text, address in _readable(case.outline):
        for found in pattern.finditer(text):
            told.add(found[0])
            yield missing(f"{what}: ‘{excerpt(found[0])}’", case.file, address, remedy)
    for part in case.outline.facts.parts:
        for line in part.lines:
            for found in pattern.finditer(line):
                if found[0] not in told:
                    told.add(found[0])
                    yield missing(f"{what}: ‘{excerpt(found[0])}’", case.file, part.label, remedy)


def _readable(outline: Outline) -> Iterator[tuple[str, str]]:
    for section in outline.walk():
        yield section.heading, section.address
        yield from texts_of(section.blocks)
        for note in section.notes:
            yield note.text, note.address


@kind("nothing_internal", InternalArgs, short="words")
def nothing_internal(case: Case, args: InternalArgs) -> Outcome:
    """Nothing leaks: comments, tracked changes, hidden text, targets outside, authors, editing marks, internal words.

    ``nothing_internal: {words: [BATNA, walk-away], allow: [rsids]}``

    Passes: a clean counterparty copy; a link to a public web page. Fails: a comment; a tracked deletion; hidden text;
    ``file://`` targets; an author's name who is no party; "walk-away" in the notes.
    """
    leaks: dict[str, list[Finding]] = {
        "comments": [_leak(case, "a comment", note.text, note.address, "delete it") for note in case.outline.comments],
        "tracked_changes": [
            _leak(case, f"a tracked {note.kind}", note.text, note.address, "accept or reject it")
            for note in case.outline.changes
        ],
        "hidden_text": [_leak(case, "hidden text", n.text, n.address, "delete it") for n in case.outline.hidden],
        "external_targets": [
            _leak(case, f"a target outside the file ({link.type})", link.target, link.label, "break the link")
            for link in case.outline.facts.external
            if not (link.type == "hyperlink" and _PUBLIC.match(link.target))
        ],
        "personal_properties": list(_people(case)),
        "control_paths": [
            _leak(
                case, "a content control names a field of the inputs", text, control.address, "give it a neutral name"
            )
            for control in case.outline.controls
            for text in (control.tag, control.alias)
            if _PATH.match(text)
        ],
        "rsids": [_leak(case, "marks of editing sessions", "rsid", "settings", "remove them with Inspect Document")]
        if case.outline.facts.rsids
        else [],
        "extras": [_leak(case, "the file carries", text, "", "remove it") for text in case.outline.facts.extras],
    }
    findings = [finding for name, found in leaks.items() if name not in args.allow for finding in found]
    for part in case.outline.facts.parts:
        hits = ((word, find_phrase(word, part.text)) for word in args.words)
        findings += [
            _leak(case, f"the internal word ‘{word}’", hit, part.label, "cut it")
            for word, hit in hits
            if hit is not None
        ]
    findings += _others(case, args)
    return _judge(case, findings, "nothing internal in any part")


def _others(case: Case, args: InternalArgs) -> Iterator[Finding]:
    """Other names of the list than this document's own, each told once."""
    there = elsewhere(case, args.others.document) if args.others is not None else None
    found = select(there, args.others) if there is not None and args.others is not None else None
    if not isinstance(found, Found):
        return
    outline = case.outline
    opening = [getattr(block, "text", "") for block in outline.preamble.blocks[:8]]
    own = "\n".join(
        [outline.title, outline.facts.properties.get("title", ""), outline.file.replace("/", " "), *opening]
    )
    names = [record.value(found.columns[0]) for record in found.records]
    names = [name for name in names if name.strip() and find_phrase(name, own) is None]
    told: set[str] = set()
    for section in outline.walk():
        if args.passing and find_name(args.passing, section.heading) is not None:
            continue
        for block in section.blocks:
            text = text_of(block)
            for name in names:
                if name not in told and name in text and (hit := find_phrase(name, text)) is not None:
                    told.add(name)
                    yield _leak(case, f"the name of another partner, {name}", hit, block.address, "cut it")


def _people(case: Case) -> Iterator[Finding]:
    """Authors in the properties, unless the document itself names them: an organisation that is a party, say."""
    properties = case.outline.facts.properties
    for key, name in (("creator", "an author"), ("lastModifiedBy", "a last editor"), ("Manager", "a manager")):
        value = properties.get(key, "").strip()
        if not value or value.casefold() in {"govpack", "libreoffice", "unknown"}:
            continue
        if not any(find_phrase(value, text) for text, _ in _readable(case.outline)):
            yield _leak(
                case, f"the properties name {name}", value, "document properties", "clear it, or name the party"
            )


def _leak(case: Case, what: str, words: str, at: str, remedy: str) -> Finding:
    return missing(f"{what}: ‘{excerpt(words)}’", case.file, at, remedy)


def _judge(case: Case, findings: list[Finding], clean: str) -> Outcome:
    if not findings:
        return met([Evidence(case.file, "", clean)])
    more = len(findings) - _MOST
    kept = [*findings[:_MOST], missing(f"{more} more like these", case.file)] if more > 0 else findings
    return unmet(kept, cost=1)
