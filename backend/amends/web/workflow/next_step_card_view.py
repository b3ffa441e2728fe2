"""Card of the next step: one true step with its form or its way there, and the other ways on."""

from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.rules.case.exchanges import NEXT_SAID
from amends.rules.vocabulary import Stage, Turn
from amends.rules.workflow.moves import BY_NAME, WRITE_PRIVATELY
from amends.rules.workflow.next_step import Action
from amends.services.desk.cases import CaseDetail
from amends.web.case import next_step_view
from amends.web.case.snapshots_view import Address, LookAsked
from amends.web.follow_up.follow_ups_view import Duty, duty, first_promise
from amends.web.labels import label
from amends.web.page_kit import Typed
from amends.web.placeholders import CASE_NUMBER
from amends.web.reply import drafts_view
from amends.web.reply.drafts_view import DraftShown
from amends.web.workflow.composer_view import WRITES_REPLY, they_wait_for_us
from amends.web.workflow.move_forms_view import FORMS, MoveForm


class NextStep(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """What comes next, with its form open or the way to its page; the draft; what was typed for a lost move.

    `page` is where the step is done, if not here; `writes` the tab of the composer where it is; `has_why`
    whether there is a sentence for its reason. `promise` is the one to keep now. `compose` says what the way
    to the reply is called, `reply` is where the draft may be posted now, `look` the way to a due recheck.
    """

    do: str
    turn: Turn
    heading: str
    verb: str
    page: str
    has_why: bool
    writes: str
    first: MoveForm | None
    others: tuple[MoveForm, ...]
    grave: tuple[MoveForm, ...]
    promise: Duty | None
    draft: DraftShown | None
    compose: str
    reply: Address | None
    look: LookAsked | None
    decide_now: bool
    problem: str
    left_over: tuple[str, ...]


BESIDE_THE_FORM = frozenset({"note", "touchpoint", "promise", "reminder", "take-back", "remove"})
HEADER = frozenset({"owner", "severity"})
"""Forms that say themselves what was wrong; those of the header stand on the page of an open case only."""


def next_step(
    detail: CaseDetail,
    forms: list[MoveForm],
    typed: Typed,
    *,
    address: Address | None,
    look: LookAsked | None,
    now: datetime,
) -> NextStep:
    """The card as one member sees it."""
    opened = next((form for form in forms if form.open), None)
    here = [form for form in forms if form.name not in WRITE_PRIVATELY]
    first = opened if opened in here else None
    writes = _writes(detail, opened, first)
    page = "" if detail.step.move else next_step_view.address(detail.step, CASE_NUMBER)
    return NextStep(
        do=detail.step.do,
        turn=detail.step.turn,
        heading=_heading(detail, opened),
        verb=_("Write the message") if writes == "private" else next_step_view.verb(detail.step),
        page="" if page.endswith(("#next-step", "#composer", "#owed")) else page,
        has_why=bool(next_step_view.why(detail.step, detail.row, now=now)),
        writes=writes,
        first=first,
        others=tuple(form for form in here if not form.open and not form.grave),
        grave=tuple(form for form in here if not form.open and form.grave),
        promise=_promise(detail, now=now),
        draft=drafts_view.shown(detail, now=now),
        compose=drafts_view.compose(detail),
        reply=address if _may_reply(detail) else None,
        look=look,
        decide_now=detail.row.stage is Stage.RESOLVED and detail.failed_fixes > 0,
        problem="" if _is_told(detail, typed, opened) else typed.problem,
        left_over=_left_over(typed, [form.name for form in forms]),
    )


def _heading(detail: CaseDetail, opened: MoveForm | None) -> str:
    usual = FORMS.get(detail.step.do, detail.step.move)
    if opened and opened.name in WRITE_PRIVATELY:
        return _("Write to them in private")
    if opened and opened.name != usual:
        return opened.verb
    if they_wait_for_us(detail):
        return _("They wrote: answer them")
    if detail.step.do == NEXT_SAID:
        return detail.next_step or _("Say what comes next")
    if detail.row.outcome and detail.step.do == Action.NOTHING:
        return _("How it ended: %(outcome)s") % {"outcome": label(detail.row.outcome)}
    waits = detail.step.turn is Turn.THEIRS and detail.step.move
    return _("Waiting on customer") if waits else next_step_view.heading(detail.step)


def _writes(detail: CaseDetail, opened: MoveForm | None, first: MoveForm | None) -> str:
    """The tab of the composer in which the step is done; nothing where another form was opened instead."""
    if opened and first is None:
        return "private"
    if detail.step.do == NEXT_SAID and first and first.name == NEXT_SAID:
        return "private" if they_wait_for_us(detail) else ""
    return "reply" if detail.step.do in WRITES_REPLY and first is None else ""


def _promise(detail: CaseDetail, *, now: datetime) -> Duty | None:
    found = first_promise(detail) if detail.step.do == Action.KEEP_PROMISE else None
    return duty(found, now=now) if found else None


def _is_told(detail: CaseDetail, typed: Typed, opened: MoveForm | None) -> bool:
    """Whether a form says itself what was wrong with it."""
    beside = BESIDE_THE_FORM if detail.row.stage is Stage.CLOSED else BESIDE_THE_FORM | HEADER
    return typed.form in beside or bool(opened and opened.problem)


def _left_over(typed: Typed, moves: list[str]) -> tuple[str, ...]:
    """What was typed into the form of a move that is not possible any more: it is not thrown away."""
    if typed.form not in BY_NAME or typed.form in moves:
        return ()
    said = (typed.values.get(name, "") for name in ("text", "reason", "remedy", "next_step"))
    return tuple(words for words in said if words)


def _may_reply(detail: CaseDetail) -> bool:
    """Whether the draft may be posted now."""
    is_ready = detail.approval in ("approved", "ready") and not detail.draft_held
    return bool(detail.draft) and is_ready and detail.row.stage is not Stage.CLOSED
