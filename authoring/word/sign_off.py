"""The places where both parties of a contract sign a paper that goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.word.base import TEXT_PORTRAIT
from authoring.word.tables import Cell, row, share_out, table

if TYPE_CHECKING:
    from authoring.word.draft import Draft


def draw_signatures(draft: Draft) -> None:
    """A row for each party, with name and role of who signs for it. The caller keeps what stands above with it."""
    widths = share_out(TEXT_PORTRAIT, (23, 19, 22, 21, 15))
    heads = [Cell(head, "TableHead") for head in ("For", "Name", "Role", "Signature", "Date")]
    rows = [row(heads, widths, head=True)]
    for name, signatory in (
        ("{{ organisation.legal_name }}", "contract.signatory_bank"),
        ("{{ contract.partner.legal_name }}", "contract.signatory_partner"),
    ):
        cells = [
            Cell(name, "TableLabel"),
            Cell(f"{{{{ {signatory}.name }}}}"),
            Cell(f"{{{{ {signatory}.role }}}}"),
            Cell(""),
            Cell(""),
        ]
        rows.append(row(cells, widths, height=737, keep=signatory == "contract.signatory_bank"))
    draft.append(table("Sign-off", widths, rows))
    draft.write("", "Normal")
