"""How is everything about one case put on its page?"""

from datetime import datetime, timedelta

import msgspec

from amends.i18n import gettext as _
from amends.rules.moves import BY_NAME
from amends.rules.vocabulary import Channel, FollowUpKind, Repeats, Severity, Stage
from amends.services.cases import CaseDetail
from amends.services.members import Member
from amends.web import dates, move_words, words
from amends.web.dates import Moment
from amends.web.field_words import title_of
from amends.web.presenters import cards, duties, entries, posts
from amends.web.presenters.cards import Card
from amends.web.presenters.duties import Duty
from amends.web.presenters.entries import Line
from amends.web.presenters.forms import MoveForm, Typed, move_forms
from amends.web.presenters.posts import Letter, Writer

Options = list[tuple[str, str]]


class UndoBar(msgspec.Struct, frozen=True):
    """The way back from the last move."""

    href: str
    verb: str
    seconds: int


class CasePage(msgspec.Struct, frozen=True, kw_only=True):
    """One case, every string ready."""

    card: Card
    href: str
    version: int
    closed: bool
    writer: Writer
    latest: Letter | None
    earlier: list[Letter]
    lines: list[Line]
    first_move: MoveForm | None
    next_moves: list[MoveForm]
    grave_moves: list[MoveForm]
    duties: list[Duty]
    promises: list[Duty]
    reminders: list[Duty]
    reader_id: str
    rhythms: Options
    facts: list[tuple[str, str]]
    duplicate_of: int | None
    approval: str
    draft: str
    draft_by: str
    snoozed: Moment | None
    wakes_on_reply: bool
    snoozes: Options
    owners: Options
    owner_id: str
    severities: list[tuple[str, str, str]]
    severity: str
    channels: Options
    undo: UndoBar | None
    typed: Typed
    left_over: list[str]


def case_page(
    detail: CaseDetail,
    *,
    reader: Member,
    members: list[Member],
    chosen: str | None,
    typed: Typed,
    now: datetime,
) -> CasePage:
    """Everything that the page of a case shows to one member."""
    letters = [posts.letter(capture, now=now) for capture in reversed(detail.captures)]
    forms = move_forms(detail, chosen=chosen, typed=typed)
    asleep = detail.row.snoozed_until is not None and detail.row.snoozed_until > now
    return CasePage(
        card=cards.card(detail.row, reader=reader.id, now=now),
        href=f"/cases/{detail.row.number}",
        version=detail.version,
        closed=detail.row.stage is Stage.CLOSED,
        writer=posts.writer(detail.author),
        latest=letters[0] if letters else None,
        earlier=letters[1:],
        lines=[entries.line(entry, now=now) for entry in reversed(detail.timeline)],
        first_move=next((form for form in forms if form.open), None),
        next_moves=[form for form in forms if not form.open and not form.grave],
        grave_moves=[form for form in forms if not form.open and form.grave],
        duties=duties.live(detail, now=now),
        promises=duties.promises(detail, now=now),
        reminders=duties.reminders(detail, now=now),
        reader_id=str(reader.id),
        rhythms=[(one.value, words.word(one)) for one in Repeats],
        facts=_facts(detail),
        duplicate_of=detail.duplicate_of,
        approval=detail.approval or "",
        draft=detail.draft if detail.approval else "",
        draft_by=detail.draft_by.name if detail.draft_by else "",
        snoozed=dates.moment(detail.row.snoozed_until, now=now)
        if asleep and detail.row.snoozed_until
        else None,
        wakes_on_reply=detail.wake_on_reply,
        snoozes=snooze_choices(now),
        owners=[(str(one.id), one.name) for one in members if not one.disabled],
        owner_id=str(detail.row.owner.id) if detail.row.owner else "",
        severities=[(one.value, one.value.upper(), title_of(one)) for one in Severity],
        severity=detail.row.severity or "",
        channels=[(channel.value, words.word(channel)) for channel in Channel],
        undo=_undo(detail, now),
        typed=typed,
        left_over=_left_over(typed, [form.name for form in forms]),
    )


def snooze_choices(now: datetime) -> Options:
    """Until when one mostly wants peace, on the reader's clock, each with its date printed."""
    today = dates.local_day(now)
    monday = today + timedelta(days=7 - today.weekday())
    choices = {
        today + timedelta(days=1): _("Tomorrow"),
        monday: _("Monday"),
        today + timedelta(days=7): _("In a week"),
    }
    return [
        (f"{day.isoformat()}T09:00", f"{words} ({dates.short_date(day)}, 09:00)")
        for day, words in sorted(choices.items())
    ]


def _facts(detail: CaseDetail) -> list[tuple[str, str]]:
    """What was decided, as text; it becomes a field only where a move asks for it."""
    pings = detail.pings if detail.row.stage is Stage.WAITING else 0
    fault = words.FAULTS.get(str(detail.fault), "")
    facts = [
        (_("We decided to"), words.word(detail.stance) if detail.stance else ""),
        (_("Nature"), words.word(detail.nature) if detail.nature else ""),
        (_("Customer"), words.word(detail.customer_status)),
        (_("Fault"), _(fault) if fault else ""),
        (words.word(FollowUpKind.NEXT_STEP), detail.next_step),
        (_("Remedy"), detail.remedy),
        (_("Public replies"), str(detail.row.public_replies or "")),
        (_("Written to again"), str(pings or "")),
        (_("Look again on"), dates.day(detail.review_on) if detail.review_on else ""),
    ]
    return [(name, fact) for name, fact in facts if fact]


def _left_over(typed: Typed, moves: list[str]) -> list[str]:
    """What was typed into the form of a move that is not possible any more: it is not thrown away."""
    if typed.form not in BY_NAME or typed.form in moves:
        return []
    return [
        typed.values[name] for name in ("text", "reason", "remedy", "next_step") if typed.values.get(name)
    ]


def _undo(detail: CaseDetail, now: datetime) -> UndoBar | None:
    if detail.undo is None or detail.undo.expires_at <= now:
        return None
    return UndoBar(
        href=f"/cases/{detail.row.number}/moves/{detail.undo.id}/undo",
        verb=move_words.verb(detail.undo.move) if detail.undo.move in move_words.MOVES else detail.undo.move,
        seconds=int((detail.undo.expires_at - now).total_seconds()),
    )
