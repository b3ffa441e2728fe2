"""Forms of the legal moves of a case."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import msgspec

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.reply.reply_lint import says_place, says_plan
from amends.rules.workflow.moves import BY_NAME, Move
from amends.rules.workflow.next_step import GRAVE, Action
from amends.services.desk.cases import CaseDetail
from amends.web.controls import Field
from amends.web.page_kit import Typed
from amends.web.workflow.labels import fields
from amends.web.workflow.labels import moves as move_words

ELSEWHERE = frozenset({"keep_draft", "submit_draft"})
"""Moves that have a page of their own."""

FORMS: dict[str, str] = {Action.DECIDE: "answer", Action.READ_DRAFT: "approve"}
"""The move whose form is open for a step that is no move: its own page is not the only way."""

REMEMBERED = ("severity", "nature", "stance", "customer_status", "fault", "next_step")
"""Fields that begin with what the case says already."""


class MoveForm(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One legal move: a button, a sentence, and the fields it asks and offers."""

    name: str
    verb: str
    explanation: str
    grave: bool
    open: bool
    asks: tuple[Field, ...]
    offers: tuple[Field, ...]
    problem: str


def move_forms(detail: CaseDetail, *, chosen: str | None, typed: Typed, today: date) -> list[MoveForm]:
    """A form for each legal move; that of the next step is open and first, unless another was chosen."""
    moves = [move for move in detail.moves if move.name not in ELSEWHERE]
    names = [move.name for move in moves]
    wanted = typed.form if typed.form in names else chosen if chosen in names else None
    opened = wanted or FORMS.get(detail.step.do, detail.step.move)
    said = _said_by_draft(detail, today)
    forms = [_form(move, detail, typed, opened=move.name == opened, said=said) for move in moves]
    return sorted(forms, key=lambda form: (not form.open, form.grave))


def _said_by_draft(detail: CaseDetail, today: date) -> dict[str, str]:
    """Which boxes are ticked already: what the draft says by the rules that count it once it is posted."""
    if not detail.draft:
        return {}
    places = tuple(detail.facts.rules.places.values())
    said = {
        "plan_given": says_plan(detail.draft, today=today),
        "place_given": says_place(detail.draft, places),
    }
    return {name: "on" if holds else "" for name, holds in said.items()}


def _form(move: Move, detail: CaseDetail, typed: Typed, *, opened: bool, said: Mapping[str, str]) -> MoveForm:
    names, is_typed = move.asks + move.offers, typed.form == move.name
    ticked = {} if is_typed else said  # a box that was cleared stays so
    known = tuple(ticked.get(name, "") or _known(move.name, name, detail) for name in names)
    if is_typed:
        return _made(move.name, known, opened, typed)
    return _kept(move.name, known, opened, language())


@lru_cache(maxsize=512)
def _kept(move: str, known: tuple[str, ...], opened: bool, _spoken: str) -> MoveForm:
    """A form into which nobody has typed: the same for many cases."""
    return _made(move, known, opened, Typed())


def _made(name: str, known: tuple[str, ...], opened: bool, typed: Typed) -> MoveForm:
    move = BY_NAME[name]
    values = {**dict(zip(move.asks + move.offers, known, strict=True)), **typed.values}
    return MoveForm(
        name=name,
        verb=move_words.verb(name),
        explanation=move_words.explanation(name),
        grave=name in GRAVE,
        open=opened,
        asks=tuple(_field(name, field, values, typed, required=True) for field in move.asks),
        offers=tuple(_field(name, field, values, typed, required=False) for field in move.offers),
        problem=typed.problem,
    )


def _field(move: str, name: str, values: Mapping[str, str], typed: Typed, *, required: bool) -> Field:
    asked = fields.asked(move, name)
    return Field(
        name=name,
        control=asked.control,
        label=_(asked.label),
        hint=_(asked.hint) if asked.hint else "",
        required=required,
        value=values[name],
        error=typed.errors.get(name, ""),
        options=tuple(fields.options(move, name)),
    )


def _known(move: str, name: str, detail: CaseDetail) -> str:
    """What the case says already."""
    if name == "text" and move in ("approve", "post_acknowledgement", "solve_in_public", "ask_in_public"):
        return detail.draft
    if name == "severity":
        return detail.row.severity or ""
    if name == "stance" and move == "answer":
        return detail.stance or "answer"
    if name == "remedy":
        return detail.remedy
    if name == "reply_url":
        return _seen_reply(detail)
    if name in REMEMBERED and not (name == "next_step" and move == "finish_step"):
        return str(getattr(detail, name) or "")
    return ""


def _seen_reply(detail: CaseDetail) -> str:
    """The address of the newest reply of ours that a browser saw and no member has marked as posted."""
    told = [entry.particulars for entry in detail.timeline]
    marked = {one.get("reply_url") for one in told}
    seen = (str(one["url"]) for one in reversed(told) if one.get("seen") and one.get("url") not in marked)
    return next(seen, "")
