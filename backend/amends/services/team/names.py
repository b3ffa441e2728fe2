"""Names of members beside what they did."""

from uuid import UUID

import msgspec


class Name(msgspec.Struct, frozen=True):
    """A member as pages show them."""

    id: UUID
    name: str
