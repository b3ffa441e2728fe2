"""How does a test visit the site: as anybody, as a member of some role, or as a paired browser?"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
from litestar import Litestar
from litestar.types import ASGIApp, Message, Receive, Send
from litestar.types import Scope as Connecting

from amends.rules.team.scopes import Scope
from amends.services.team import browsers, codes, sessions, tokens
from amends.services.team.members import Act, Member
from amends.settings import Settings
from amends.web.sessions import cookie_name, csrf_token
from tests.waiting import PATIENCE
from tests.world import MONDAY, make_member

FROM_OUR_PAGE = {"sec-fetch-site": "same-origin"}


@dataclass
class MovableClock:
    """A clock that stands still until a test moves it."""

    at: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by


class Listener:
    """Passes requests on to the application, and hears what it sends; httpx tells only once all was sent."""

    def __init__(self, app: Litestar) -> None:
        self.app = app
        self.heard = ""
        self._changed = asyncio.Condition()

    async def __call__(self, scope: Connecting, receive: Receive, send: Send) -> None:
        async def noting(message: Message) -> None:
            await send(message)
            async with self._changed:
                self.heard += message.get("body", b"").decode()  # type: ignore[attr-defined]
                self._changed.notify_all()

        await self.app(scope, receive, noting)

    async def hears(self, wanted: Callable[[str], bool]) -> None:
        """Returns once what was sent is as wanted."""
        async with self._changed, asyncio.timeout(PATIENCE):
            await self._changed.wait_for(lambda: wanted(self.heard))


class Visitor(httpx.AsyncClient):
    """A browser: keeps its cookies, and sends forms as our pages do."""

    def __init__(self, app: ASGIApp, settings: Settings, **options: Any) -> None:
        address = options.pop("address", "127.0.0.1")
        transport = httpx.ASGITransport(app, client=(address, 50000))
        super().__init__(transport=transport, base_url=settings.base_url, **options)
        self.settings = settings

    @property
    def session_token(self) -> str:
        return self.cookies.get(cookie_name(self.settings), "")

    async def send_form(self, path: str, **fields: Any) -> httpx.Response:
        """Posts a form of ours, with the token that our pages put into it."""
        form = {"csrf": csrf_token(self.session_token, self.settings), **fields}
        return await self.post(path, data=form, headers=FROM_OUR_PAGE)


@dataclass
class Site:
    """The application on one database, and a clock that the test moves."""

    app: Litestar
    settings: Settings
    clock: MovableClock
    visitors: list[Visitor] = field(default_factory=list)

    def visitor(self, **options: Any) -> Visitor:
        """Somebody who is not signed in."""
        self.visitors.append(Visitor(self.app, self.settings, **options))
        return self.visitors[-1]

    async def signed_in(self, role: str = "agent", *, name: str = "", language: str = "en") -> Visitor:
        """A new member of this role with a session."""
        return await self.visit_as(await make_member(name or f"some-{role}", role=role, language=language))

    async def visit_as(self, member: Member) -> Visitor:
        """This member, with a session."""
        begun = await sessions.begin_for(member, address="127.0.0.1", program="test", now=self.clock())
        visitor = self.visitor()
        visitor.cookies.set(cookie_name(self.settings), begun.token)
        return visitor

    def same(self, visitor: Visitor, listener: Listener) -> Visitor:
        """Another page of the visitor's, to which somebody listens."""
        self.visitors.append(Visitor(listener, self.settings, cookies=visitor.cookies))
        return self.visitors[-1]

    async def paired(self, member: Member) -> Visitor:
        """A browser of this member's, as its extension asks."""
        code = await codes.make("pair", member.id, now=self.clock())
        found = await browsers.pair(code, name="Test browser", now=self.clock())
        return self.visitor(headers={"authorization": f"Bearer {found.token}"})

    async def program(self, member: Member, *scopes: Scope) -> Visitor:
        """A program of this member's, with these scopes or all that they may give."""
        chosen = scopes or tokens.offered(member)
        act = Act(member, self.clock())
        token = await tokens.make(act, name="Test program", scopes=chosen, days=30)
        return self.visitor(headers={"authorization": f"Bearer {token}"})

    async def close(self) -> None:
        await asyncio.gather(*(visitor.aclose() for visitor in self.visitors))
