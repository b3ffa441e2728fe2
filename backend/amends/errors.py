"""Base classes of errors shown to people: not found, conflict, invalid, forbidden."""

import re
from typing import ClassVar


class AmendsError(Exception):
    """Something that a person asked for could not be done."""

    status: ClassVar[int] = 500

    def __init__(self, detail: str = "", **extra: object) -> None:
        super().__init__(detail or self.title())
        self.detail = detail or self.title()
        self.extra = extra

    @classmethod
    def title(cls) -> str:
        """The first line of the class's docstring, as the person reads it."""
        return (cls.__doc__ or cls.__name__).strip().splitlines()[0]

    @classmethod
    def slug(cls) -> str:
        """The class's name as it stands in addresses: `CaseIsClosed` is `case-is-closed`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()


class NotFound(AmendsError):
    "Not found."

    status = 404


class Conflict(AmendsError):
    "This is not possible in the current state."

    status = 409


class Invalid(AmendsError):
    """Something in what was sent is missing or wrong.

    `fields` names each wrong field with the sentence that says what to do.
    """

    status = 422

    def __init__(self, detail: str = "", *, fields: dict[str, str] | None = None, **extra: object) -> None:
        super().__init__(detail, **extra)
        self.fields = fields or {}


class Forbidden(AmendsError):
    "You are not allowed to do this."

    status = 403
