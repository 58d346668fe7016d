"""A kit small enough to read in a test: one letter for each contract, one note for the pack, two clauses."""

from __future__ import annotations

import io
from pathlib import Path

import docx

MANIFEST = """\
kit: small
title: A small kit
version: "1"
clauses: clauses
documents:
  - name: letter
    title: Letter
    template: letter.docx
    output: counterparty/{partner}/letter.docx
    audience: counterparty
    for_each: contract
    purpose: One for each contract.
  - name: note
    title: Note
    template: note.docx
    output: internal/note.docx
    audience: internal
    purpose: One for the pack.
"""

TERM = """\
---
id: term
title: Term
group: Start
order: 20
types: [services agreement]
variants: {preferred: {risk: none}, fallback_1: {risk: some, owner: cpo}}
why: A contract ends.
---

## preferred

The term is {{ contract.term }} months.

## fallback_1

The term is open.
"""

SWITCHING = """\
---
id: switching
title: Switching
group: End
order: 10
types: [services agreement, co-innovation agreement]
when: contract.data_act.in_scope
variants: {preferred: {}}
why: The law asks for it.
---
## preferred
You may switch.
"""

PACK = """\
pack: {title: Small programme, as_of: 2026-09-30, version: "1", kit: small}
organisation: {name: Bank, legal_name: Bank plc, registered_in: Ireland}
people:
  ann: {name: Ann, role: Chief Operating Officer, side: bank}
partners:
  - {id: acme, name: Acme, legal_name: Acme Ltd, country: IE, kind: model_vendor, segment: all}
  - {id: zeta, name: Zeta, legal_name: Zeta AB, country: SE, kind: gpu_cloud, segment: all}
strategy: {segments: [{id: all, name: All, purpose: P, criterion: C, coverage: C}]}
contracts:
  - {id: C-1, partner: acme, type: services agreement, term: 36, data_act: {in_scope: true}}
  - {id: C-2, partner: zeta, type: co-innovation agreement, term: 12}
"""

LETTER = (
    "To {{ partner.name }}: {{ contract.term }} months",
    "{{ contract.purpose }}",
    "{% for clause in clauses %}",
    "{{ clause.title }} ({{ clause.fragment }})",
    "{% endfor %}",
)
NOTE = ("{{ pack.title }} has {{ contracts | length }} contracts",)


def docx_of(*paragraphs: str) -> bytes:
    """A Word file of plain paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def text_of(path: Path) -> str:
    """The text of a Word file's body, a line for each paragraph."""
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def lay_kit(folder: Path) -> Path:
    """Write the small kit to `folder`."""
    (folder / "clauses").mkdir(parents=True)
    (folder / "kit.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "clauses" / "term.md").write_text(TERM, encoding="utf-8")
    (folder / "clauses" / "switching.md").write_text(SWITCHING, encoding="utf-8")
    (folder / "letter.docx").write_bytes(docx_of(*LETTER))
    (folder / "note.docx").write_bytes(docx_of(*NOTE))
    return folder


def lay_pack(folder: Path) -> Path:
    """Write a small pack to `folder`, with the small kit as its ``kit/``."""
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    lay_kit(folder / "kit")
    return folder


def edit(file: Path, *changes: tuple[str, str]) -> None:
    """Replace text in a file; each text must be there once."""
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
