"""Context of a request: site, visit and member."""

import asyncio
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import FormMultiDict, Headers
from litestar.enums import RequestEncodingType
from litestar.exceptions import InternalServerException
from litestar.types import HTTPScope

from amends.clock import Clock
from amends.errors import AmendsError
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.mail_reader import MailReader, SandboxedMailReader
from amends.gateways.mail_sender import MailSender, SandboxedMailSender
from amends.gateways.mailboxes import MailboxReader, SandboxedMailboxReader
from amends.gateways.notifier import Notifier
from amends.gateways.secrets import Secrets
from amends.rules.vocabulary import Language
from amends.services.team.browsers import Holder
from amends.services.team.members import Member
from amends.services.team.throttle import network_of
from amends.settings import Settings
from amends.web.page_frame import Frame
from amends.web.rate_limits import Buckets, Left
from amends.web.upload_turns import AT_A_TIME

OWN_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")
LONGEST_ADDRESS = 16_000
"""Letters of an address; what a phone shares stands in it."""
FORMS = (RequestEncodingType.URL_ENCODED, RequestEncodingType.MULTI_PART)

Connection = ASGIConnection[Any, Any, Any, Any]


class BodyUnreadable(AmendsError):
    "The request could not be read: it must be UTF-8, without deep nesting."

    status = 400


class BodyIncomplete(AmendsError):
    """The connection ended before everything had arrived; nothing was saved."""

    status = 400


class SiteRequest(Request[Any, Any, Any]):
    """A request whose body, when it cannot be read, is refused as such.

    Text that is none raises BodyUnreadable, a client that goes before it has sent all BodyIncomplete.
    """

    _unreadable: Exception | None = None

    async def stream(self) -> AsyncGenerator[bytes, None]:
        """The body as it arrives. Somebody who leaves a page in the middle of a form is no fault of ours."""
        try:
            async for part in super().stream():
                yield part
        except InternalServerException as gone:  # the one that the framework raises here
            raise BodyIncomplete from gone

    async def form(self) -> FormMultiDict:
        """The fields of a form; of an unknown charset, or in broken UTF-8, they are no text.

        Refused once, refused again: a body comes once, and whoever waits for it anew waits for ever.
        """
        if self._unreadable:
            raise BodyUnreadable from self._unreadable
        try:
            return await super().form()
        except (LookupError, UnicodeError) as error:
            self._unreadable = error
            raise BodyUnreadable from error

    async def json(self) -> Any:  # noqa: ANN401 - whatever was sent
        """The value of a JSON body."""
        try:
            return await super().json()
        except (RecursionError, UnicodeError) as error:
            raise BodyUnreadable from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all requests share: the settings, the clock, what reaches out, the counters of this process."""

    settings: Settings
    clock: Clock
    files: EvidenceFiles
    secrets: Secrets
    notifier: Notifier  # reads addresses here; the worker has its own, which sends
    mailbox_reader: MailboxReader = field(default_factory=SandboxedMailboxReader)
    mail_sender: MailSender = field(default_factory=SandboxedMailSender)
    mail_reader: MailReader = field(default_factory=SandboxedMailReader)
    captures: Buckets = field(default_factory=lambda: Buckets(per_minute=3000, burst=3000))
    replies: Buckets = field(default_factory=lambda: Buckets(per_minute=120, burst=120))
    programs: Buckets = field(default_factory=lambda: Buckets(per_minute=600, burst=600))
    lists: Buckets = field(default_factory=lambda: Buckets(per_minute=30, burst=30))
    greetings: Buckets = field(default_factory=lambda: Buckets(per_minute=60, burst=60))
    passkeys: Buckets = field(default_factory=lambda: Buckets(per_minute=60, burst=60))
    acts: Buckets = field(default_factory=lambda: Buckets(per_minute=30, burst=30))
    customers: Buckets = field(default_factory=lambda: Buckets(per_minute=30, burst=30))
    feeds: Buckets = field(default_factory=lambda: Buckets(per_minute=30, burst=30))
    ends: asyncio.Event = field(default_factory=asyncio.Event)  # open streams end with the server
    uploads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_A_TIME))
    pairings: Buckets = field(default_factory=lambda: Buckets(per_minute=10, burst=10))


@dataclass(slots=True, kw_only=True)
class Visit:
    """One request: its id and nonce, its true address, its instant, and whose it is, if anybody's."""

    request_id: str
    nonce: str
    address: str
    now: datetime
    language: Language
    untrusted_proxy: str = ""
    zone: str = "UTC"
    session_token: str = ""
    csrf_token: str = ""
    member: Member | None = None
    holder: Holder | None = None
    left: Left | None = None  # what its token may still ask
    frame: Frame | None = None
    form_page: str = ""  # of a form that was sent: the page that it stood on

    @property
    def network(self) -> str:
        """What limits count: the address, of IPv6 the /64 that one customer of a provider has."""
        return network_of(self.address)


def site(connection: Connection) -> Site:
    """What all requests share."""
    shared: Site = connection.app.state.site
    return shared


def visit(connection: Connection) -> Visit:
    """What is known of this request."""
    known: Visit = connection.scope["state"]["visit"]
    return known


def address_parts(address: str) -> SplitResult:
    """The parts of an address that somebody sent; none, when it cannot be taken apart."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def is_own_path(address: str) -> bool:
    """Whether an address leads to a page of this site, whatever host answers (R-18)."""
    return len(address) <= LONGEST_ADDRESS and OWN_PATH.fullmatch(address) is not None


def page_here(request: Request[Any, Any, Any]) -> str:
    """The address of the page that is shown: of a form or a part of a page, of the one that they stand on.

    Without the sentence that it says about what was done.
    """
    is_part = request.headers.get("hx-request") == "true"
    if request.method not in ("GET", "HEAD") and visit(request).form_page:
        return visit(request).form_page
    asked = f"{quote(request.scope['path'])}?{request.scope['query_string'].decode('latin-1')}"
    parts = address_parts(request.headers.get("hx-current-url", "") if is_part else asked)
    query = urlencode([pair for pair in parse_qsl(parts.query) if pair[0] != "notice"])
    page = parts.path + (f"?{query}" if query else "")
    return page if is_own_path(page) else "/"


async def read_form_page(connection: Connection) -> None:
    """Keeps the page that a form says it stands on, where that is a page of ours."""
    if not isinstance(connection, Request) or connection.content_type[0] not in FORMS:
        return
    page = str((await connection.form()).get("page", ""))
    visit(connection).form_page = page if is_own_path(page) else ""


def program(connection: Connection) -> str:
    """What the browser calls itself, in one short line."""
    return "".join(letter for letter in connection.headers.get("user-agent", "") if letter.isprintable())[
        :200
    ]


def cookie_of(scope: HTTPScope, name: str) -> str:
    """The value of one cookie; the first, should somebody have planted another."""
    for line in Headers.from_scope(scope).getall("cookie", []):
        for part in line.split(";"):
            key, _equals, value = part.strip().partition("=")
            if key == name:
                return str(value)
    return ""


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
