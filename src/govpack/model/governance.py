"""How the partnership is run: roles, RACI, decision rights, forums, escalation, obligations, performance."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from govpack.model.base import (
    Derived,
    Form,
    Hours,
    Id,
    Internal,
    Model,
    PackMember,
    PersonRef,
    Points,
    Prose,
    RoleRef,
    Text,
    shared,
)

Applies = Literal["all", "services", "co-innovation"]
APPLIES = "The agreements it is for: all, services (services agreements) or co-innovation (co-innovation agreements)"


def concerns(applies: Applies, contract_type: str) -> bool:
    """Whether a row for `applies` is for agreements of a type: services is for services agreements, and so on."""
    return applies == "all" or contract_type == f"{applies} agreement"


class Role(Model):
    """A role in the governance, on our side or the partner's. Partner roles are held per contract (contracts.team)."""

    id: Id = Field(description="Short id, such as service_manager")
    name: Text = Field(description="Name of the role in documents")
    side: Literal["bank", "partner"] = Field(description="Whose role it is: bank or partner")
    duties: Prose | None = Field(default=None, description="What the role does")
    holder: PersonRef | None = Field(default=None, description="Who holds a role of ours (an id in people)")
    deputy: PersonRef | None = Field(default=None, description="Who stands in for the holder")
    applies: Applies = Field(default="all", description=APPLIES)


class RaciActivity(Model):
    """Something to be done, and each role's part in it. Exactly one role is accountable."""

    activity: Text = Field(description="What is to be done")
    responsible: tuple[RoleRef, ...] = Field(default=(), description="Roles that do the work")
    accountable: RoleRef = Field(description="The one role that answers for it")
    consulted: tuple[RoleRef, ...] = Field(default=(), description="Roles that are asked before")
    informed: tuple[RoleRef, ...] = Field(default=(), description="Roles that are told afterwards")
    internal: bool = Field(default=False, description="Whether the row stays inside")
    applies: Applies = Field(default="all", description=APPLIES)

    def letter(self, role: str) -> str:
        """R, A, A/R (accountable and responsible), C, I, or a dash where the role has no part."""
        if role == self.accountable:
            return "A/R" if role in self.responsible else "A"
        for letter, roles in (("R", self.responsible), ("C", self.consulted), ("I", self.informed)):
            if role in roles:
                return letter
        return "–"


class RaciRow(Derived):
    """A row of the RACI table as it is printed."""

    activity: str = Field(description="What is to be done")
    letters: tuple[Annotated[str, Form("one of R, A, A/R, C, I or a dash")], ...] = Field(
        description="The part that the role of the column has in the activity"
    )
    internal: bool = False


class ContractRaci(Derived):
    """The RACI table of one contract: the roles and rows that are for its type, without those that stay inside."""

    columns: tuple[Role, ...]
    rows: tuple[RaciRow, ...]


class RaciTable(Derived):
    """The RACI table of all agreements of one type (`applies`; all where they do not differ), internal rows too."""

    applies: Applies
    columns: tuple[Role, ...]
    rows: tuple[RaciRow, ...]


class Raci(PackMember):
    """Who does what: roles in columns, activities in rows."""

    roles: tuple[RoleRef, ...] = Field(
        default=(), description="Roles in the order of the columns; all roles of governance where left out"
    )
    activities: tuple[RaciActivity, ...] = Field(default=(), description="What is to be done, a row each")

    @property
    @shared
    def columns(self) -> tuple[Role, ...]:
        """The roles of the columns, in order."""
        by_id = {role.id: role for role in self._pack.governance.roles}
        return tuple(by_id[role] for role in self.roles or by_id)

    @property
    @shared
    def rows(self) -> tuple[RaciRow, ...]:
        """A row for each activity with one letter for each column: R, A, A/R, C, I or –."""
        columns = self.columns
        return tuple(_raci_row(row, columns) for row in self.activities)

    @property
    def tables(self) -> tuple[RaciTable, ...]:
        """A table for each type of agreement that has rows of its own, or one where all rows are for all agreements."""
        kinds: tuple[Applies, ...] = ("services", "co-innovation")
        own = [kind for kind in kinds if any(row.applies == kind for row in self.activities)]
        every: list[Applies] = ["all"]
        return tuple(self._table(kind) for kind in own or every) if self.activities else ()

    def _table(self, kind: Applies) -> RaciTable:
        columns = tuple(role for role in self.columns if kind == "all" or role.applies in ("all", kind))
        rows = [row for row in self.activities if kind == "all" or row.applies in ("all", kind)]
        return RaciTable(applies=kind, columns=columns, rows=[_raci_row(row, columns) for row in rows])

    def of_type(self, contract_type: str) -> ContractRaci:
        """The table of a contract of that type."""
        columns = tuple(role for role in self.columns if concerns(role.applies, contract_type))
        rows = [row for row in self.activities if concerns(row.applies, contract_type) and not row.internal]
        return ContractRaci(columns=columns, rows=[_raci_row(row, columns) for row in rows])


def _raci_row(row: RaciActivity, columns: tuple[Role, ...]) -> RaciRow:
    return RaciRow(activity=row.activity, letters=[row.letter(role.id) for role in columns], internal=row.internal)


class DecisionRight(Model):
    """Who may decide what."""

    decision: Text = Field(description="What is decided")
    decides: Text = Field(description="Who decides, as words")
    consulted: Text | None = Field(default=None, description="Who is asked before, as words")
    limit: Text | None = Field(default=None, description="Up to which amount or extent")
    internal: bool = Field(default=False, description="Whether the row stays inside")
    applies: Applies = Field(default="all", description=APPLIES)


class ApprovalLimit(Model):
    """Who of us may approve what, up to which amount."""

    what: Text = Field(description="What is approved")
    limit: Text = Field(description="Up to which amount or extent")
    approver: Text = Field(description="Who approves it, as words")


class Forum(Model):
    """A meeting that comes back."""

    id: Id = Field(description="Short id, such as M1")
    name: Text = Field(description="Name of the meeting")
    with_partner: bool = Field(description="Whether the partner takes part; if not, it stays inside")
    purpose: Prose | None = Field(default=None, description="What the meeting is for")
    frequency: Text | None = Field(default=None, description="How often, such as weekly, monthly, quarterly")
    minutes: int | None = Field(default=None, ge=1, le=2880, description="How long it takes, in minutes")
    chair: PersonRef | None = Field(default=None, description="Who chairs it (an id in people)")
    quorum: Text | None = Field(default=None, description="Who must be there for it to decide")
    inputs: Prose | None = Field(default=None, description="What is on the table")
    outputs: Prose | None = Field(default=None, description="What comes out of it")
    decides: Prose | None = Field(default=None, description="What it may decide")
    applies: Applies = Field(default="all", description=APPLIES)

    @property
    @shared
    def internal(self) -> bool:
        """A meeting without the partner stays inside."""
        return not self.with_partner


class EscalationLevel(Model):
    """Where a matter goes that was not resolved below. Without a partner side the level stays inside."""

    level: int = Field(
        ge=1, le=20, description="Number of the level, 1 is the first; a matter rises from level to level"
    )
    name: Text = Field(description="Who meets on this level, such as Executive sponsors")
    trigger: Prose | None = Field(default=None, description="What brings a matter here")
    respond_hours: Hours = Field(description="Hours until someone answers, from reaching the level")
    resolve_hours: Hours = Field(description="Hours until it is resolved or rises, from reaching the level")
    bank: PersonRef | None = Field(default=None, description="Who acts on our side (an id in people)")
    partner: Text | None = Field(default=None, description="Who acts on the partner's side: a role, in words")
    partner_role: RoleRef | None = Field(
        default=None,
        description="Governance role that acts on the partner's side; its holder is named per contract",
    )
    applies: Applies = Field(default="all", description=APPLIES)

    @property
    @shared
    def internal(self) -> bool:
        """A level without a partner's side stays inside."""
        return self.partner is None and self.partner_role is None


class Obligation(Model):
    """A duty that law lays on us or that we took on ourselves."""

    id: Id = Field(description="Short id, such as O01")
    duty: Prose = Field(description="What is to be done")
    source: Text | None = Field(default=None, description="Article or standard that asks for it")
    force: Literal["law", "voluntary"] = Field(description="law, or voluntary (then it stays inside)")
    owner: PersonRef | None = Field(default=None, description="Who answers for it (an id in people)")
    frequency: Text | None = Field(default=None, description="How often it is due")
    evidence: Text | None = Field(default=None, description="What shows that it was done")
    clause: Text | None = Field(
        default=None,
        description="Clause or schedule of the agreement that does the job (in the inputs: the id of a clause)",
    )
    applies: Annotated[
        Literal["all", "ict", "cif", "personal_data", "data_act", "ai"],
        Form("one of every agreement, ICT services, critical functions, personal data, data processing, AI"),
    ] = Field(default="all", description="The agreements it concerns")
    internal: bool = Field(default=False, description="Whether it stays inside; a voluntary one always does")

    @model_validator(mode="after")
    def _keep_voluntary_inside(self) -> Self:
        """A voluntary duty is never a counterparty's."""
        if self.force == "voluntary":
            self.__dict__["internal"] = True
        return self


class RatingBands(Model):
    """From which weighted score a partner is green or amber; red is below."""

    green_from: Points = Field(default=Decimal(80), description="Score from which a partner is green")
    amber_from: Points = Field(default=Decimal(65), description="Score from which a partner is amber")


class Performance(Model):
    """How partners' performance is judged, and what follows."""

    rating_bands: RatingBands = Field(
        default=RatingBands(), description="Scores from which a partner is green or amber"
    )
    process: Prose | None = Field(default=None, description="How performance is judged (Markdown)")
    cycle: Annotated[Prose | None, Internal] = Field(
        default=None, description="What happens in which week of a quarter (Markdown)"
    )
    consequences: Prose | None = Field(default=None, description="What follows from a poor rating (Markdown)")


class CoInnovation(Model):
    """What is different for co-innovation agreements; what is left out is as for all."""

    process: Prose | None = Field(default=None, description="How progress is judged (Markdown)")
    consequences: Prose | None = Field(default=None, description="What follows where it is poor (Markdown)")
    change_control: Prose | None = Field(default=None, description="How the agreement and the work change (Markdown)")


class ContractPerformance(Derived):
    """How performance is judged under one contract; rating bands only where the partner is scored."""

    process: Prose | None = Field(description="How performance is judged: what is measured, by whom and when")
    consequences: Prose | None = Field(description="What follows from a poor rating, or where progress is poor")
    rating_bands: RatingBands | None


class Governance(Model):
    """How the partnership is run."""

    roles: tuple[Role, ...] = Field(default=(), description="Roles on both sides")
    raci: Raci = Field(default_factory=Raci, description="Who does what")
    decision_rights: tuple[DecisionRight, ...] = Field(default=(), description="Who may decide what")
    approval_limits: Annotated[tuple[ApprovalLimit, ...], Internal] = Field(
        default=(), description="Who of us may approve what, up to which amount"
    )
    forums: tuple[Forum, ...] = Field(default=(), description="Meetings that come back")
    escalation: tuple[EscalationLevel, ...] = Field(default=(), description="Where unresolved matters go")
    obligations: tuple[Obligation, ...] = Field(default=(), description="Duties by law and by choice")
    performance: Performance = Field(default=Performance(), description="How partners' performance is judged")
    change_control: Prose | None = Field(default=None, description="How the agreement and services change (Markdown)")
    co_innovation: CoInnovation = Field(
        default=CoInnovation(), description="What is different for co-innovation agreements"
    )

    @property
    @shared
    def services_forums(self) -> tuple[Forum, ...]:
        """The forums for services agreements and for all: without those that only joint work has."""
        return tuple(forum for forum in self.forums if forum.applies != "co-innovation")

    @property
    @shared
    def services_escalation(self) -> tuple[EscalationLevel, ...]:
        """The ladder for services agreements, inside levels included: without the levels that only joint work has."""
        return tuple(level for level in self.escalation if level.applies != "co-innovation")
