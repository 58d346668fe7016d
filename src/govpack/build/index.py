"""index.html: the page at the root of a pack, from the job, the plan and the verdicts on what is put in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.report.page import PackPage, PageDocument, write_pack_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from govpack.build.job import Job
    from govpack.build.plan import Plan, Target
    from govpack.check import CheckReport
    from govpack.findings import Finding

PAGE = "index.html"


def write_index(
    job: Job, plan: Plan, report: CheckReport | None, gaps: Iterable[Finding], folders: Sequence[Path]
) -> bytes:
    """The page of a pack whose files lie in `folders`: those made now, and those of earlier builds that stay.

    `gaps` is what this build found missing.
    """
    page = PackPage(
        view=job.view("internal", None),
        documents=tuple(_document(target, folders) for target in plan.targets),
        titles={document.name: document.title for document in job.kit.documents},
        report=report,
        gaps=tuple(job.inside(finding) for finding in gaps),
        notes=tuple(job.inside(finding) for finding in job.findings),
        complete=plan.made == plan.targets,
    )
    return write_pack_page(page).encode()


def _document(target: Target, folders: Sequence[Path]) -> PageDocument:
    document = target.document
    return PageDocument(
        title=document.title,
        purpose=document.purpose,
        path=target.path,
        audience=document.audience,
        partner=target.partner.id if target.partner else None,
        contract=target.contract.name if target.contract else None,
        present=any((folder / target.path).is_file() for folder in folders),
    )
