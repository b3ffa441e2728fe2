"""How is everything about one case put on its page?"""

from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.rules.moves import BY_NAME
from amends.rules.vocabulary import FollowUpKind, Stage
from amends.services.cases import CaseDetail
from amends.services.members import Member
from amends.web import dates, move_words, words
from amends.web.presenters import cards, entries, posts
from amends.web.presenters.cards import Card
from amends.web.presenters.case_forms import Composer, Options, Tools, composer, tools
from amends.web.presenters.duties import Owed, owed
from amends.web.presenters.entries import Line
from amends.web.presenters.forms import MoveForm, Typed, move_forms
from amends.web.presenters.posts import Letter, Writer


class UndoBar(msgspec.Struct, frozen=True):
    """The way back from the last move."""

    href: str
    verb: str
    seconds: int


class Head(msgspec.Struct, frozen=True):
    """What the case is called and where it stands."""

    card: Card
    duplicate_of: int | None


class Post(msgspec.Struct, frozen=True):
    """The post, the last sight of it first, and what was decided about it."""

    writer: Writer
    latest: Letter | None
    earlier: tuple[Letter, ...]
    facts: Options


class NextStep(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """The moves, the first one open; the draft they are about; what was typed for a move that is gone."""

    first: MoveForm | None
    others: tuple[MoveForm, ...]
    grave: tuple[MoveForm, ...]
    approval: str
    draft: str
    draft_by: str
    problem: str
    left_over: tuple[str, ...]


class CasePage(msgspec.Struct, frozen=True, kw_only=True):
    """One case, every string ready, in parts that each follow from little."""

    href: str
    version: int
    head: Head
    undo: UndoBar | None
    post: Post
    next_step: NextStep
    owed: Owed
    tools: Tools | None
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
    card = cards.card(detail.row, reader=reader.id, now=now)
    is_closed = detail.row.stage is Stage.CLOSED
    return CasePage(
        href=card.href,
        version=detail.version,
        head=Head(card, detail.duplicate_of),
        undo=_undo(detail, now),
        post=_post(detail, now),
        next_step=_next_step(detail, move_forms(detail, chosen=chosen, typed=typed), typed),
        owed=owed(detail, typed, now=now),
        tools=None if is_closed else tools(detail, typed, reader=reader, members=members, now=now),
        composer=composer(typed),
        lines=[entries.line(entry, now=now) for entry in reversed(detail.timeline)],
    )


def _post(detail: CaseDetail, now: datetime) -> Post:
    letters = [posts.letter(capture, now=now) for capture in reversed(detail.captures)]
    return Post(
        writer=posts.writer(detail.author),
        latest=letters[0] if letters else None,
        earlier=tuple(letters[1:]),
        facts=_facts(detail),
    )


def _next_step(detail: CaseDetail, forms: list[MoveForm], typed: Typed) -> NextStep:
    first = next((form for form in forms if form.open), None)
    is_told = typed.form in ("note", "touchpoint", "promise") or (first and first.problem)
    return NextStep(
        first=first,
        others=tuple(form for form in forms if not form.open and not form.grave),
        grave=tuple(form for form in forms if not form.open and form.grave),
        approval=detail.approval or "",
        draft=detail.draft if detail.approval else "",
        draft_by=detail.draft_by.name if detail.draft_by else "",
        problem="" if is_told else typed.problem,
        left_over=_left_over(typed, [form.name for form in forms]),
    )


def _facts(detail: CaseDetail) -> Options:
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
    return tuple((name, fact) for name, fact in facts if fact)


def _left_over(typed: Typed, moves: list[str]) -> tuple[str, ...]:
    """What was typed into the form of a move that is not possible any more: it is not thrown away."""
    if typed.form not in BY_NAME or typed.form in moves:
        return ()
    said = (typed.values.get(name, "") for name in ("text", "reason", "remedy", "next_step"))
    return tuple(words for words in said if words)


def _undo(detail: CaseDetail, now: datetime) -> UndoBar | None:
    if detail.undo is None or detail.undo.expires_at <= now:
        return None
    return UndoBar(
        href=f"/cases/{detail.row.number}/moves/{detail.undo.id}/undo",
        verb=move_words.verb(detail.undo.move) if detail.undo.move in move_words.MOVES else detail.undo.move,
        seconds=int((detail.undo.expires_at - now).total_seconds()),
    )
