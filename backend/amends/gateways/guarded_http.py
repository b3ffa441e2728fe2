"""Requests from a child process that reaches no private address: its guard, its connections, its limits.

Every connection is judged by the guard of the notifier, when it is opened and by its number, so that names,
redirects and odd spellings make no difference.
"""

import contextlib
import http.client
import ipaddress
import json
import socket
import ssl
import sys
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

import certifi

from amends.gateways.bounded_child import limit_resources
from amends.gateways.notifier import allowlist, guard

ROOM = 512 * 1024 * 1024
"""Bytes of address space."""
SENT_AS_IT_IS = "".join(map(chr, range(33, 127)))
"""Printable ASCII; any other character of an address is sent as browsers do, by its bytes in percent."""


Outcome = Callable[[dict[str, Any], ssl.SSLContext, list[str]], dict[str, Any]]
"""What becomes of a job, with what TLS needs and the list of what was refused."""


def enter(allowed: Sequence[str], *, seconds: int) -> tuple[ssl.SSLContext, list[str]]:
    """From here on the process is limited and guarded: for TLS, and a list that grows by what is refused.

    `seconds` are of processor time. Everything that is imported later may be refused.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    entries = [allowlist.parse_entry(one) for one in allowed]
    _import_late_ones()
    limit_resources(seconds=seconds, room=ROOM, files=64)
    refusals: list[str] = []
    guard.install(refusals, may_connect=lambda host, port: _may(host, port, entries))
    return context, refusals


def do_one(outcome: Outcome, allowed: Sequence[str], *, seconds: int) -> None:
    """All of a child that does one job: it comes by standard input, its outcome goes back, both as JSON."""
    job = json.loads(sys.stdin.buffer.read())
    context, refusals = enter(allowed, seconds=seconds)
    sys.stdout.write(json.dumps(outcome(job, context, refusals)))
    sys.stdout.flush()


def judge_literal(host: str, port: int) -> None:
    """Asks the guard about an address in numbers before there is a socket. Raises PermissionError.

    Where a machine has no IPv6, a socket for it cannot be made, and a private address would be called
    unreachable instead of refused. A name is judged by what it leads to, when it is connected.
    """
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return
    sys.audit("socket.connect", None, (host, port))


def connection(address: str, context: ssl.SSLContext, *, patience: int) -> http.client.HTTPConnection:
    """To the server of a web address, which has `patience` seconds to say something.

    Raises ValueError, and PermissionError for a private address in numbers.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError("no web address")
    is_secure = parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)  # without one the library reads `::1111` as a port
    judge_literal(parts.hostname, port)
    if is_secure:
        return http.client.HTTPSConnection(parts.hostname, port, timeout=patience, context=context)
    return http.client.HTTPConnection(parts.hostname, port, timeout=patience)


def path_of(address: str) -> str:
    """What is asked of that server; letters with accents and others beyond ASCII in percent."""
    parts = urlsplit(address)
    path = parts.path or "/"
    return quote(f"{path}?{parts.query}" if parts.query else path, safe=SENT_AS_IT_IS)


def _import_late_ones() -> None:
    """What the standard library imports at its first use, which the guard could refuse later."""
    "a.example".encode("idna")
    with contextlib.suppress(OSError):
        socket.getaddrinfo("localhost", 80)


def _may(host: object, port: object, allowed: list[allowlist.Entry]) -> bool:
    return allowlist.may_connect(host, port, allowed=allowed, is_public=_is_public, resolve=_resolve)


def _is_public(address: str) -> bool:
    return ipaddress.ip_address(address).is_global


def _resolve(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
