"""Chips of a case: what stands about it in its header, each with the form that changes it."""

from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.rules.case.erased_cases import is_only_read
from amends.rules.insight.stories import may_be_told
from amends.rules.operation import own_texts
from amends.rules.team.calendars import Calendar
from amends.rules.vocabulary import FollowUpState, Role, Stage
from amends.rules.workflow.next_step import GRAVE
from amends.services.desk.cases import CaseDetail, FollowUpShown
from amends.services.team.members import Member
from amends.web import dates
from amends.web.case.snapshots_view import PostShown
from amends.web.dates import Moment
from amends.web.desk import case_themes_view
from amends.web.desk.cards_view import Card
from amends.web.desk.case_links_view import LinkForm, link_form
from amends.web.desk.case_themes_view import Tag
from amends.web.follow_up.follow_ups_view import Duty, duty
from amends.web.labels import label
from amends.web.page_kit import Typed
from amends.web.workflow.case_forms_view import LocationChip, Tools, location, tools
from amends.web.workflow.labels import moves as move_words
from amends.web.workflow.move_forms_view import ELSEWHERE
from amends.web.workflow.removals_view import Removal, removal

Way = tuple[str, str]
"""A move that is possible now, and what it is called."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the case is called, where it comes from, and which cases wait for it."""

    card: Card
    title: str
    lang: str
    captured: Moment
    captured_by: str
    duplicate_of: int | None
    chance_waiting: int | None
    hostile: bool


class Chips(msgspec.Struct, frozen=True, kw_only=True):
    """What is due first, the stage with the ways on, severity, owner and themes; snooze, watch and the rest.

    `due_for` names what is due first where that is not the next step.
    `tools` are the forms of an open case; `further` the posts that may become cases of their own;
    `story_href` where leads keep its story, once it has come to an end.
    """

    card: Card
    due: Duty | None
    due_for: str
    ways: tuple[Way, ...]
    grave: tuple[Way, ...]
    themes: tuple[Tag, ...]
    location: LocationChip | None
    tools: Tools | None
    link: LinkForm
    further: tuple[str, ...]
    removal: Removal | None
    story_href: str
    works: bool = True


def head(detail: CaseDetail, card: Card, *, now: datetime) -> Head:
    """The lines above the chips."""
    first = next(iter(detail.captures), None)
    at = min(first.captured_at, first.received_at) if first else detail.row.opened_at
    by = first.captured_by if first else None
    return Head(
        card=card,
        title=own_texts.title(detail.row.title) or _("No text"),
        lang=detail.row.lang,
        captured=dates.moment(at, now=now),
        captured_by=by.name if by else "",
        duplicate_of=detail.duplicate_of,
        chance_waiting=detail.chance_waiting,
        hostile=detail.is_hostile,
    )


def chips(
    detail: CaseDetail,
    typed: Typed,
    card: Card,
    shown: tuple[PostShown, ...],
    calendar: Calendar,
    *,
    reader: Member,
    members: tuple[Member, ...],
    now: datetime,
) -> Chips:
    """The chips as one member sees them."""
    is_closed = detail.row.stage is Stage.CLOSED
    first = _first_due(detail)
    is_of_step = first is None or detail.step.is_dated_by(first.kind)
    names = [move.name for move in detail.moves if reader.works and move.name not in ELSEWHERE]
    still = is_closed or not reader.works
    return Chips(
        card=card,
        due=duty(first, now=now) if first else None,
        due_for="" if first is None or is_of_step else label(first.kind),
        ways=tuple((name, move_words.verb(name)) for name in names if name not in GRAVE),
        grave=tuple((name, move_words.verb(name)) for name in names if name in GRAVE),
        themes=case_themes_view.tags(detail.themes),
        location=location(detail, typed),
        tools=None
        if still
        else tools(detail, typed, reader=reader, members=members, calendar=calendar, now=now),
        link=link_form(typed),
        further=tuple(str(post.id) for post in shown[1:]),
        removal=removal(typed, reader=reader),
        story_href=_story_href(detail, reader),
        works=reader.works and not is_only_read(detail.row.outcome),
    )


def _story_href(detail: CaseDetail, reader: Member) -> str:
    """Where leads keep the story of a case that has come to an end."""
    row = detail.row
    is_theirs = reader.role.reaches(Role.LEAD) and may_be_told(row.stage, row.outcome)
    return f"/stories/{row.number}" if is_theirs else ""


def _first_due(detail: CaseDetail) -> FollowUpShown | None:
    """The follow-up whose date the case has, unless it sleeps."""
    found = (
        one
        for one in detail.follow_ups
        if one.state is FollowUpState.DUE
        and (one.kind, one.due_at) == (detail.row.due_kind, detail.row.due_at)
    )
    return next(found, None)
