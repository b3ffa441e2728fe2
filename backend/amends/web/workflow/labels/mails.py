"""What is said of private messages by mail: how one stands, and what became of it."""

from collections.abc import Callable, Mapping

from amends.i18n import gettext as _
from amends.services.workflow import outgoing_mails

TELLERS: dict[str, Callable[[], str]] = {
    "sent": lambda: _("sent the message: the mail server accepted it"),
    "failed": lambda: _("could not send the message"),
    "returned": lambda: _("was told that the message came back"),
    "withdrawn": lambda: _("stopped the message before it was sent"),
    "ready": lambda: _("had the message sent again"),
}


def told(particulars: Mapping[str, object]) -> str:
    """What became of a message."""
    teller = TELLERS.get(str(particulars.get("state")))
    return teller() if teller else ""


def facts(particulars: Mapping[str, object]) -> list[str]:
    """Why, and what the server said, in its own words."""
    why = outgoing_mails.sentence(str(particulars.get("failure") or ""))
    said = str(particulars.get("said") or "")
    code = str(particulars.get("code") or "")
    answer = " ".join(filter(None, (code, said)))
    return [*([why] if why else []), *([_("Answer: %(words)s") % {"words": answer}] if answer else [])]
