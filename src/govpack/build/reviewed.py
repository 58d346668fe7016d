"""What reviews name, held against the files of a build: what a reviewer is to sign for, and what changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govpack.build.place import hash_of
from govpack.findings import Finding, Severity, did_you_mean
from govpack.kits.find import MANIFEST
from govpack.sources import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from govpack.build.job import Job
    from govpack.build.plan import Target
    from govpack.model.reviews import Review, Reviewed

_SHOWN = 12  # characters of a hash: enough to tell files apart, few enough to compare by eye


def reviews_with_files(job: Job, targets: Iterable[Target], digests: Mapping[str, str]) -> list[dict[str, Any]]:
    """The reviews as internal documents see them, with the files that they name, each with its hash and state.

    `targets` are all documents of the pack, `digests` the SHA-256 of each file that is known, by path.
    """
    targets = tuple(targets)
    reviews = []
    for review, shown in zip(job.pack.reviews, job.view("internal", None)["reviews"], strict=True):
        entries = []
        for reviewed, entry in zip(review.of, shown["of"], strict=True):
            files = [
                {
                    "path": path,
                    "hash": digest[:_SHOWN] if digest else None,
                    "same": reviewed.is_same(digest) if digest else None,
                }
                for path, digest in _files_of(job, review, reviewed, targets, digests)
            ]
            entries.append({**entry, "files": files})
        reviews.append({**shown, "of": entries})
    return reviews


def find_changed(job: Job, targets: Iterable[Target], digests: Mapping[str, str]) -> Iterator[Finding]:
    """A warning for each file that was reviewed, and is another one in this build."""
    targets = tuple(targets)
    for number, review in enumerate(job.pack.reviews):
        for place, reviewed in enumerate(review.of):
            for path, digest in _files_of(job, review, reviewed, targets, digests):
                if digest is not None and reviewed.is_same(digest) is False:
                    yield Finding(
                        f"{review.id} was held on another file: {path} is {digest[:_SHOWN]} now",
                        locate(job.tree, ("reviews", number, "of", place, "hash")),
                        Severity.WARNING,
                        "have what changed reviewed, and give the hash of the file that was; pack.json holds it",
                    )


def find_unknown(job: Job) -> Iterator[Finding]:
    """An error for each document that a review names and the kit does not have."""
    names = [document.name for document in job.kit.documents]
    for number, review in enumerate(job.pack.reviews):
        for place, reviewed in enumerate(review.of):
            if reviewed.document not in names:
                yield Finding(
                    f"the kit '{job.kit.name}' has no document '{reviewed.document}'"
                    f"{did_you_mean(reviewed.document, names)}",
                    locate(job.tree, ("reviews", number, "of", place, "document")),
                    remedy=f"name a document of {MANIFEST}",
                )


def _files_of(
    job: Job, review: Review, reviewed: Reviewed, targets: tuple[Target, ...], digests: Mapping[str, str]
) -> Iterator[tuple[str, str | None]]:
    """Path and SHA-256 of each file that is meant: the kit's template, or what was made from it."""
    if review.covers == "template":
        template = next((d.template for d in job.kit.documents if d.name == reviewed.document), None)
        if template is not None:
            yield f"kit/{template}", hash_of(job.kit.folder / template)
        return
    for target in targets:
        if target.document.name != reviewed.document:
            continue
        if reviewed.contract is None or (target.contract is not None and target.contract.id == reviewed.contract):
            yield target.path, digests.get(target.path)
