"""Context of a request: site, visit and member."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import FormMultiDict

from amends.clock import Clock
from amends.errors import AmendsError
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.secrets import Secrets
from amends.rules.vocabulary import Language
from amends.services.team.browsers import Holder
from amends.services.team.members import Member
from amends.settings import Settings
from amends.web.page_frame import Frame
from amends.web.rate_limits import Buckets

Connection = ASGIConnection[Any, Any, Any, Any]


class BodyUnreadable(AmendsError):
    """What was sent could not be read: it must be UTF-8, and not nested deeply."""

    status = 400


class SiteRequest(Request[Any, Any, Any]):
    """A request whose body, when it cannot be read, is refused as such. Both raise BodyUnreadable."""

    async def form(self) -> FormMultiDict:
        """The fields of a form; of an unknown charset, or in broken UTF-8, they are no text."""
        try:
            return await super().form()
        except (LookupError, UnicodeError) as error:
            raise BodyUnreadable from error

    async def json(self) -> Any:  # noqa: ANN401 - whatever was sent
        """The value of a JSON body."""
        try:
            return await super().json()
        except (RecursionError, UnicodeError) as error:
            raise BodyUnreadable from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all requests share: the settings, the clock, files and secrets, the counters of this process."""

    settings: Settings
    clock: Clock
    files: EvidenceFiles
    secrets: Secrets
    captures: Buckets = field(default_factory=lambda: Buckets(per_minute=3000, burst=3000))
    replies: Buckets = field(default_factory=lambda: Buckets(per_minute=120, burst=120))
    lists: Buckets = field(default_factory=lambda: Buckets(per_minute=30, burst=30))
    greetings: Buckets = field(default_factory=lambda: Buckets(per_minute=60, burst=60))
    acts: Buckets = field(default_factory=lambda: Buckets(per_minute=30, burst=30))
    customers: Buckets = field(default_factory=lambda: Buckets(per_minute=30, burst=30))
    feeds: Buckets = field(default_factory=lambda: Buckets(per_minute=30, burst=30))
    ends: asyncio.Event = field(default_factory=asyncio.Event)  # open streams end with the server
    pairings: Buckets = field(default_factory=lambda: Buckets(per_minute=10, burst=10))


@dataclass(slots=True, kw_only=True)
class Visit:
    """One request: its id and nonce, its true address, its instant, and whose it is, if anybody's."""

    request_id: str
    nonce: str
    address: str
    now: datetime
    language: Language
    zone: str = "UTC"
    session_token: str = ""
    csrf_token: str = ""
    member: Member | None = None
    holder: Holder | None = None
    frame: Frame | None = None


def site(connection: Connection) -> Site:
    """What all requests share."""
    shared: Site = connection.app.state.site
    return shared


def visit(connection: Connection) -> Visit:
    """What is known of this request."""
    known: Visit = connection.scope["state"]["visit"]
    return known


def program(connection: Connection) -> str:
    """What the browser calls itself, in one short line."""
    return "".join(letter for letter in connection.headers.get("user-agent", "") if letter.isprintable())[
        :200
    ]


@lru_cache(maxsize=64)
def preferred_language(accepted: str) -> Language:
    """The language of ours that comes first in an Accept-Language header; English when none does."""
    wishes = []
    for order, part in enumerate(accepted.split(",")[:20]):
        tag, _, quality = part.partition(";q=")
        wishes.append((-_number(quality), order, tag.strip()[:2].lower()))
    for weight, _order, tag in sorted(wishes):
        if tag in tuple(Language) and weight < 0:
            return Language(tag)
    return Language.ENGLISH


def _number(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0
