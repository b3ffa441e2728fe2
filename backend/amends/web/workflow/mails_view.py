"""Mails, ready to show."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Response

from amends.i18n import N_, number
from amends.i18n import gettext as _
from amends.rules.case.texts import shortened
from amends.services.capture.mails import MailShown, MailWhole
from amends.services.desk.cases.rows import CaseRow
from amends.web import dates
from amends.web.case import titles
from amends.web.case.stored_files import SANDBOX
from amends.web.dates import Moment
from amends.web.labels import label

LONGEST = 400
REASONS = {
    "unknown": N_("No case is known for this address."),
    "unsure": N_("It may belong to a case, but that is not certain."),
    "unreadable": N_("It cannot be read here. Save it as a file to see what it is."),
    "large": N_("It is larger than 25 MB and still in the mailbox; only its header was taken."),
    "auto-submitted": N_("Automatic message"),
    "auto-response": N_("Automatic message"),
    "list": N_("Mailing list"),
    "null-sender": N_("Returned mail or other notice of a mail server"),
    "ours": N_("Sent by Amends itself"),
    "member": N_("Set aside by a member"),
    "returned": N_("A message came back with it"),
}
"""Why a mail waits or was set aside."""


class MailLine(msgspec.Struct, frozen=True, kw_only=True):
    """One mail of the list; `can_go_back` while it is only set aside."""

    href: str
    subject: str
    name: str
    sender: str
    words: str
    why: str
    suggested: int | None
    case: int | None
    can_go_back: bool
    at: Moment


class MailPage(MailLine, frozen=True, kw_only=True):
    """The same with what is new and what is repeated in it; `waits` while a member has to decide."""

    said: str
    quoted: str
    kilobytes: str
    waits: bool


class CaseChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A case on which a mail can be put."""

    number: int
    title: str
    author: str
    stage: str


def line(one: MailShown, *, now: datetime) -> MailLine:
    """A mail as the list shows it."""
    return MailLine(**_facts(one, now=now))


def whole(one: MailWhole, *, now: datetime) -> MailPage:
    """A mail with all of its words."""
    return MailPage(
        **_facts(one, now=now),
        said=one.words,
        quoted=one.text.replace(one.words, "", 1).strip() if one.words else "",
        kilobytes=number(max(1, round(one.size / 1_000))),
        waits=one.state == "waiting",
    )


def _facts(one: MailShown, *, now: datetime) -> dict[str, Any]:
    return {
        "href": f"/mail/{one.id}",
        "subject": one.subject or _("(no subject)"),
        "name": one.name or one.sender or _("Unknown sender"),
        "sender": one.sender if one.name else "",
        "words": shortened(one.words, LONGEST),
        "why": _(REASONS[one.reason]) if one.reason in REASONS else "",
        "suggested": one.suggested,
        "case": one.case,
        "can_go_back": one.state == "aside",
        "at": dates.moment(one.came_at, now=now),
    }


def choice(one: CaseRow) -> CaseChoice:
    """A case that was found."""
    author = one.author_name or one.author_handle
    title = titles.title(one.title, one.facts.nature)
    return CaseChoice(number=one.number, title=title, author=author, stage=label(one.stage))


def as_file(content: bytes) -> Response[bytes]:
    """The bytes of a mail as a file that no browser opens as a page."""
    return Response(
        content,
        media_type="application/octet-stream",
        headers={
            "content-security-policy": SANDBOX,
            "content-disposition": 'attachment; filename="mail.eml"',
        },
    )
