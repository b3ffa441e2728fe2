"""Input of a move: all that a member may say with it."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.capture.links import safe_url
from amends.rules.case.texts import typed_text
from amends.rules.vocabulary import Channel, CustomerStatus, Nature, Occasion, Severity, Stance

TEXT_LIMIT = 20_000
TEXTS = ("reason", "text", "remedy", "next_step", "fault")
ADDRESSES = ("reply_url", "proof_url")


class AddressNotUsable(Invalid):
    "This address cannot be opened."


class MoveInput(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Everything that some move asks or offers; a move looks at no more than it names."""

    severity: Severity | None = None
    nature: Nature | None = None
    stance: Stance | None = None
    customer_status: CustomerStatus | None = None
    fault: str | None = None
    reason: str | None = None
    text: str | None = None
    reply_url: str | None = None
    proof_url: str | None = None
    channel: Channel | None = None
    remedy: str | None = None
    next_step: str | None = None
    review_on: date | None = None
    duplicate_of: int | None = None
    template: UUID | None = None
    occasion: Occasion | None = None
    reader: UUID | None = None
    plan_given: bool | None = None
    place_given: bool | None = None

    def named(self) -> dict[str, Any]:
        """What was said, by name, dates and ids as text."""
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        return {
            name: _plain(value)
            for name, value in given.items()
            if value not in (None, "") and value is not False
        }


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def cleaned(given: MoveInput) -> MoveInput:
    """The same with harmless texts and addresses.

    Raises AddressNotUsable and TextIsTooLong, naming the field.
    """
    typed = {name: value for name in TEXTS if (value := getattr(given, name))}
    texts = {name: typed_text(value, limit=TEXT_LIMIT, field=name) for name, value in typed.items()}
    links = {name: _address(name, value) for name in ADDRESSES if (value := getattr(given, name))}
    return msgspec.structs.replace(given, **texts, **links)


def _address(name: str, value: str) -> str:
    link = safe_url(value.strip())
    if link is None or not link.startswith(("http://", "https://")):
        raise AddressNotUsable(fields={name: _("Paste the full address; it begins with https://.")})
    return link
