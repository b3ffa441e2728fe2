"""Triage page of one new case."""

from collections.abc import Mapping, Sequence

import msgspec

from amends.i18n import N_, number
from amends.i18n import gettext as _
from amends.rules.operation import own_texts
from amends.rules.vocabulary import CustomerStatus, Stance
from amends.rules.workflow.stances import Recommendation
from amends.services.workflow.triage import Triage
from amends.web.case import posts_view
from amends.web.case.posts_view import Letter, Writer
from amends.web.controls import Control, Field
from amends.web.desk import cards_view
from amends.web.desk.cards_view import Card
from amends.web.desk.case_themes_view import Choice
from amends.web.desk.questions_view import ASK, Questions
from amends.web.labels import count_label, label
from amends.web.page_kit import Here, Typed
from amends.web.person.people_view import SuspectLine, suspects_of
from amends.web.workflow.labels import fields as field_words

CHOICES = {
    Stance.ANSWER: ("a", N_("Acknowledge, and continue in private")),
    Stance.CLARIFY: ("c", N_("State the facts in public, once")),
    Stance.FIX: ("f", N_("Apologise and put it right")),
    Stance.WATCH_IN_SILENCE: ("w", N_("Deliberately no answer: why, and when to check again")),
    Stance.ESCALATE: ("x", N_("The leads are alerted at once")),
    Stance.LET_GO: ("l", N_("Spam, or not about us: closed")),
}
"""The key of each stance, and what it means."""
ASKED: tuple[tuple[str, Control], ...] = (
    ("severity", "chips"),
    ("nature", "chips"),
    ("fault", "select"),
    ("customer_status", "select"),
)


class StanceShown(msgspec.Struct, frozen=True, kw_only=True):
    """A stance that may be taken; the recommended one is marked, and chosen unless another was."""

    value: str
    word: str
    key: str
    title: str
    chosen: bool
    recommended: bool


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """What is recommended, in words, and the stances to choose from."""

    stance: str
    reason: str
    stances: tuple[StanceShown, ...]
    error: str


class TriagePage(msgspec.Struct, frozen=True, kw_only=True):
    """One new case, every string ready."""

    number: int
    version: int
    href: str
    title: str
    writer: Writer
    post: Letter | None
    hostile: bool
    facts: tuple[tuple[str, str], ...]
    copies: tuple[Card, ...]
    others: tuple[Card, ...]
    elsewhere: tuple[Card, ...]
    suspects: tuple[SuspectLine, ...]
    fields: tuple[Field, ...]
    advice: Advice
    fitting: tuple[Choice, ...]
    questions: Questions
    reason: str
    review_on: str
    wrong: Mapping[str, str]
    problem: str
    place: str
    before: int | None
    after: int | None


def advice(recommended: Recommendation | None, *, chosen: str, before: str = "", error: str = "") -> Advice:
    """The stances, of which the recommended one is chosen unless somebody chose another than was `before`."""
    best = recommended.stance.value if recommended else ""
    taken = chosen if chosen and chosen != before else best
    return Advice(
        stance=label(recommended.stance) if recommended else "",
        reason=_(recommended.reason) if recommended else "",
        stances=tuple(
            StanceShown(
                value=stance.value,
                word=label(stance),
                key=key,
                title=_(meaning),
                chosen=stance.value == taken,
                recommended=stance.value == best,
            )
            for stance, (key, meaning) in CHOICES.items()
        ),
        error=error,
    )


def triage_page(
    triage: Triage,
    queue: Sequence[int],
    *,
    fitting: Sequence[Choice],
    questions: Questions,
    typed: Typed,
    here: Here,
) -> TriagePage:
    """A new case with what was typed about it, its place among those that wait, and themes that may fit."""
    detail = triage.detail
    place = queue.index(detail.row.number) if detail.row.number in queue else 0
    return TriagePage(
        number=detail.row.number,
        version=detail.version,
        href=f"/cases/{detail.row.number}",
        title=own_texts.title(detail.row.title),
        writer=posts_view.writer(detail.author),
        post=posts_view.letter(detail.captures[0], now=here.now) if detail.captures else None,
        hostile=detail.is_hostile,
        facts=(),
        copies=tuple(cards_view.shown(triage.copies, reader=here.member.id, now=here.now)),
        others=tuple(cards_view.shown(triage.others, reader=here.member.id, now=here.now)),
        elsewhere=tuple(cards_view.shown(triage.elsewhere, reader=here.member.id, now=here.now)),
        suspects=tuple(suspects_of(triage.suspects)),
        fields=tuple(_field(name, control, triage, typed) for name, control in ASKED),
        advice=advice(
            triage.recommended,
            chosen=typed.values.get("stance", ""),
            before="" if typed.detail else typed.values.get("recommended", ""),  # refused: it was decided
            error=typed.errors.get("stance", ""),
        ),
        fitting=tuple(fitting),
        questions=questions,
        reason=typed.values.get("reason", ""),
        review_on=typed.values.get("review_on", ""),
        wrong=typed.errors,
        problem="" if typed.form == ASK else typed.problem,  # it stands beside the questions
        place=_("%(place)s of %(all)s") % {"place": number(place + 1), "all": count_label(len(queue))},
        before=queue[place - 1] if place > 0 else None,
        after=queue[place + 1] if place + 1 < len(queue) else None,
    )


def _field(
    name: str,
    control: Control,
    triage: Triage,
    typed: Typed,
) -> Field:
    asked, known = field_words.asked("answer", name), _known(name, triage)
    return Field(
        name=name,
        control=control,
        label=_(asked.label),
        hint=_proposal(triage) if name == "severity" else "",
        required=False,  # it depends on the stance, and is said beside the field
        value=typed.values.get(name, known),
        error=typed.errors.get(name, ""),
        options=tuple(field_words.options("answer", name)),
        unmarked=True,
    )


def _proposal(triage: Triage) -> str:
    """The severity that a rule proposed and nobody has set yet, with the name of the rule."""
    proposed = triage.proposed
    if proposed is None:
        return ""
    values = {"rule": proposed.rule, "severity": label(proposed.severity)}
    return _("The rule “%(rule)s” proposes %(severity)s.") % values


def _known(name: str, triage: Triage) -> str:
    detail = triage.detail
    if name == "severity":
        return detail.row.severity or ""
    if name == "customer_status":
        return "" if detail.customer_status is CustomerStatus.UNKNOWN else detail.customer_status
    return str(getattr(detail, name) or "")
