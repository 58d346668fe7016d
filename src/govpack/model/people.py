"""The people who are named in a pack."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from govpack.model.base import Internal, PackMember, PersonRef, SideRef, Text, shared


class Person(PackMember):
    """Someone who owns, decides, signs or is told; `people` holds them by id."""

    name: Text = Field(description="Full name as it stands in documents")
    role: Text = Field(description="What this person is called in the organisation, such as Chief Risk Officer")
    remit: Annotated[Text | None, Internal] = Field(
        default=None, description="What else this person answers for, said inside only, such as owner of PROJ-504"
    )
    side: SideRef = Field(default="bank", description="bank for our own people, or the id of the partner")
    email: Text | None = Field(default=None, description="Address for notices and invitations")
    deputy: PersonRef | None = Field(default=None, description="Who stands in for this person (an id in people)")

    @property
    @shared
    def id(self) -> str:
        """The key under which `people` holds this person."""
        return self._settled.key
