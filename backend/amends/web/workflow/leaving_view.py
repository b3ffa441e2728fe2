"""What a member leaves behind, as the page that disables them lists it."""

from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.rules.operation import own_texts
from amends.rules.vocabulary import Role
from amends.services.team import rotas
from amends.services.team.members import Member
from amends.services.workflow.leaving import Belonging, Belongings, CaseLeft, FollowUpLeft
from amends.web import dates
from amends.web.case import titles
from amends.web.controls import members_to_choose
from amends.web.labels import label
from amends.web.page_kit import Typed
from amends.web.team import team_form

SHOWN = 20


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is theirs; `case` is the number of the case that it leads to, 0 without."""

    text: str
    case: int = 0


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind, with its first lines, how many more there are, and who can take it over."""

    name: str
    title: str
    hint: str
    nobody: str
    lines: list[Line]
    more: int
    options: tuple[tuple[str, str], ...]
    value: str


def kinds(
    left: Belongings, leaver: Member, everyone: tuple[Member, ...], typed: Typed, *, now: datetime
) -> list[Kind]:
    """The kinds of which there is something, in the order of the vocabulary."""
    return [_kind(kind, left, leaver, everyone, typed, now) for kind in Belonging if left.count(kind)]


def _kind(
    kind: Belonging,
    left: Belongings,
    leaver: Member,
    everyone: tuple[Member, ...],
    typed: Typed,
    now: datetime,
) -> Kind:
    title, hint, nobody = _words(kind)
    lines = _LINES[kind](left, now)
    able = (one for one in everyone if one.id != leaver.id)
    if kind is Belonging.APPROVALS:
        able = (one for one in able if one.role.reaches(Role.APPROVER))
    return Kind(
        name=kind.value,
        title=f"{title} ({left.count(kind)})",
        hint=hint,
        nobody=nobody,
        lines=lines[:SHOWN],
        more=max(0, len(lines) - SHOWN),
        options=members_to_choose(tuple(able)),
        value=typed.values.get(kind.value, ""),
    )


def _words(kind: Belonging) -> tuple[str, str, str]:
    return {
        Belonging.CASES: (_("Open cases"), _("With everything due on them."), _("The pool")),
        Belonging.FOLLOW_UPS: (
            _("Reminders and requests"),
            _("Without a new recipient, reminders stay on their case and mentions end."),
            _("Nobody"),
        ),
        Belonging.APPROVALS: (
            _("Drafts to review"),
            _("Nobody reviews their own draft."),
            _("The lead with the fewest drafts"),
        ),
        Belonging.DUTIES: (_("On duty"), _("Single and weekly duties, and rotation turns."), _("Nobody")),
        Belonging.DEPUTIES: (_("Deputy for"), "", _("Nobody")),
    }[kind]


def _cases(cases: Iterable[CaseLeft]) -> list[Line]:
    return [Line(text=titles.title(one.title, one.nature), case=one.number) for one in cases]


def _asked(asked: Iterable[FollowUpLeft], now: datetime) -> list[Line]:
    return [
        Line(
            text=" · ".join(
                filter(
                    None,
                    (label(one.kind), dates.moment(one.due_at, now=now).brief, own_texts.words(one.words)),
                )
            ),
            case=one.number,
        )
        for one in asked
    ]


def _duties(duties: rotas.DutiesOf, now: datetime) -> list[Line]:
    days = team_form.week_days()
    single = [
        f"{dates.moment(begins, now=now).brief} – {dates.moment(ends, now=now).brief}"
        for begins, ends in duties.single
    ]
    weekly = [
        f"{', '.join(days[day] for day in sorted(one.days))}, "
        f"{team_form.clock(one.begins)}–{team_form.clock(one.ends % 1440)}"
        for one in duties.weekly
    ]
    turns = [_("In the weekly rotation")] if duties.takes_turns else []
    return [Line(text=text) for text in (*single, *weekly, *turns)]


_LINES: dict[Belonging, Callable[[Belongings, datetime], list[Line]]] = {
    Belonging.CASES: lambda left, now: _cases(left.cases),
    Belonging.FOLLOW_UPS: lambda left, now: _asked(left.follow_ups, now),
    Belonging.APPROVALS: lambda left, now: _cases(left.approvals),
    Belonging.DUTIES: lambda left, now: _duties(left.duties, now),
    Belonging.DEPUTIES: lambda left, now: [Line(text=name) for name in left.deputies],
}
