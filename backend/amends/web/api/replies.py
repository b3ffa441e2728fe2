"""API: reply variants at the post, and marking a reply as posted."""

from datetime import datetime

import msgspec
from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from amends.rules.vocabulary import Stage
from amends.services.team.members import Act, Member
from amends.services.workflow import replies
from amends.services.workflow.replies import PreparedReply
from amends.settings import Settings
from amends.web.api.captures import CaseFound
from amends.web.api.cases import address_of, sent
from amends.web.api.idempotency import answered_once
from amends.web.api.kit import Asked
from amends.web.security import Policy


class ReplySent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A case, how often it was answered in public and may be, and the texts that may be posted."""

    number: int
    url: str
    stage: Stage
    owner: str | None
    public_replies: int
    budget: int
    next: str | None
    prepared: list[PreparedReply]


class ReplyPosted(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Where the reply stands and what it says; `seen` when the browser saw it, and no member says so."""

    reply_url: str
    text: str | None = None
    seen: bool = False


@get("/{number:int}/reply", operation_id="getReply", opt={"policy": Policy.TOKEN_REPLY})
async def show(
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    settings: NamedDependency[Settings],
) -> ReplySent:
    """What may be posted under the post now: a draft that nothing holds, or the last word of a thread."""
    reply = await replies.prepared(Act(member, now), number, links_at=settings.base_url)
    return ReplySent(
        number=number,
        url=address_of(number, settings),
        stage=reply.case.stage,
        owner=reply.case.owner,
        public_replies=reply.public_replies,
        budget=reply.budget,
        next=reply.step.named,
        prepared=reply.prepared,
    )


@post("/{number:int}/posted", operation_id="markPosted", status_code=200, opt={"policy": Policy.TOKEN_REPLY})
@answered_once
async def posted(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[ReplyPosted]
) -> CaseFound:
    """Marks a public reply as posted: by the move of the case's stage, or as a touchpoint.

    One of the team's own accounts that was `seen` below the post moves nothing.
    """
    write = replies.seen if data.seen else replies.posted
    case = await write(asked.act, number, url=data.reply_url, text=data.text or "")
    return CaseFound(sent(case, asked.settings))


router = Router("/cases", route_handlers=[show, posted], tags=["replies"])
