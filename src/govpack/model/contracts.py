"""The agreements: what follows from their terms and the rest of the pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.model.agreed import Agreed
from govpack.model.base import HUNDRED, CountryName, Prose, shared, tidy
from govpack.model.dates import country_in_text, country_name
from govpack.model.governance import ContractPerformance, concerns
from govpack.model.terms import LevelOwners, RoleHolder

if TYPE_CHECKING:
    from decimal import Decimal

    from govpack.model.governance import (
        CoInnovation,
        ContractRaci,
        DecisionRight,
        EscalationLevel,
        Forum,
        Obligation,
        Role,
    )
    from govpack.model.negotiations import Negotiation


class Contract(Agreed):
    """An agreement with one partner. What is not agreed yet may be left out: a draft shows the gap."""

    @property
    @shared
    def name(self) -> str:
        """What the agreement is called on its cover.

        Its title, else its kind, else its type, with a capital letter first.
        """
        name = self.title or self.kind or self.type
        return name[:1].upper() + name[1:]

    @property
    @shared
    def downtime_30_days_min(self) -> Decimal | None:
        """Minutes of downtime that the availability allows in 30 days: (100 − uptime) ÷ 100 × 43,200; one decimal."""
        return tidy((HUNDRED - self.uptime_pct) / HUNDRED * 30 * 24 * 60) if self.uptime_pct is not None else None

    @property
    @shared
    def covers_ai(self) -> bool:
        """Whether AI terms apply: notice of model changes is agreed."""
        return self.model_notice_days is not None

    @property
    @shared
    def storage_names(self) -> tuple[CountryName, ...]:
        """The countries where data is stored, by name."""
        return tuple(country_name(code, self._pack.pack.locale) for code in self.storage)

    @property
    @shared
    def processing_names(self) -> tuple[CountryName, ...]:
        """The countries where data is processed, by name."""
        return tuple(country_name(code, self._pack.pack.locale) for code in self.processing)

    @property
    @shared
    def storage_in_text(self) -> tuple[str, ...]:
        """The countries of storage as they stand within a sentence: Ireland, the Netherlands."""
        return tuple(country_in_text(code, self._pack.pack.locale) for code in self.storage)

    @property
    @shared
    def processing_in_text(self) -> tuple[str, ...]:
        """The countries of processing as they stand within a sentence."""
        return tuple(country_in_text(code, self._pack.pack.locale) for code in self.processing)

    @property
    @shared
    def roles(self) -> tuple[RoleHolder, ...]:
        """The roles for contracts of this type with who holds them: ours by governance.roles, theirs by `team`.

        Where no deputy is named for the role, the holder's own deputy stands in.
        """
        return tuple(self._holder_of(role) for role in self._pack.governance.roles if self._is_for_this(role))

    @property
    @shared
    def raci(self) -> ContractRaci:
        """The RACI table for contracts of this type, without the rows that stay inside."""
        return self._pack.governance.raci.of_type(self.type)

    @property
    @shared
    def decision_rights(self) -> tuple[DecisionRight, ...]:
        """The decision rights for contracts of this type, without those that stay inside."""
        rights = self._pack.governance.decision_rights
        return tuple(right for right in rights if self._is_for_this(right) and not right.internal)

    @property
    @shared
    def escalation(self) -> tuple[LevelOwners, ...]:
        """The levels for contracts of this type that have a partner's side, with the people who act on them here."""
        levels = self._pack.governance.escalation
        return tuple(self._owners_of(each) for each in levels if self._is_for_this(each) and not each.internal)

    @property
    @shared
    def forums(self) -> tuple[Forum, ...]:
        """The meetings for contracts of this type in which the partner takes part."""
        forums = self._pack.governance.forums
        return tuple(forum for forum in forums if self._is_for_this(forum) and forum.with_partner)

    @property
    @shared
    def performance(self) -> ContractPerformance:
        """How performance is judged: by governance.co_innovation for such agreements, which bring no rating."""
        governance = self._pack.governance
        usual, own = governance.performance, self._own_ways
        return ContractPerformance(
            process=(own and own.process) or usual.process,
            consequences=(own and own.consequences) or usual.consequences,
            rating_bands=None if own and own.process else usual.rating_bands,
        )

    @property
    @shared
    def change_control(self) -> Prose | None:
        """How the agreement changes: who asks, who assesses, who agrees.

        By governance.co_innovation for such agreements, where it says so.
        """
        return (self._own_ways and self._own_ways.change_control) or self._pack.governance.change_control

    @property
    @shared
    def obligations(self) -> tuple[Obligation, ...]:
        """The duties by law that concern this contract by `applies`, without those that stay inside."""
        partner = self._pack.partner(self.partner)
        concerned = {
            "all": True,
            "ict": partner.ict_service,
            "cif": partner.supports_cif,
            "personal_data": self.data_role != "none",
            "data_act": self.data_act.in_scope,
            "ai": self.covers_ai,
        }
        return tuple(
            duty for duty in self._pack.governance.obligations if not duty.internal and concerned[duty.applies]
        )

    @property
    def negotiation(self) -> Negotiation | None:
        """How it is negotiated, if that is recorded."""
        return self._pack.negotiation_of(self.id)

    @property
    def _own_ways(self) -> CoInnovation | None:
        return self._pack.governance.co_innovation if self.type == "co-innovation agreement" else None

    def _is_for_this(self, row: Role | DecisionRight | EscalationLevel | Forum) -> bool:
        return concerns(row.applies, self.type)

    def _holder_of(self, role: Role) -> RoleHolder:
        member = self.team.get(role.id)
        holder_id, deputy_id = (role.holder, role.deputy) if role.side == "bank" else (None, None)
        if role.side == "partner" and member is not None:
            holder_id, deputy_id = member.holder, member.deputy
        holder = self._pack.person(holder_id)
        return RoleHolder(
            id=role.id,
            name=role.name,
            side=role.side,
            duties=role.duties,
            holder=holder,
            deputy=self._pack.person(deputy_id or (holder.deputy if holder else None)),
        )

    def _owners_of(self, level: EscalationLevel) -> LevelOwners:
        member = self.team.get(level.partner_role) if level.partner_role else None
        role = self._pack.find_role(level.partner_role)
        return LevelOwners(
            level=level.level,
            name=level.name,
            trigger=level.trigger,
            respond_hours=level.respond_hours,
            resolve_hours=level.resolve_hours,
            bank=self._pack.person(level.bank),
            partner=level.partner or (role.name if role else None),
            partner_holder=self._pack.person(member.holder) if member else None,
        )
