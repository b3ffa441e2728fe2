"""Private messages by mail, ready to show: how each stands, and the form by which one is written."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.capture.mail_messages import ADDRESS
from amends.rules.team.mail_addresses import mailto
from amends.services.desk.cases import CaseDetail, FileShown
from amends.services.workflow import outgoing_mails
from amends.services.workflow.outgoing_mails import MailAccount, OutgoingMailShown
from amends.web import dates
from amends.web.case.entries_view import MailState
from amends.web.case.files_view import Picker, picker
from amends.web.controls import Field, form_field
from amends.web.page_kit import NOTHING_TYPED, Typed

FORM = "mail"


class MailForm(msgspec.Struct, frozen=True, kw_only=True):
    """The form of a message that is sent from here; `files` are those of the case, each with a tick.

    `move` is the move that the message is, if it is one; `asks` that one may also send what asks nothing.
    """

    sender: str
    signature: str
    move: str
    verb: str
    asks: bool
    to: Field
    subject: Field
    text: Field
    files: tuple[tuple[str, str, bool], ...]
    files_error: str
    picker: Picker
    problem: str
    known: bool


def contact_of(contact: str) -> str:
    """What the person left, where it is a mail address."""
    return contact if ADDRESS.fullmatch(contact) else ""


def subject_of(number: int, subject: str) -> str:
    """An answer to their subject that names the case, by which the answer to it finds the case."""
    mark = f"[#{number}]"
    answer = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    return (subject if mark in subject else f"{answer} {mark}") if subject else mark


def address_of(number: int, contact: str, subject: str) -> str:
    """What opens the member's own mail program; empty where no mail address is known."""
    to = contact_of(contact)
    return mailto(subject_of(number, subject), to=to) if to else ""


def mail_form(
    detail: CaseDetail, by: MailAccount, typed: Typed, *, contact: str, subject: str, move: str, verb: str
) -> MailForm:
    """The form, with what was typed or else what is known."""
    of_form = typed.of(FORM)
    known = {"to": contact_of(contact), "subject": subject_of(detail.row.number, subject)}
    filled = of_form if of_form.form else Typed(values=known)
    return MailForm(
        sender=by.sender,
        signature=by.signature,
        move=move,
        verb=verb,
        asks=move == "ask_them",
        to=form_field("to", "line", _("To"), filled),
        subject=form_field("subject", "line", _("Subject"), filled),
        text=form_field("text", "long", _("Message"), of_form),
        files=_files(detail.files, of_form),
        files_error=of_form.errors.get("send", ""),
        picker=picker(of_form),
        problem=of_form.problem,
        known=bool(known["to"]) or bool(of_form.form),
    )


def _files(files: Sequence[FileShown], typed: Typed) -> tuple[tuple[str, str, bool], ...]:
    ticked = typed.several.get("send", ()) if typed is not NOTHING_TYPED else ()
    return tuple((str(one.id), one.name, str(one.id) in ticked) for one in files)


def states(
    mails: Sequence[OutgoingMailShown], *, number: int, works: bool, now: datetime
) -> Mapping[int, MailState]:
    """How each message stands, by the position of its entry; who only reads gets no forms."""
    shown = {one.position: STATES[one.state](one, f"/cases/{number}/mails", now) for one in mails}
    if works:
        return shown
    return {at: replace(one, stop="", again="", elsewhere="") for at, one in shown.items()}


def _ready(one: OutgoingMailShown, href: str, now: datetime) -> MailState:
    at = dates.moment(one.run_at, now=now).relative
    if one.attempts:
        return MailState(
            words=_("Not sent yet; the next try is %(at)s.") % {"at": at},
            why=outgoing_mails.sentence(one.failure),
            is_late=True,
            stop=f"{href}/{one.id}/stop",
        )
    return MailState(words=_("Is sent in a moment."), why="", is_late=False, stop=f"{href}/{one.id}/stop")


def _sending(_one: OutgoingMailShown, _href: str, _now: datetime) -> MailState:
    return MailState(words=_("Is being sent."), why="", is_late=False)


def _sent(one: OutgoingMailShown, _href: str, now: datetime) -> MailState:
    at = dates.moment(one.settled_at, now=now).relative if one.settled_at else ""
    return MailState(words=_("Sent %(at)s: the mail server accepted it.") % {"at": at}, why="", is_late=False)


def _failed(one: OutgoingMailShown, href: str, _now: datetime) -> MailState:
    return MailState(
        words=_("Not sent."),
        why=outgoing_mails.sentence(one.failure),
        is_late=one.noted_at is None,
        again=f"{href}/{one.id}/again",
        elsewhere="" if one.noted_at else f"{href}/noted",
    )


def _returned(one: OutgoingMailShown, href: str, _now: datetime) -> MailState:
    return MailState(
        words=_("Came back. Reach them another way."),
        why="",
        is_late=one.noted_at is None,
        elsewhere="" if one.noted_at else f"{href}/noted",
    )


def _withdrawn(_one: OutgoingMailShown, _href: str, _now: datetime) -> MailState:
    return MailState(words=_("Stopped: it was not sent."), why="", is_late=False)


STATES: dict[str, Callable[[OutgoingMailShown, str, datetime], MailState]] = {
    "ready": _ready,
    "sending": _sending,
    "sent": _sent,
    "failed": _failed,
    "returned": _returned,
    "withdrawn": _withdrawn,
}

UNSENT = {
    "ready": N_("not sent yet"),
    "sending": N_("not sent yet"),
    "failed": N_("not sent"),
    "returned": N_("came back"),
    "withdrawn": N_("not sent"),
}
"""What a message that reached nobody's server says where the tries to reach them are listed."""


def unsent(mails: Sequence[OutgoingMailShown]) -> Mapping[int, str]:
    """By the position of its entry: what became of a message that has not left or came back."""
    return {one.position: _(UNSENT[one.state]) for one in mails if one.state in UNSENT}
