"""Request middleware: host, client address, session, language, headers, errors."""

import re
import secrets
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import cast

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from amends import logs
from amends.errors import AmendsError, NotFound
from amends.i18n import gettext as _
from amends.i18n import use_language
from amends.services.team import sessions as signed_in
from amends.web import cors, head_requests, problems, security_headers, sessions
from amends.web.dates import telling_time_in
from amends.web.requests import Site, Visit, cookie_of, preferred_language
from amends.web.upload_turns import UploadTurn

log = logs.logger(__name__)

IN_THE_FRAME = frozenset({"/api/docs"})
"""Pages among what programs ask, which know a member who is signed in."""
WITHOUT_SESSION = ("/static/", "/api/", "/calendar/", "/healthz", "/readyz", "/metrics")
"""Where nobody's cookie is looked at: these answer without the database, or by a token."""

PASSED_ON = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded")
"""What a reverse proxy adds to a request, and no browser does."""


HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{0,5}))?", re.ASCII)
LARGEST_PORT = 65_535
REPLACEMENT = b"%EF%BF%BD"
"""U+FFFD, percent-encoded."""


class HostIsMalformed(AmendsError):
    "The host name in the request could not be read."

    status = 400


class AddressIsMalformed(NotFound):
    "This address could not be read."


class NotThisHost(AmendsError):
    """This address belongs to another site."""

    status = 421


class RequestMiddleware:
    """Wraps the application: the host's name, the true address, the session, the language, the headers."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app, self.site = app, site
        self.same_headers = security_headers.same_for_all(site.settings)
        self.hosts = site.settings.allowed_hosts
        self.cookies = (sessions.cookie_name(site.settings), sessions.former_name(site.settings))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, always with a request id and every security header."""
        if scope["type"] != ScopeType.HTTP:
            return  # there are no web sockets: the server closes it
        method = scope["method"]
        http, receive, send = head_requests.as_get(scope, receive, send)
        visit = self._meet(http)
        scope["state"]["visit"] = visit
        answered: list[int] = []

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered.append(message["status"])
                message["headers"] = security_headers.secured(message, http, visit, self.same_headers)
            await send(message)

        turn = UploadTurn(self.site.uploads, http, receive)
        try:
            await self._answer(http, visit, turn.receive, sending)
        except Exception as error:
            log.exception("answering failed", request_id=visit.request_id)
            if answered:
                raise
            await problems.send_plainly(error, visit, sending)
        finally:
            turn.end()
        self._note(method, http, visit, answered)

    def _meet(self, scope: HTTPScope) -> Visit:
        headers = Headers.from_scope(scope)
        return Visit(
            request_id=secrets.token_hex(8),
            nonce=secrets.token_urlsafe(18),
            address=true_address(scope, headers, self.site.settings.trusted_proxies),
            untrusted_proxy=untrusted_proxy(scope, headers, self.site.settings.trusted_proxies),
            now=self.site.clock(),
            language=preferred_language(headers.get("accept-language", "")),
        )

    async def _answer(self, scope: HTTPScope, visit: Visit, receive: Receive, send: Send) -> None:
        try:
            check_host(Headers.from_scope(scope).getall("host", []), self.hosts)
            clean_address(scope)
            if scope["path"] in IN_THE_FRAME or not scope["path"].startswith(WITHOUT_SESSION):
                await self._recognise(scope, visit)
            early = cors.preflight(scope)
        except (AmendsError, OSError) as error:
            with use_language(visit.language):
                await problems.send(error, scope, receive, send)
            return
        if early is not None:
            await send(early)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        with use_language(visit.language), telling_time_in(visit.zone):
            await self.app(cast(Scope, scope), receive, send)

    async def _recognise(self, scope: HTTPScope, visit: Visit) -> None:
        for token in filter(None, (cookie_of(scope, name) for name in self.cookies)):
            member = await signed_in.member_of(token, now=visit.now)
            if member is not None:
                visit.member, visit.session_token = member, token
                visit.language, visit.zone = member.language, member.zone
                visit.csrf_token = sessions.csrf_token(token, self.site.settings)
                return

    def _note(self, method: str, scope: HTTPScope, visit: Visit, answered: list[int]) -> None:
        """One line per answer: the route's pattern and never the address, which may hold a secret."""
        actor = visit.holder.member if visit.holder else visit.member
        log.info(
            "request answered",
            request_id=visit.request_id,
            method=method,
            route=scope.get("path_template", ""),
            status=answered[0] if answered else 0,
            member=str(actor.id) if actor else "",
            seconds=round((self.site.clock() - visit.now).total_seconds(), 4),
        )


def clean_address(scope: HTTPScope) -> None:
    """Takes the character out of the query that PostgreSQL stores in no text, as in a form.

    Raises AddressIsMalformed where it stands in the path.
    """
    if "\x00" in scope["path"]:
        raise AddressIsMalformed
    if b"%00" in scope["query_string"]:
        scope["query_string"] = scope["query_string"].replace(b"%00", REPLACEMENT)


def check_host(named: list[str], allowed: Iterable[str]) -> None:
    """Answers under our own names only, whatever the port (R-17). Raises HostIsMalformed, NotThisHost."""
    name = _name_of(named[0]) if len(named) == 1 else None
    if name is None:
        raise HostIsMalformed(_("The Host header must name one host, and its port if there is one."))
    if name not in allowed:
        raise NotThisHost(
            _(
                "This server does not answer at this address. Set AMENDS_BASE_URL to the address that "
                "people use."
            )
        )


@lru_cache(maxsize=64)
def _name_of(host: str) -> str | None:
    """The name without its port; None where it is no host (RFC 9110, 7.2)."""
    parts = HOST.fullmatch(host)
    if parts is None or int(parts["port"] or 0) > LARGEST_PORT:
        return None
    return parts["name"].strip("[]").lower()


def true_address(scope: HTTPScope, headers: Headers, trusted: tuple[str, ...]) -> str:
    """The client's address; what a proxy says of it counts only when the proxy is one of ours (R-20)."""
    address = plain_address(peer_of(scope))
    if not _is_among(address, trusted):
        return address
    for hop in reversed(",".join(headers.getall("x-forwarded-for", [])).split(",")):
        if _parsed(hop.strip()):
            address = plain_address(hop.strip())
            if not _is_among(address, trusted):
                return address
    return address


def untrusted_proxy(scope: HTTPScope, headers: Headers, trusted: tuple[str, ...]) -> str:
    """The address of a proxy that passed this request on and is not one of ours; empty without one."""
    peer = plain_address(peer_of(scope))
    is_passed_on = any(name in headers for name in PASSED_ON)
    return peer if is_passed_on and not _is_among(peer, trusted) else ""


def peer_of(scope: HTTPScope) -> str:
    """Who opened the connection."""
    client = scope.get("client")
    return client[0] if client else ""


def plain_address(address: str) -> str:
    """An IPv4 address that a socket of both kinds writes as IPv6 (::ffff:10.0.0.2) as what it is."""
    parsed = _parsed(address)
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return str(mapped) if mapped else address


@lru_cache(maxsize=1024)
def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _is_among(address: str, networks: tuple[str, ...]) -> bool:
    parsed = _parsed(address)
    return parsed is not None and any(parsed in _network(network) for network in networks)


@lru_cache(maxsize=64)
def _network(text: str) -> IPv4Network | IPv6Network:
    return ip_network(text)
