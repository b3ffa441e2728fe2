"""Which fields describe a place for nudges: a mailbox through an SMTP server, or any Apprise address?"""

from typing import Annotated, Literal
from urllib.parse import quote

import msgspec
from msgspec import Meta

from amends.errors import Invalid
from amends.i18n import gettext as _

Line = Annotated[str, Meta(max_length=500)]


class MailIsIncomplete(Invalid):
    """Something about the mail server is missing."""


class TargetForm(msgspec.Struct, kw_only=True):
    """A place as a form sends it; `kind` says which of its fields count."""

    kind: Literal["mail", "address"] = "address"
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

    def full_address(self) -> str:
        """The Apprise address of the place. Raises MailIsIncomplete."""
        return self._mail_address() if self.kind == "mail" else self.address

    def _mail_address(self) -> str:
        wrong = {
            name: _("Fill in this field.")
            for name in ("mail_to", "mail_from", "mail_server")
            if not getattr(self, name)
        }
        if wrong:
            raise MailIsIncomplete(fields=wrong)
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
