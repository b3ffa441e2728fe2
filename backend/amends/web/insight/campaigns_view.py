"""Campaigns, ready to show."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from amends.i18n import N_, ngettext, number
from amends.i18n import gettext as _
from amends.rules.insight.campaigns import may_go, state_of
from amends.rules.insight.case_facts import Flag, Measure
from amends.rules.insight.main_figures import NOTHING, quantile_in_words
from amends.rules.insight.periods import Period
from amends.rules.operation import own_texts
from amends.rules.vocabulary import CampaignState, Role, Verdict
from amends.services.desk.cases import CaseRow
from amends.services.insight.campaigns import (
    CampaignDetail,
    CampaignRow,
    CheckRow,
    DecisionRow,
    ReplyRow,
    Result,
)
from amends.services.insight.reports import Line
from amends.services.reply.reply_templates import TemplateRow
from amends.services.team.members import Member
from amends.web import dates
from amends.web.controls import Control, Field, Options, form_field
from amends.web.dates import Moment
from amends.web.desk import cards_view
from amends.web.desk.cards_view import Card
from amends.web.page_kit import Typed
from amends.web.templating import query

STATES = {
    CampaignState.PLANNED: ("today", N_("To be decided")),
    CampaignState.STOPPED: ("closed", N_("Called off")),
    CampaignState.READY: ("ours", N_("Going ahead")),
    CampaignState.RUNNING: ("ours", N_("Under way")),
    CampaignState.OVER: ("closed", N_("Over")),
}
VERDICTS = {Verdict.GO: N_("Go"), Verdict.NO_GO: N_("No-go")}
TIMES = {
    Measure.ANSWER_WORK: N_("First answer, half of them within"),
    Measure.RESOLVE_WORK: N_("Resolved, half of them within"),
}


class CampaignLine(msgspec.Struct, frozen=True, kw_only=True):
    """One campaign of the list."""

    href: str
    name: str
    days: str
    tone: str
    state: str
    size: str


class CheckLine(msgspec.Struct, frozen=True, kw_only=True):
    """One check with who found what."""

    id: UUID
    words: str
    done: bool
    note: str
    by: str
    at: Moment | None


class DecisionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One decision in words."""

    verdict: str
    is_go: bool
    reason: str
    by: str
    at: Moment


class Number(msgspec.Struct, frozen=True, kw_only=True):
    """A number with its name and the list behind it; `before` is the same of the days before."""

    name: str
    value: str
    href: str = ""
    before: str = ""
    before_href: str = ""


class CampaignPage(msgspec.Struct, frozen=True, kw_only=True):
    """One campaign, every string ready."""

    href: str
    name: str
    version: int
    days: str
    places: str
    url: str
    kept: str
    tone: str
    state: str
    checks: tuple[CheckLine, ...]
    open_checks: int
    may_go: bool
    leads: bool
    decisions: tuple[DecisionLine, ...]
    hurting: tuple[Number, ...]
    replies: tuple[ReplyRow, ...]
    library: Options
    cards: tuple[Card, ...]
    more_cases: int
    suggested: tuple[Card, ...]
    fields: tuple[Field, ...]
    has_begun: bool
    numbers: tuple[Number, ...]
    themes: tuple[Number, ...]
    before_days: str


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What a campaign is shown beside: names of themes, what hurt us in a period, what may belong to it."""

    names: Mapping[str, str]
    period: Period
    hurting: Sequence[Line]
    result: Result
    suggested: Sequence[CaseRow]
    library: Sequence[TemplateRow]


def line(row: CampaignRow, *, today: date) -> CampaignLine:
    """A campaign as the list shows it."""
    where = state_of(row.verdict, Period(row.first, row.last), today=today, open_checks=row.open_checks)
    tone, word = STATES[where]
    parts = [ngettext("%(num)d case", "%(num)d cases", row.cases) % {"num": row.cases}]
    if row.open_checks and row.verdict is not Verdict.NO_GO:
        parts.append(
            ngettext("%(num)d check open", "%(num)d checks open", row.open_checks) % {"num": row.open_checks}
        )
    return CampaignLine(
        href=f"/campaigns/{row.number}",
        name=row.name,
        days=dates.days(row.first, row.last),
        tone=tone,
        state=_(word),
        size=" · ".join(parts),
    )


def fields(typed: Typed, standing: Mapping[str, str] | None = None) -> tuple[Field, ...]:
    """The fields of a campaign as they stand, or as they were typed."""
    shown = typed if typed.form == "details" else Typed(values=standing or {})
    asked: tuple[tuple[str, Control, str, str, bool], ...] = (
        ("name", "line", _("Name"), "", True),
        ("first", "day", _("First day"), "", True),
        ("last", "day", _("Last day"), "", True),
        ("places", "line", _("Where"), _("Sites, shops, posters: whatever colleagues have to know."), False),
        ("url", "url", _("Address of our post"), _("Cases under it or from its site are suggested."), False),
        (
            "kept",
            "long",
            _("What we will not delete"),
            _("Criticism stays. Say what may still be hidden, such as insults or personal data."),
            False,
        ),
    )
    return tuple(
        form_field(name, control, label, shown, hint=hint, required=required)
        for name, control, label, hint, required in asked
    )


def page(
    detail: CampaignDetail,
    typed: Typed,
    around: Around,
    *,
    reader: Member,
    today: date,
    now: datetime,
) -> CampaignPage:
    """Everything that the page of a campaign shows to one member."""
    row, before = detail.campaign, around.result.period_before
    period = Period(row.first, row.last)
    waiting = sum(not one.done for one in detail.checks)
    tone, word = STATES[state_of(detail.verdict, period, today=today, open_checks=waiting)]
    chosen = {one.id for one in detail.replies}
    standing = {name: str(getattr(row, name)) for name in ("name", "first", "last", "places", "url", "kept")}
    return CampaignPage(
        href=f"/campaigns/{row.number}",
        name=row.name,
        version=row.version,
        days=dates.days(row.first, row.last),
        places=row.places,
        url=row.url,
        kept=row.kept,
        tone=tone,
        state=_(word),
        checks=tuple(_check(one, now) for one in detail.checks),
        open_checks=waiting,
        may_go=may_go(waiting),
        leads=reader.role.reaches(Role.LEAD),
        decisions=tuple(_decision(one, now) for one in detail.decisions),
        hurting=tuple(_hurting(one, around.period, around.names) for one in around.hurting),
        replies=tuple(detail.replies),
        library=tuple(
            (str(one.id), one.title) for one in around.library if not one.archived and one.id not in chosen
        ),
        cards=tuple(cards_view.shown(detail.cases, reader=reader.id, now=now)),
        more_cases=detail.more_cases,
        suggested=tuple(cards_view.shown(around.suggested, reader=reader.id, now=now)),
        fields=fields(typed, standing),
        has_begun=today >= row.first,
        numbers=tuple(_numbers(row.number, around.result)),
        themes=tuple(_theme(row.number, theme, cases, around.names) for theme, cases in around.result.themes),
        before_days=dates.days(before.first, before.last),
    )


def _check(one: CheckRow, now: datetime) -> CheckLine:
    return CheckLine(
        id=one.id,
        words=own_texts.words(one.words),
        done=one.done,
        note=one.note,
        by=one.settled_by.name if one.settled_by else "",
        at=dates.moment(one.settled_at, now=now) if one.settled_at else None,
    )


def _decision(one: DecisionRow, now: datetime) -> DecisionLine:
    return DecisionLine(
        verdict=_(VERDICTS[one.verdict]),
        is_go=one.verdict is Verdict.GO,
        reason=one.reason,
        by=one.member.name if one.member else "",
        at=dates.moment(one.at, now=now),
    )


def _hurting(one: Line, period: Period, names: Mapping[str, str]) -> Number:
    """A theme with its complaints, and how many of them were hostile."""
    hostile = one.flags[Flag.HOSTILE]
    note = ngettext("%(num)d hostile", "%(num)d hostile", hostile) % {"num": hostile} if hostile else ""
    return Number(
        name=names.get(one.value, _("a theme that was removed")),
        value=number(one.flags[Flag.CAPTURED]),
        before=note,
        href=_cases(
            theme=one.value, counted=Flag.CAPTURED.value, counted_from=period.first, counted_to=period.last
        ),
    )


def _numbers(campaign: int, result: Result) -> Iterable[Number]:
    """Its cases by what is true of them, and how long things took, beside the days before."""
    before, flags = result.before, result.figures.flags
    days = {"counted_from": result.period_before.first, "counted_to": result.period_before.last}
    for flag, name in (
        (Flag.CAPTURED, _("Cases")),
        (Flag.ANSWERED, _("Answered")),
        (Flag.HOSTILE, _("Hostile")),
    ):
        yield Number(
            name=name,
            value=number(flags[flag]),
            href=_cases(campaign=campaign, counted=flag.value),
            before="" if before is None else number(before.flags[flag]),
            before_href="" if before is None else _cases(counted=flag.value, **days),
        )
    insights = f"/insights{query({'from': days['counted_from'], 'to': days['counted_to']})}"
    for measure, words in TIMES.items():
        earlier = NOTHING if before is None else quantile_in_words(before, measure, 0.5)
        value = quantile_in_words(result.figures, measure, 0.5)
        yield Number(
            name=_(words),
            value=value,
            href="" if value == NOTHING else _cases(campaign=campaign, counted=Flag.ANSWERED.value),
            before=earlier,
            before_href="" if earlier == NOTHING else insights,
        )


def _theme(campaign: int, theme: str, cases: int, names: Mapping[str, str]) -> Number:
    return Number(
        name=names.get(theme, _("a theme that was removed")),
        value=number(cases),
        href=_cases(campaign=campaign, theme=theme),
    )


def _cases(**asked: Any) -> str:  # noqa: ANN401 - what the filters take
    """The list behind a number, open and closed."""
    return f"/cases{query({'stage': 'all', **{name: str(value) for name, value in asked.items()}})}"
