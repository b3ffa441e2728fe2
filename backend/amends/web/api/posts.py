"""API: known posts, by which a browser marks those that are cases."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, Router, get
from litestar.di import NamedDependency

from amends.rules.team.reply_rules import OwnAccount
from amends.rules.vocabulary import Language, Stage
from amends.services.capture import known_posts
from amends.services.capture.known_posts import MarkedPost
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from amends.settings import Settings
from amends.web.api.cases import address_of
from amends.web.api.etags import tagged
from amends.web.requests import site, visit
from amends.web.security import Policy


class PostSent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A post with its case; `keys` are its id with its platform and its folded address; `owner` is a name.

    `reader` reads the draft until `read_until`, while it waits for that; null where any lead does.
    """

    keys: tuple[str, ...]
    number: int
    url: str
    stage: Stage
    owner: str | None
    mine: bool
    opened_at: datetime
    public_replies: int
    budget: int
    next: str | None
    reader: str | None
    read_until: datetime | None
    revisit: bool
    prepared: bool


class PostsSent(msgspec.Struct, frozen=True, rename="camel"):
    """The posts that are cases, the language of whoever asks, and the team's own accounts."""

    posts: list[PostSent]
    language: Language
    own_accounts: tuple[OwnAccount, ...]


@get("/", operation_id="listKnownPosts", opt={"policy": Policy.TOKEN_READ})
async def index(
    request: Request[Any, Any, Any],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    settings: NamedDependency[Settings],
) -> Response[PostsSent | None]:
    """The posts of open cases and of those closed in the last 90 days; 304 when the browser has them."""
    holder = visit(request).holder
    assert holder is not None  # the policy asks for a token
    site(request).lists.take(str(holder.browser_id), now=now)
    found = await known_posts.posts(Act(member, now))
    own = (await reply_rules.current()).own_accounts
    return tagged(request, PostsSent([_sent(post, settings) for post in found], member.language, own))


def _sent(post: MarkedPost, settings: Settings) -> PostSent:
    return PostSent(url=address_of(post.number, settings), **msgspec.structs.asdict(post))


router = Router("/posts", route_handlers=[index], tags=["posts"])
