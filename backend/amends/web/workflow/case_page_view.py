"""Page of a case, ready to show."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.rules.capture import rechecks
from amends.rules.case.erased_cases import is_only_read
from amends.rules.team.calendars import Calendar
from amends.rules.vocabulary import FollowUpState, Stage, ThreatDeed
from amends.rules.workflow.moves import WRITE_PRIVATELY
from amends.rules.workflow.stances import MOVES as STANCE_MOVES
from amends.services.case import field_values
from amends.services.desk.cases import CaseDetail, CaseRow
from amends.services.desk.cases.details import UndoShown
from amends.services.team.members import Member
from amends.services.workflow.answers import Writing
from amends.services.workflow.outgoing_mails import MailAccount, OutgoingMailShown
from amends.services.workflow.undo_snapshots import UNDO_FOR
from amends.web import dates
from amends.web.case import next_step_view, snapshots_view
from amends.web.case import posts_view as posts
from amends.web.case.conversation_view import Conversation, conversation
from amends.web.case.fields_view import FieldsShown, fields
from amends.web.case.files_view import Files, files
from amends.web.case.labels.fields import said_label
from amends.web.case.notes_view import Notes, notes
from amends.web.case.posts_view import Writer
from amends.web.case.snapshots_view import LookAsked, PostShown
from amends.web.desk import cards_view
from amends.web.desk.case_links_view import Links, links
from amends.web.desk.questions_view import Questions
from amends.web.follow_up import second_chances_view
from amends.web.follow_up.checklists_view import Checklists, checklists
from amends.web.follow_up.follow_ups_view import Owed, owed
from amends.web.follow_up.second_chances_view import SecondChanceCard
from amends.web.labels import label
from amends.web.page_kit import Typed
from amends.web.workflow.chips_view import Chips, Head, chips, head
from amends.web.workflow.composer_view import Composer, composer
from amends.web.workflow.facts_view import Facts, facts
from amends.web.workflow.labels import moves as move_words
from amends.web.workflow.labels import threats as threat_words
from amends.web.workflow.move_forms_view import move_forms
from amends.web.workflow.next_step_card_view import NextStep, next_step
from amends.web.workflow.outgoing_mails_view import states, unsent
from amends.web.workflow.removals_view import take_back
from amends.web.workflow.side_view import PersonShown, Progress, case_progress, person
from amends.web.workflow.threats_view import ThreatLine, threat

MOST_COPIES = 3


class UndoBar(msgspec.Struct, frozen=True):
    """The way back from the last move, which `told` names."""

    href: str
    told: str
    seconds: int


class Post(msgspec.Struct, frozen=True):
    """The posts, and the way to another look unless the next step shows it."""

    writer: Writer
    posts: tuple[PostShown, ...]
    look: LookAsked | None
    hostile: bool


class Copies(msgspec.Struct, frozen=True):
    """Cases that may hold the very same post, with the form that merges this one into each."""

    href: str
    cases: tuple[tuple[int, str], ...]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the address asks for: a form, a part of the conversation or all of it, a tab, a note to edit."""

    do: str | None = None
    show: str = ""
    earlier: bool = False
    edit: int | None = None
    write: str = ""


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What is read besides the case: its reply as it stands, cases that may hold its post, its questions.

    `account` is by what mails leave, if by anything, and `mails` are those of the case.
    """

    writing: Writing | None
    copies: Sequence[CaseRow]
    questions: Questions
    account: MailAccount | None
    mails: Sequence[OutgoingMailShown]
    calendar: Calendar


class CasePage(msgspec.Struct, frozen=True, kw_only=True):
    """One case, every string ready, in parts that each follow from little."""

    href: str
    version: int
    step_why: str
    head: Head
    chips: Chips
    undo: UndoBar | None
    take_back: str
    threat: ThreatLine
    copies: Copies
    post: Post
    talk: Conversation
    composer: Composer
    progress: Progress
    second_chance: SecondChanceCard | None
    next_step: NextStep
    owed: Owed
    checklists: Checklists
    questions: Questions
    person: PersonShown
    files: Files
    links: Links
    fields: FieldsShown
    facts: Facts


def case_page(
    detail: CaseDetail,
    *,
    reader: Member,
    members: tuple[Member, ...],
    asked: Asked,
    typed: Typed,
    around: Around,
    now: datetime,
) -> CasePage:
    """Everything that the page of a case shows to one member."""
    card = cards_view.card(detail.row, reader=reader.id, now=now)
    shown = snapshots_view.posts_of(detail.captures, now=now)
    address = snapshots_view.address_of(shown)
    look = snapshots_view.look_asked(detail, address, due=_wants_look(detail, now), now=now)
    is_next = look is not None and look.now
    forms = move_forms(detail, chosen=asked.do, typed=typed, today=dates.local_day(now))
    way = next((form for form in forms if form.name in WRITE_PRIVATELY), None)
    writer = posts.writer(detail.author)
    said = notes(detail.timeline, reader=reader, asked=asked.edit, typed=typed, now=now)
    works = reader.works and not is_only_read(detail.row.outcome)
    step = next_step(detail, forms, typed, address=address, look=look if is_next else None, now=now)
    return CasePage(
        href=card.href,
        version=detail.version,
        step_why=next_step_view.why(detail.step, detail.row, now=now),
        head=head(detail, card, now=now),
        chips=chips(detail, typed, card, shown, around.calendar, reader=reader, members=members, now=now),
        undo=_undo(detail, reader, now) or _undo_fields(detail, reader, now),
        take_back=take_back(detail, reader=reader, now=now),
        threat=threat(detail, typed, now=now),
        copies=_copies(detail.row.number, around.copies),
        post=Post(writer, shown, None if is_next else look, detail.is_hostile),
        talk=_talk(detail, said, around, asked, customer=writer.name, works=works, now=now),
        composer=composer(
            detail, typed, around.writing, around.account, private=way, asked=asked.write, now=now
        ),
        progress=case_progress(detail),
        second_chance=second_chances_view.card(detail, shown, reader=reader, now=now),
        next_step=step,
        owed=owed(detail, typed, reader=reader, members=members, in_card=step.promise, now=now),
        checklists=checklists(detail, typed, now=now),
        questions=around.questions,
        person=person(detail, writer),
        fields=fields(detail.fields, detail.timeline, typed, works=works),
        facts=facts(detail, typed, unsent=unsent(around.mails), now=now),
        files=files(detail, typed, reader=reader, now=now),
        links=links(detail, reader=reader, now=now),
    )


def _talk(
    detail: CaseDetail,
    said: Notes,
    around: Around,
    asked: Asked,
    *,
    customer: str,
    works: bool,
    now: datetime,
) -> Conversation:
    mails = states(around.mails, number=detail.row.number, works=works, now=now)
    return conversation(
        detail, said, customer=customer, mails=mails, show=asked.show, whole=asked.earlier, now=now
    )


def _copies(number: int, found: Sequence[CaseRow]) -> Copies:
    return Copies(
        f"/cases/{number}", tuple((one.number, f"/cases/{one.number}") for one in found[:MOST_COPIES])
    )


def _wants_look(detail: CaseDetail, now: datetime) -> bool:
    due = (owed for owed in detail.follow_ups if owed.state is FollowUpState.DUE and not owed.paused)
    asked = rechecks.is_asked(detail.look_asked_at, now)
    return asked or any(rechecks.is_due(one.kind, one.due_at, detail.looked_at, now) for one in due)


def _done(detail: CaseDetail, undo: UndoShown, reader: Member) -> str:
    """What happened and can be undone, as the timeline tells it; a decision of triage is no deed yet."""
    if detail.threat is not None and detail.threat.flagged_at == undo.expires_at - UNDO_FOR:
        told = threat_words.told({"deed": ThreatDeed.FLAGGED})
    elif detail.stance is not None and STANCE_MOVES.get(detail.stance) == undo.move:
        return _("Decided: “%(stance)s”.") % {"stance": label(detail.stance)}
    else:
        told = move_words.told(undo.move)
    return _("%(name)s %(told)s.") % {"name": reader.name, "told": told}


def _then(detail: CaseDetail) -> str:
    """What comes next."""
    if detail.row.stage is Stage.CLOSED:
        return _("Nothing more is due on it.")
    return _("Next: %(step)s.") % {"step": next_step_view.heading(detail.step)}


def _undo(detail: CaseDetail, reader: Member, now: datetime) -> UndoBar | None:
    if detail.undo is None or detail.undo.expires_at <= now:
        return None
    return UndoBar(
        href=f"/cases/{detail.row.number}/moves/{detail.undo.id}/undo",
        told=f"{_done(detail, detail.undo, reader)} {_then(detail)}",
        seconds=int((detail.undo.expires_at - now).total_seconds()),
    )


def _undo_fields(detail: CaseDetail, reader: Member, now: datetime) -> UndoBar | None:
    """The way back from fields that were just filled in, which no snapshot holds."""
    said = field_values.undoable(detail.timeline, by=reader.id, now=now)
    if not said:
        return None
    until = detail.timeline[-1].at + field_values.UNDO_FOR
    return UndoBar(
        href=f"/cases/{detail.row.number}/fields/undo",
        told=_("Details saved: %(fields)s.") % {"fields": ", ".join(map(said_label, said))},
        seconds=int((until - now).total_seconds()),
    )
