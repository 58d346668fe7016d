"""Findings about documents that govpack built, told as what to write in which input.

A requirement of the checklist says where in the inputs it stems from (``input: risks``), a placeholder names the value
that it stands for, and the words that a finding quotes from a document stand in the inputs, too. From these comes the
place to edit; what to write there comes from the model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from govpack.build.advice import Advice, advise, as_model, correct
from govpack.build.snippets import Asks
from govpack.check.verdicts import Outcome, Stem, Verdict
from govpack.model.parts import EACH, find_home, find_lists, find_part, split_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govpack.build.origins import Inputs
    from govpack.build.record import FileRecord
    from govpack.check.verdicts import CheckReport, Result
    from govpack.findings import Finding

_GAP = re.compile(r"\[●\s*([a-z]\w*(?:\.\w+)*)")
_NAMED_GAP = re.compile(r"\[●\s*([^\]]*)")
_QUOTED = re.compile(r"‘([^’]+)’")
_NAMES = ("id", "name", "title")
_LEAST = 8  # letters of a quotation that can be told from other words of the inputs
_EDITED = "it was edited since govpack built it: mend it there, or build it again"


@dataclass(frozen=True, slots=True)
class Built:
    """A judged file of a pack: its record in pack.json, and whether it still is as it was built."""

    record: FileRecord
    edited: bool = False


def explain(report: CheckReport, inputs: Inputs, files: Mapping[str, Built]) -> CheckReport:
    """`report` with remedies that name the input to edit, each with YAML to paste; `files` by their paths in it."""
    guide = _Guide(inputs, files)
    guide.explain(report)
    # Now it is known what all findings ask of each part of the inputs, and each shows all of it.
    return guide.explain(report)


class _Guide:
    """From findings to advice: the inputs, the files of the pack, and what was asked of the inputs so far."""

    def __init__(self, inputs: Inputs, files: Mapping[str, Built]) -> None:
        self._inputs = inputs
        self._files = files
        self._asks = Asks()

    def explain(self, report: CheckReport) -> CheckReport:
        """The report with all its findings told anew."""
        verdicts = tuple(replace(item, results=tuple(map(self._result, item.results))) for item in report.verdicts)
        return replace(report, verdicts=verdicts, weak=tuple(map(self._weak, report.weak)))

    def _result(self, result: Result) -> Result:
        """A result that waits for a person, or is about a file that govpack did not build, stays as it is."""
        elsewhere = result.file and result.file not in self._files
        if elsewhere or not result.outcome.findings or result.verdict is Verdict.FOR_A_PERSON:
            return result
        built = self._files.get(result.file)
        findings = tuple(self._finding(finding, result.stem, built) for finding in result.outcome.findings)
        outcome = result.outcome
        return replace(result, outcome=Outcome(outcome.verdict, outcome.evidence, findings, outcome.cost))

    def _weak(self, finding: Finding) -> Finding:
        built = self._files.get(finding.location.file) if finding.location else None
        return finding if built is None else self._finding(finding, Stem(), built)

    def _finding(self, finding: Finding, stem: Stem, built: Built | None) -> Finding:
        if built is not None and built.edited:
            remedy = f"{finding.remedy}; {_EDITED}" if finding.remedy else _EDITED
            return finding._replace(remedy=remedy)
        advice = self._by_gap(finding, built) or self._by_stem(finding, stem, built) or self._by_words(finding)
        if advice is None:
            return finding
        lead = stem.advice or (finding.remedy if advice.keeps else "")
        remedy = f"{lead.rstrip('.')}; {advice.remedy}" if lead else advice.remedy
        return finding._replace(remedy=remedy, snippet=advice.snippet)

    def _by_gap(self, finding: Finding, built: Built | None) -> Advice | None:
        """A placeholder that is left names the value that was not given."""
        gap, named = _GAP.search(finding.message), _NAMED_GAP.search(finding.message)
        field = built.record.gaps.get(named[1].strip(), "") if built and named else ""
        field = field or (gap[1] if gap else "")
        path = given_by(split_path(field), built, self._inputs) if field else ()
        return advise(self._inputs, path, self._asks) if path else None

    def _by_stem(self, finding: Finding, stem: Stem, built: Built | None) -> Advice | None:
        """What the requirement says of its origin; of several places that which knows the words that are quoted."""
        words = list(_QUOTED.findall(finding.message))
        best = None
        for path in stem.input:
            steps = _path(split_path(path), built, self._inputs)
            advice = advise(self._inputs, steps, self._asks, words, stem, finding.message)
            if advice is not None and (best is None or advice.entry is not None):
                best = advice
                # A role's holder is given under its id elsewhere: what was found helps to find more.
                words += [advice.entry] if advice.entry else []
        return best

    def _by_words(self, finding: Finding) -> Advice | None:
        """Words that only one place of the inputs says can be put right there."""
        for words in _QUOTED.findall(finding.message):
            found = self._inputs.find_text(words) if len(words) >= _LEAST else []
            if len(found) == 1:
                # What an entry goes by is right as a rule: something else in it is not.
                return correct(self._inputs, found[0][:-1] if found[0][-1] in _NAMES else found[0])
        return None


def given_by(steps: Sequence[str], built: Built | None, inputs: Inputs) -> tuple[str, ...]:
    """Where the inputs give the value at `steps` of a template; nothing where that cannot be told.

    A contract shows parts of the governance as its own, and the name of a loop is that of a list, without its s.
    """
    homes = [_path(steps, built, inputs)]
    if steps[0] == "contract" and len(steps) > 1 and (home := find_home(steps[1])):
        homes.append(home)
    homes += [(*found, EACH, *steps[1:]) for found in find_lists(steps[0])]
    for home in homes:
        # What a template prints of a person or partner (owner.name) is given by its id (owner).
        for end in range(len(home), max(len(home) - 2, 0), -1):
            if find_part(as_model(home[:end])) is not None and home[end - 1] != EACH and not home[end - 1].isdecimal():
                return home[:end]
    return ()


def _path(steps: Sequence[str], built: Built | None, inputs: Inputs) -> tuple[str, ...]:
    """`steps`, in which ``contract`` and ``partner`` are those that the document is about."""
    first, *rest = steps
    for name, key, subject in (
        ("contract", "contracts", built.record.contract if built else None),
        ("partner", "partners", built.record.partner if built else None),
    ):
        if first == name:
            return (key, _number_of(key, subject, inputs), *rest)
    return (first, *rest)


def _number_of(key: str, subject: str | None, inputs: Inputs) -> str:
    """The place in its list of what has the id `subject`; every place where there is no such thing."""
    entries = inputs.tree.get(key) if inputs.tree is not None else None
    if subject is not None and isinstance(entries, list):
        for number, entry in enumerate(entries):
            if isinstance(entry, dict) and entry.get("id") == subject:
                return str(number)
    return EACH
