"""Composer of a case: public reply, private message, note, and the record of an exchange, as tabs."""

from datetime import datetime
from functools import lru_cache
from typing import Literal

import msgspec

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.case.exchanges import NEXT_SAID, said_by_themselves, they_wrote_last
from amends.rules.vocabulary import PRIVATE_CHANNELS, Channel
from amends.rules.workflow.next_step import Action
from amends.services.desk.cases import CaseDetail
from amends.services.workflow.answers import Writing
from amends.services.workflow.outgoing_mails import MailAccount
from amends.web.case.files_view import Picker, picker
from amends.web.controls import Field, form_field
from amends.web.labels import label
from amends.web.page_kit import NOTHING_TYPED, Typed
from amends.web.reply.answers_view import WritingPage, writing_page
from amends.web.workflow.move_forms_view import MoveForm
from amends.web.workflow.outgoing_mails_view import FORM, MailForm, address_of, mail_form

Tab = Literal["reply", "private", "note", "log"]
WRITES_REPLY = frozenset({Action.WRITE_REPLY, Action.REWRITE_REPLY, Action.WRITE_ENDING})
"""Moves that say what we wrote in private: their form stands in the composer, and nowhere else."""


class Composer(msgspec.Struct, frozen=True, kw_only=True):
    """The tab that is open, and the form of each.

    `reply` is None where no public reply can be written now. `private` is the move that a private message is
    now; else it is an exchange like others, with its `private_fields`. `contact` is how the person asked to
    be reached, in their own words, or from where their last mail came. Where the team has an account, `mail`
    sends a message; else `mail_to` opens the member's own mail program, with the number of the case, by which
    the answer finds it.
    """

    open: Tab
    reply: WritingPage | None
    private: MoveForm | None
    private_fields: tuple[Field, ...]
    private_picker: Picker
    contact: str
    mail_to: str
    mail: MailForm | None
    note: str
    note_error: str
    note_picker: Picker
    log_fields: tuple[Field, ...]
    log_picker: Picker


def composer(
    detail: CaseDetail,
    typed: Typed,
    writing: Writing | None,
    account: MailAccount | None,
    *,
    private: MoveForm | None,
    asked: str,
    now: datetime,
) -> Composer:
    """Where one writes; `asked` is the tab that an address names."""
    note, sent = typed.of("note"), typed.of("touchpoint")
    is_private = sent.values.get("tab") == "private"
    return Composer(
        open=_open(detail, typed, private, writing=writing, asked=asked),
        reply=writing_page(writing, NOTHING_TYPED, now=now) if writing else None,
        private=private,
        private_fields=_private(sent) if is_private else _usual_private(language()),
        private_picker=picker(typed.of(private.name) if private else sent if is_private else NOTHING_TYPED),
        contact=_contact(detail),
        mail_to="" if account else address_of(detail.row.number, _contact(detail), _last(detail, "subject")),
        mail=_mail(detail, account, typed, private) if account else None,
        note=note.values.get("text", ""),
        note_error=note.errors.get("text", note.problem),
        note_picker=picker(note),
        log_fields=_usual_log(language()) if is_private or not sent.form else _log(sent),
        log_picker=picker(NOTHING_TYPED if is_private else sent),
    )


def _contact(detail: CaseDetail) -> str:
    """What was left last by a private link or a mail; empty where nothing was."""
    return _last(detail, "contact")


def _last(detail: CaseDetail, name: str) -> str:
    """What the person said last of this about themselves."""
    told = [entry.particulars for entry in detail.timeline if said_by_themselves(entry.particulars)]
    return next((str(one[name]) for one in reversed(told) if one.get(name)), "")


def _mail(detail: CaseDetail, account: MailAccount, typed: Typed, private: MoveForm | None) -> MailForm:
    return mail_form(
        detail,
        account,
        typed,
        contact=_contact(detail),
        subject=_last(detail, "subject"),
        move=private.name if private else "",
        verb=private.verb if private else "",
    )


def _open(
    detail: CaseDetail, typed: Typed, private: MoveForm | None, *, writing: Writing | None, asked: str
) -> Tab:
    """What was refused stands open; else what was asked for; else what the next step writes."""
    if typed.form == FORM:
        return "private"
    if typed.form in ("note", "touchpoint"):
        is_private = typed.values.get("tab") == "private"
        return "note" if typed.form == "note" else "private" if is_private else "log"
    if private and private.open and (typed.form == private.name or not asked):
        return "private"
    possible: dict[str, Tab] = {"private": "private", "note": "note", "log": "log"}
    if writing:
        possible["reply"] = "reply"
    writes = "private" if they_wait_for_us(detail) else "note"
    usual = "reply" if detail.step.do in WRITES_REPLY else writes
    return possible.get(asked) or possible.get(usual, "note")


def they_wait_for_us(detail: CaseDetail) -> bool:
    """Whether the next step is to answer the customer, who wrote last on a case in progress."""
    return detail.step.do == NEXT_SAID and they_wrote_last(detail.timeline)


@lru_cache(maxsize=8)
def _usual_private(_spoken: str) -> tuple[Field, ...]:
    return _private(Typed())


@lru_cache(maxsize=8)
def _usual_log(_spoken: str) -> tuple[Field, ...]:
    return _log(Typed())


def _private(typed: Typed) -> tuple[Field, ...]:
    """What we wrote, and where."""
    channels = [(channel.value, label(channel)) for channel in PRIVATE_CHANNELS]
    return (
        form_field("channel", "chips", _("Through which channel?"), typed, options=channels),
        form_field("text", "long", _("What did you write?"), typed),
    )


def _log(typed: Typed) -> tuple[Field, ...]:
    """What was said, by whom, where."""
    directions = [("in", _("They said")), ("out", _("We said"))]
    channels = [(channel.value, label(channel)) for channel in Channel]
    return (
        form_field("direction", "chips", _("Who?"), typed, options=directions),
        form_field("channel", "chips", _("Through which channel?"), typed, options=channels),
        form_field("text", "long", _("What was said?"), typed),
        form_field("url", "url", _("Address"), typed, required=False),
    )
