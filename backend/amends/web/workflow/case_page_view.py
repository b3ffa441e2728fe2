"""Page of a case, ready to show."""

from datetime import datetime

import msgspec

from amends.rules.capture import rechecks
from amends.rules.person.customer_links import Purpose, stages_of
from amends.rules.vocabulary import FollowUpState, Stage, Turn
from amends.rules.workflow.moves import BY_NAME
from amends.rules.workflow.next_step import Action
from amends.services.desk.cases import CaseDetail
from amends.services.desk.cases.hostility import HOSTILE
from amends.services.team.members import Member
from amends.web.case import entries_view, next_step_view, snapshots_view
from amends.web.case import posts_view as posts
from amends.web.case.entries_view import Line
from amends.web.case.posts_view import Writer
from amends.web.case.snapshots_view import Address, LookAsked, PostShown
from amends.web.controls import Options
from amends.web.desk import cards_view, case_themes_view
from amends.web.desk.cards_view import Card
from amends.web.desk.case_links_view import Links, links
from amends.web.desk.case_themes_view import Tag
from amends.web.follow_up import contact_attempts_view, second_chances_view
from amends.web.follow_up.contact_attempts_view import AttemptLine
from amends.web.follow_up.follow_ups_view import Owed, Reminders, owed, reminders
from amends.web.follow_up.remedies_view import Remedies, remedies
from amends.web.follow_up.second_chances_view import SecondChanceCard
from amends.web.page_kit import Typed
from amends.web.person.labels import customers
from amends.web.placeholders import CASE_NUMBER
from amends.web.reply import drafts_view
from amends.web.reply.drafts_view import DraftShown
from amends.web.workflow.case_forms_view import Composer, Tools, composer, facts, tools
from amends.web.workflow.labels import moves as move_words
from amends.web.workflow.move_forms_view import FORMS, MoveForm, move_forms
from amends.web.workflow.removals_view import Removal, removal, take_back


class UndoBar(msgspec.Struct, frozen=True):
    """The way back from the last move."""

    href: str
    verb: str
    seconds: int


class Head(msgspec.Struct, frozen=True):
    """What the case is called and where it stands."""

    card: Card
    duplicate_of: int | None
    chance_waiting: int | None


class Post(msgspec.Struct, frozen=True):
    """The posts, what was decided about them, and the way to another look unless the next step shows it."""

    writer: Writer
    posts: tuple[PostShown, ...]
    look: LookAsked | None
    facts: Options
    attempts: tuple[AttemptLine, ...]
    themes: tuple[Tag, ...]
    hostile: bool


class NextStep(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """What comes next, with its form open or the way to its page; the draft; what was typed for a lost move.

    `page` is where the step is done, if not here, `has_why` whether there is a sentence for its reason.
    `compose` names the way to where a reply is written, `reply` is where the draft may be posted now, `look`
    the way to a look that is due.
    """

    do: str
    turn: Turn
    heading: str
    verb: str
    page: str
    has_why: bool
    writes: bool
    first: MoveForm | None
    others: tuple[MoveForm, ...]
    grave: tuple[MoveForm, ...]
    draft: DraftShown | None
    compose: str
    reply: Address | None
    look: LookAsked | None
    private_link: str
    decide_now: bool
    problem: str
    left_over: tuple[str, ...]


class CasePage(msgspec.Struct, frozen=True, kw_only=True):
    """One case, every string ready, in parts that each follow from little."""

    href: str
    version: int
    step_why: str
    head: Head
    undo: UndoBar | None
    post: Post
    second_chance: SecondChanceCard | None
    next_step: NextStep
    owed: Owed
    remedies: Remedies
    links: Links
    reminders: Reminders | None
    tools: Tools | None
    take_back: str
    removal: Removal | None
    composer: Composer
    lines: list[Line]


def case_page(
    detail: CaseDetail,
    *,
    reader: Member,
    members: tuple[Member, ...],
    chosen: str | None,
    typed: Typed,
    now: datetime,
) -> CasePage:
    """Everything that the page of a case shows to one member."""
    card = cards_view.card(detail.row, reader=reader.id, now=now)
    is_closed = detail.row.stage is Stage.CLOSED
    shown = snapshots_view.posts_of(detail.captures, now=now)
    address = snapshots_view.address_of(shown)
    look = snapshots_view.look_asked(detail, address, due=_wants_look(detail, now), now=now)
    is_next = look is not None and look.now
    return CasePage(
        href=card.href,
        version=detail.version,
        step_why=next_step_view.why(detail.step, detail.row, now=now),
        head=Head(card, detail.duplicate_of, detail.chance_waiting),
        undo=_undo(detail, now),
        post=Post(
            posts.writer(detail.author),
            shown,
            None if is_next else look,
            facts(detail),
            contact_attempts_view.lines(detail.timeline, now=now),
            case_themes_view.tags(detail.themes),
            detail.nature in HOSTILE,
        ),
        second_chance=second_chances_view.card(detail, shown, reader=reader, now=now),
        next_step=_next_step(
            detail,
            move_forms(detail, chosen=chosen, typed=typed),
            typed,
            reply=address if _may_reply(detail) else None,
            look=look if is_next else None,
            now=now,
        ),
        owed=owed(detail, typed, now=now),
        remedies=remedies(detail, typed, reader=reader, now=now),
        links=links(detail, typed, reader=reader, now=now),
        reminders=reminders(detail, typed, reader=reader, members=members, now=now),
        tools=None if is_closed else tools(detail, typed, reader=reader, members=members, now=now),
        take_back=take_back(detail, reader=reader, now=now),
        removal=removal(typed, reader=reader),
        composer=composer(typed),
        lines=[entries_view.line(entry, now=now) for entry in reversed(detail.timeline)],
    )


BESIDE_THE_FORM = {"note", "touchpoint", "promise", "reminder", "take-back", "remove"}
TOOLS = {"owner", "severity"}
"""Forms that say themselves what was wrong; the tools stand on the page of an open case only."""


def _next_step(
    detail: CaseDetail,
    forms: list[MoveForm],
    typed: Typed,
    *,
    reply: Address | None,
    look: LookAsked | None,
    now: datetime,
) -> NextStep:
    first = next((form for form in forms if form.open), None)
    beside_the_form = BESIDE_THE_FORM if detail.row.stage is Stage.CLOSED else {*BESIDE_THE_FORM, *TOOLS}
    is_told = typed.form in beside_the_form or (first and first.problem)
    usual = FORMS.get(detail.step.do, detail.step.move)
    page = "" if detail.step.move else next_step_view.address(detail.step, CASE_NUMBER)
    return NextStep(
        do=detail.step.do,
        turn=detail.step.turn,
        heading=first.verb if first and first.name != usual else next_step_view.heading(detail.step),
        verb=next_step_view.verb(detail.step),
        page="" if page.endswith("#next-step") else page,
        has_why=bool(next_step_view.why(detail.step, detail.row, now=now)),
        writes=detail.step.do in (Action.WRITE_REPLY, Action.REWRITE_REPLY),
        first=first,
        others=tuple(form for form in forms if not form.open and not form.grave),
        grave=tuple(form for form in forms if not form.open and form.grave),
        draft=drafts_view.shown(detail, now=now),
        compose=drafts_view.compose(detail),
        reply=reply,
        look=look,
        private_link=_private_link(detail),
        decide_now=detail.row.stage is Stage.RESOLVED and detail.failed_fixes > 0,
        problem="" if is_told else typed.problem,
        left_over=_left_over(typed, [form.name for form in forms]),
    )


def _private_link(detail: CaseDetail) -> str:
    """What the link is called that may be made now, if any."""
    fitting = (one for one in Purpose if detail.row.stage in stages_of(one))
    return next((customers.word(one) for one in fitting), "")


def _left_over(typed: Typed, moves: list[str]) -> tuple[str, ...]:
    """What was typed into the form of a move that is not possible any more: it is not thrown away."""
    if typed.form not in BY_NAME or typed.form in moves:
        return ()
    said = (typed.values.get(name, "") for name in ("text", "reason", "remedy", "next_step"))
    return tuple(words for words in said if words)


def _wants_look(detail: CaseDetail, now: datetime) -> bool:
    due = (owed for owed in detail.follow_ups if owed.state is FollowUpState.DUE and not owed.paused)
    asked = rechecks.is_asked(detail.look_asked_at, now)
    return asked or any(rechecks.is_due(one.kind, one.due_at, detail.looked_at, now) for one in due)


def _may_reply(detail: CaseDetail) -> bool:
    """Whether the draft may be posted now."""
    is_ready = detail.approval in ("approved", "ready") and not detail.draft_held
    return bool(detail.draft) and is_ready and detail.row.stage is not Stage.CLOSED


def _undo(detail: CaseDetail, now: datetime) -> UndoBar | None:
    if detail.undo is None or detail.undo.expires_at <= now:
        return None
    return UndoBar(
        href=f"/cases/{detail.row.number}/moves/{detail.undo.id}/undo",
        verb=move_words.verb(detail.undo.move) if detail.undo.move in move_words.MOVES else detail.undo.move,
        seconds=int((detail.undo.expires_at - now).total_seconds()),
    )
