"""Review of an incident: its timeline, what was learnt, and the actions it ends in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.vocabulary import ActionTarget, ReviewState, TaskState
from amends.services.desk import incidents
from amends.services.desk.incidents import Line, Subject, reviews
from amends.services.follow_up import playbooks
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import TemplateFilters
from amends.services.team import members
from amends.web import controls
from amends.web.insight import incidents_view as view
from amends.web.insight import review_changes_view
from amends.web.insight.incident_lines_view import EventLine, event_line
from amends.web.insight.labels import incidents as labels
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, submit_or_redisplay
from amends.web.security import Policy

MOST_REPLIES = 200
"""Prepared replies that an action can name."""
PAGE = "/incidents/{number:int}/review"


class UnknownTarget(Invalid):
    """Choose what the action changes."""


class ReviewForm(msgspec.Struct):
    """What was learnt, and which version of it was seen."""

    worked: str = ""
    failed: str = ""
    decisions: str = ""
    version: int = 0


class StateForm(msgspec.Struct):
    """How far the review has come."""

    state: ReviewState


class ActionForm(msgspec.Struct):
    """What changes, as "times" or "playbook:" with its id, who does it, and by when."""

    words: str = ""
    target: str = ActionTarget.PLAYBOOK.value
    owner: UUID | None = None
    due_at: datetime | None = None


class SettledForm(msgspec.Struct):
    """How an action ended."""

    state: TaskState = TaskState.DONE


class PinForm(msgspec.Struct):
    """Whether the review tells a line."""

    pinned: bool = False


async def _page(here: Here, *, number: int, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    detail = await incidents.detail(number, now=here.now)
    review = reviews.must_be_there(detail.review)
    page = view.incident_page(detail, incidents.CasePage((), None), reader=here.member, now=here.now)
    tone, word = labels.REVIEWS[ReviewState(review.state)]
    return await here.render(
        "incidents/review.html",
        page=page,
        review=review,
        state=(tone, _(word)),
        moves=view.review_moves(ReviewState(review.state)),
        everything="all" in here.query,
        lines=page.lines
        if "all" in here.query
        else _told(await incidents.told_lines(detail.incident.id), here),
        members=controls.members_to_choose(tuple(await members.everyone())),
        targets=await _targets(),
        changed=review_changes_view.differences(await incidents.changes(detail.incident.id)),
        typed=typed,
        status=typed.status,
    )


async def _targets() -> list[tuple[str, str]]:
    """What an action may change: each of the four, and single playbooks and replies, whose text is kept."""
    kinds = [(one.value, _(label)) for one, label in labels.TARGETS.items()]
    offered = [(ActionTarget.PLAYBOOK, one.id, one.name) for one in await playbooks.offered()]
    library = (await reply_templates.page(TemplateFilters(), limit=MOST_REPLIES)).rows
    offered += [(ActionTarget.REPLY, one.id, one.title) for one in library]
    return kinds + [
        (f"{target}:{about}", f"{_(labels.TARGETS[target])}{_(': ')}{name}")
        for target, about, name in offered
    ]


def _subject(typed: str) -> Subject:
    """What was chosen. Raises UnknownTarget."""
    target, _colon, about = typed.partition(":")
    try:
        return Subject(ActionTarget(target), UUID(about) if about else None)
    except ValueError:
        raise UnknownTarget(fields={"target": _("Choose one of these.")}) from None


def _told(lines: Sequence[Line], here: Here) -> tuple[EventLine, ...]:
    return tuple(event_line(one, now=here.now) for one in lines)


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """The review of one incident."""
    return await _page(here, number=number)


@post(PAGE, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "review")
async def write(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What worked, what did not, what was decided."""
    form = await here.form(ReviewForm)
    texts = {"worked": form.worked, "failed": form.failed, "decisions": form.decisions}
    await reviews.write(here.act, number, **texts, version=form.version)
    return _to(number)


@post(f"{PAGE}/state", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "state")
async def move(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """It is read, agreed to, closed, or written again."""
    await reviews.move(here.act, number, (await here.form(StateForm)).state)
    return _to(number)


@post(f"{PAGE}/actions", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "action")
async def add_action(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """What changes, who does it, and by when."""
    form = await here.form(ActionForm)
    await incidents.add_task(
        here.act, number, form.words, owner=form.owner, due_at=form.due_at, changes=_subject(form.target)
    )
    return _to(number)


@post(f"{PAGE}/actions/{{position:int}}", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "action")
async def settle_action(
    here: NamedDependency[Here], number: FromPath[int], position: FromPath[int]
) -> Response[Any]:
    """An action is done, or will not be."""
    await incidents.settle(here.act, number, position, (await here.form(SettledForm)).state)
    return _to(number)


@post(f"{PAGE}/lines/{{position:int}}", opt={"policy": Policy.SIGNED_IN})
@answered_once
async def pin(here: NamedDependency[Here], number: FromPath[int], position: FromPath[int]) -> Response[Any]:
    """A line of the timeline is told, or no longer."""
    await incidents.pin(here.act, number, position, pinned=(await here.form(PinForm)).pinned)
    return Redirect(f"/incidents/{number}/review?all=1&notice=saved#timeline", status_code=303)


def _to(number: int) -> Redirect:
    return Redirect(f"/incidents/{number}/review?notice=saved", status_code=303)


routes = (show, write, move, add_action, settle_action, pin)
