"""Fills the page's template: the plain data of a pack, its documents, verdicts and gaps become one HTML file.

The bytes follow from what goes in and nothing else. Everything printed is escaped; style and script stand in the page
and go by their hashes in its content security policy, which forbids any request and any other script.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from govpack.check.verdicts import Verdict
from govpack.report.page.trends import trends_of
from govpack.report.page.verdicts import judged_items, short_path
from govpack.template.values.filters import CURRENCY, FILTERS, LOCALE
from govpack.template.values.locales import Locale

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govpack.check.verdicts import CheckReport
    from govpack.findings import Finding

_HERE = Path(__file__).parent
_KINDS = {"docx": "Word", "pptx": "PowerPoint", "xlsx": "Excel", "json": "JSON", "html": "Web page"}
_INLINE = {"css": "page.css", "dark_css": "page.dark.css", "js": "page.js"}
_LOCALISED = ("money", "number", "percent", "date")


@dataclass(frozen=True, slots=True)
class PageDocument:
    """A document as the page lists it; `path` is relative to the page, `partner` an id, `contract` a name."""

    title: str
    purpose: str
    path: str
    audience: str
    partner: str | None = None
    contract: str | None = None
    present: bool = True

    @property
    def kind(self) -> str:
        """What opens it, in a word: Word, PowerPoint, Excel, JSON."""
        ending = self.path.rpartition(".")[2].lower()
        return _KINDS.get(ending, ending)


@dataclass(frozen=True, slots=True)
class PackPage:
    """What the page of a pack tells.

    `view` is the plain view for our own people (`model.view`), `titles` the documents' titles by the kit's names for
    them, `gaps` what the draft leaves open and `notes` what else was said of the inputs. `complete` is false where
    this build made only some documents, so that the gaps of the others are not known.
    """

    view: Mapping[str, Any]
    documents: tuple[PageDocument, ...]
    titles: Mapping[str, str]
    report: CheckReport | None = None
    gaps: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    complete: bool = True


def write_pack_page(page: PackPage) -> str:
    """The whole pack as HTML: documents, checklist, KPIs, scorecards, risks, gaps and rubric."""
    partner_of = {document.path: document.partner for document in page.documents if document.partner}
    about = page.view["pack"]
    context = dict(page.view) | {
        "documents": page.documents,
        "whole": [document for document in page.documents if document.partner is None],
        "by_partner": _by_partner(page),
        # Said once, however many partners have such a document.
        "of_partners": list(
            dict.fromkeys(
                (each.title, each.purpose, each.audience, each.kind)
                for each in page.documents
                if each.partner is not None
            )
        ),
        "linked": frozenset(document.path for document in page.documents if document.present),
        "trends": trends_of(page.view),
        "gaps": page.gaps,
        "notes": page.notes,
        "complete": page.complete,
        **_verdicts(page.report, page.titles, partner_of, {one["id"]: one["name"] for one in page.view["partners"]}),
    }
    return _fill("page.html.jinja", context, about["locale"], about["currency"])


def write_check_page(report: CheckReport) -> str:
    """The verdicts of a check alone as HTML, whatever the files came from."""
    context = {"linked": frozenset(), "partners": (), **_verdicts(report, {}, {}, {})}
    return _fill("check.html.jinja", context, "en", "EUR")


def prepare_pages() -> None:
    """Compile the templates of pages ahead of the verdicts, where there is time to."""
    environment = _environment()
    for name in environment.list_templates(extensions=["jinja"]):
        environment.get_template(name)


def _verdicts(
    report: CheckReport | None, titles: Mapping[str, str], partner_of: Mapping[str, str], partners: Mapping[str, str]
) -> dict[str, Any]:
    counts = [(verdict, report.count(verdict)) for verdict in Verdict] if report else []
    return {
        "report": report,
        "items": judged_items(report, titles, partner_of, partners) if report else (),
        "counts": counts,
    }


def _by_partner(page: PackPage) -> list[tuple[Mapping[str, Any], list[PageDocument]]]:
    """Each partner that has documents of its own, in the order of the inputs, with them."""
    return [
        (partner, found)
        for partner in page.view["partners"]
        if (found := [document for document in page.documents if document.partner == partner["id"]])
    ]


def _fill(name: str, context: Mapping[str, Any], locale: str, currency: str) -> str:
    return _environment().get_template(name).render({**context, LOCALE: Locale(locale), CURRENCY: currency})


class _Environment(ImmutableSandboxedEnvironment):
    """Plain data goes by its keys before any method of a mapping, and what is missing is an error."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@cache
def _environment() -> _Environment:
    environment = _Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_given,
    )
    environment.filters["in_runs"] = _in_runs
    environment.filters["short_path"] = short_path
    environment.filters.update({name: FILTERS[name] for name in _LOCALISED})
    files = {name: (_HERE / file).read_text(encoding="utf-8") for name, file in _INLINE.items()}
    environment.globals |= {name: Markup(text) for name, text in files.items()}  # noqa: S704 - files of our own
    environment.globals["hashes"] = {name: _hash(text) for name, text in files.items()}
    return environment


def _in_runs(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    """The findings with each remedy, as long as one follows another that is mended in the same way."""
    return [(remedy, list(some)) for remedy, some in groupby(findings, key=lambda finding: finding.remedy)]


def _given(value: Any) -> Any:
    """A value that is not given shows as nothing; the templates say in words where that matters."""
    return "" if value is None else value


def _hash(text: str) -> str:
    """The hash of an inline style or script, as a content security policy names it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
