"""Who was asked before drafting, and who reviewed what came out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from govpack.model.base import ContractRef, Date, Derived, Id, Label, Model, PersonRef, Prose, Text


class Condition(Model):
    """What an approval depends on."""

    text: Prose = Field(description="What must be done or hold")
    owner: PersonRef | None = Field(default=None, description="Who sees to it (an id in people)")
    due: Date | None = Field(default=None, description="By when")


class FileState(Derived):
    """A file that a review names, as a build makes it: its path, its hash, and whether it is the one reviewed."""

    path: str
    hash: str | None
    same: bool | None  # None where the review states no hash, or the build does not know the file's


class Reviewed(Model):
    """A document of the kit that a review was held on."""

    document: Label = Field(description="Name of the document in the kit, such as partnership-agreement")
    contract: ContractRef | None = Field(
        default=None, description="Which contract's, where there is one for each (an id in contracts); else all of them"
    )
    hash: Label | None = Field(
        default=None, description="SHA-256 of the file that was reviewed, whole or its first 12 characters"
    )

    @property
    def files(self) -> tuple[FileState, ...]:
        """The files of the pack that this names, with their hash of today: filled in by a build, which has them."""
        return ()

    def is_same(self, digest: str) -> bool | None:
        """Whether a file with that SHA-256 is the one reviewed; None where the review states no hash."""
        return digest.startswith(self.hash.lower()) if self.hash else None


class Review(Model):
    """A review and its outcome. What stands here is stated by the inputs, not verified."""

    id: Id = Field(description="Short id, such as REV-1")
    type: Literal["executive", "legal", "procurement", "finance", "vendor governance", "panel"] = Field(
        description="Kind of review"
    )
    reviewers: tuple[PersonRef, ...] = Field(default=(), description="Who reviews (ids in people)")
    date: Date | None = Field(default=None, description="When it was or is to be done")
    covers: Literal["template", "contract", "report", "other"] | None = Field(
        default=None,
        description="What it covered: template (a template or the clause library), contract (a contract as "
        "negotiated), report (a strategy, report or plan) or other; a template's sign-off is not a contract's",
    )
    document: Text | None = Field(default=None, description="Which document is reviewed, in words")
    of: tuple[Reviewed, ...] = Field(
        default=(), description="Which documents of the pack are reviewed, so that their files can be told apart"
    )
    version: Label | None = Field(default=None, description="Which version of it")
    hash: Label | None = Field(
        default=None, description="SHA-256 of the file that was reviewed, where it is none of the pack's (else see of)"
    )
    outcome: Literal["approved", "approved with conditions", "rejected", "pending"] = Field(
        default="pending", description="What came out"
    )
    conditions: tuple[Condition, ...] = Field(default=(), description="What an approval depends on")


class Consultation(Model):
    """Advice taken before drafting."""

    function: Text = Field(description="Which function was asked, such as legal, procurement or finance")
    person: PersonRef | None = Field(default=None, description="Who gave the advice (an id in people)")
    date: Date | None = Field(default=None, description="When it was asked")
    advice: Prose | None = Field(default=None, description="What was advised")
