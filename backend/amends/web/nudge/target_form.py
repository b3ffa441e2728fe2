"""Form of a notification target: mailbox, usual service, or any Apprise address."""

import re
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote
from uuid import UUID

import msgspec
from msgspec import Meta

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.team.mail_addresses import mailbox, parts_of_list
from amends.rules.vocabulary import NewCases
from amends.services.nudge.targets import TargetShown
from amends.web import dates
from amends.web.dates import Moment
from amends.web.nudge.target_services import SERVICES, Service

Line = Annotated[str, Meta(max_length=500)]
SERVER_NAME = re.compile(r"[^\s/?#@:%\\\[\]]+|\[[0-9a-fA-F:.]+\]")
"""A host or an IP address; anything more would change what the address means."""


class TargetIsIncomplete(Invalid):
    "Something about this destination is missing or wrong."


class TargetRow(msgspec.Struct, frozen=True, kw_only=True):
    """A place, ready to show, with how it has been doing."""

    id: UUID
    name: str
    masked: str
    failures: int
    worked: Moment | None
    next_try: Moment | None
    paused: Moment | None
    stands_in: bool
    gone: Moment | None
    is_browser: bool


def rows(shown: list[TargetShown], *, now: datetime) -> list[TargetRow]:
    """Places as the settings show them."""

    def moment(at: datetime | None) -> Moment | None:
        return dates.moment(at, now=now) if at else None

    return [
        TargetRow(
            id=one.id,
            name=one.name,
            masked=one.masked,
            failures=one.failures,
            worked=moment(one.succeeded_at),
            next_try=moment(one.next_try) if one.failures else None,
            paused=moment(one.paused_until) if one.paused_until and one.paused_until > now else None,
            stands_in=one.failing,
            gone=moment(one.gone_at),
            is_browser=one.is_browser,
        )
        for one in shown
    ]


class TargetForm(msgspec.Struct, kw_only=True):
    """A place as a form sends it; `kind` says which of its fields count."""

    kind: Literal[
        "mail", "address", "slack", "teams", "telegram", "discord", "ntfy", "mattermost", "signal", "webhook"
    ] = "address"
    name: Annotated[str, Meta(max_length=80)]
    position: Annotated[int, Meta(ge=1, le=2)] = 1
    address: Annotated[str, Meta(max_length=2000)] = ""
    mail_to: Line = ""
    mail_from: Line = ""
    mail_server: Line = ""
    mail_port: Annotated[int, Meta(ge=1, le=65535)] | None = None
    mail_security: Literal["starttls", "ssl", "none"] = "starttls"
    mail_user: Line = ""
    mail_passphrase: Line = ""
    webhook: Annotated[str, Meta(max_length=1500)] = ""
    token: Line = ""
    room: Line = ""
    server: Line = ""
    sender: Line = ""
    receiver: Line = ""

    def full_address(self) -> str:
        """The Apprise address of the place. Raises TargetIsIncomplete."""
        if self.kind == "address":
            return self.address
        return self._mail_address() if self.kind == "mail" else self._service_address(SERVICES[self.kind])

    def _service_address(self, service: Service) -> str:
        given = {field.name: getattr(self, field.name).strip() for field in service.fields}
        wrong = {
            field.name: _("Fill in this field.")
            for field in service.fields
            if field.required and not given[field.name]
        }
        address = None if wrong else service.address(given)
        if address is None:
            raise TargetIsIncomplete(fields=wrong or {service.fields[0].name: _(service.wrong)})
        return address

    def _mail_address(self) -> str:
        if wrong := self._wrong_in_mail():
            raise TargetIsIncomplete(fields=wrong)
        scheme = "mailto" if self.mail_security == "none" else "mailtos"
        login = quote(self.mail_user, safe="")
        if self.mail_passphrase:
            login += f":{quote(self.mail_passphrase, safe='')}"
        port = f":{self.mail_port}" if self.mail_port else ""
        options = f"from={quote(self.mail_from, safe='')}&to={quote(self.mail_to, safe='')}"
        options += f"&smtp={quote(self.mail_server, safe='')}"
        if scheme == "mailtos":
            options += f"&mode={self.mail_security}"
        at = "@" if login else ""
        return f"{scheme}://{login}{at}{self.mail_server}{port}?{options}"

    def _wrong_in_mail(self) -> dict[str, str]:
        wrong = {
            name: _("Fill in this field.")
            for name in ("mail_to", "mail_from", "mail_server")
            if not getattr(self, name).strip()
        }
        for name, addresses in (("mail_to", parts_of_list(self.mail_to)), ("mail_from", [self.mail_from])):
            bad = next((address for address in addresses if mailbox(address) is None), None)
            if name not in wrong and bad is not None:
                wrong[name] = _("“%(address)s” is not an email address.") % {"address": bad}
        if "mail_server" not in wrong and not SERVER_NAME.fullmatch(self.mail_server):
            wrong["mail_server"] = _("Enter only the name of the server, such as smtp.example.org.")
        return wrong


def new_cases() -> list[tuple[str, str]]:
    """Which new cases a place may be told of, to choose from."""
    return [
        (NewCases.NEVER.value, _("none")),
        (NewCases.SEVERE.value, _("critical and serious ones")),
        (NewCases.ALL.value, _("all")),
    ]
