"""Main program of the child process that fetches one feed of strangers and reads it.

Started by `feeds.py` as an isolated interpreter with an empty environment. Every connection is judged by the
guard of the notifier, when it is opened and by its number, so that names, redirects and odd spellings make no
difference. One job comes by standard input, one answer goes back, both as JSON.
"""

import contextlib
import http.client
import ipaddress
import json
import re
import socket
import ssl
import sys
import time
import zlib
from dataclasses import asdict
from typing import Any
from urllib.parse import urljoin, urlsplit

import certifi

from amends.gateways.bounded_child import limit_resources
from amends.gateways.notifier import allowlist, guard
from amends.rules.capture.feed_documents import NotAFeed, read_feed

ROOM = 512 * 1024 * 1024
"""Bytes of address space."""
SECONDS = 15
"""For all of one fetch: connections, redirects, body."""
MOST_BYTES = 2 * 1024 * 1024
"""Of a feed, after it is unpacked."""
MOST_REDIRECTS = 4
MOVED = (301, 302, 303, 307, 308)
BUSY = (429, 503)
PAUSE_ASKED = re.compile(r"[0-9]{1,9}")
AGENT = "Amends, feed reader"
ACCEPTED = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8"


class Failed(Exception):
    """The feed cannot be had; its argument is a word of our own."""


def main(*allowed: str) -> None:
    """Fetch the feed of standard input, within the limits."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    entries = [allowlist.parse_entry(one) for one in allowed]
    job = json.loads(sys.stdin.buffer.read())
    _import_late_ones()
    limit_resources(seconds=SECONDS, room=ROOM, files=64)
    refusals: list[str] = []
    guard.install(refusals, may_connect=lambda host, port: _may(host, port, entries))
    try:
        answer = _fetch(job, context)
    except Failed as failed:
        answer = {"outcome": failed.args[0]}
    except NotAFeed:
        answer = {"outcome": "not_a_feed"}
    except (OSError, http.client.HTTPException, ValueError, zlib.error):
        answer = {"outcome": "private" if refusals else "unreachable"}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()


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


def _fetch(job: dict[str, Any], context: ssl.SSLContext) -> dict[str, Any]:
    """Follows redirects by itself: each is a new connection, and judged anew."""
    address, end = job["address"], time.monotonic() + SECONDS
    for _redirect in range(MOST_REDIRECTS + 1):
        connection = _connection(address, context, job["patience"])
        connection.request("GET", _path(address), headers=_headers(job))
        response = connection.getresponse()
        if response.status in MOVED:
            address = urljoin(address, response.headers.get("location", ""))
            connection.close()
            continue
        return _answer(response, address, end)
    raise Failed("redirects")


def _connection(address: str, context: ssl.SSLContext, patience: int) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise Failed("unreachable")
    if parts.scheme == "https":
        return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=patience, context=context)
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=patience)


def _path(address: str) -> str:
    parts = urlsplit(address)
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


def _headers(job: dict[str, Any]) -> dict[str, str]:
    """Conditional where the last answer had a name or a time."""
    known = {"If-None-Match": job["etag"], "If-Modified-Since": job["modified"]}
    always = {"User-Agent": AGENT, "Accept": ACCEPTED, "Accept-Encoding": "gzip", "Connection": "close"}
    return always | {name: value for name, value in known.items() if value}


def _seconds(asked: str) -> int:
    """What a Retry-After asks for; 0, as without one, for what is no short number in plain digits."""
    return int(asked) if PAUSE_ASKED.fullmatch(asked) else 0


def _answer(response: http.client.HTTPResponse, address: str, end: float) -> dict[str, Any]:
    if response.status == 304:
        return {"outcome": "same"}
    if response.status == 410:
        raise Failed("gone")
    if response.status != 200:
        pause = response.headers.get("retry-after", "") if response.status in BUSY else ""
        return {"outcome": "status", "status": response.status, "pause": _seconds(pause)}
    document = read_feed(_body(response, end))
    return {
        "outcome": "items",
        "address": address,
        "title": document.title,
        "items": [asdict(one) for one in document.items],
        "etag": _sent_back(response.headers.get("etag", ""), 500),
        "modified": _sent_back(response.headers.get("last-modified", ""), 100),
    }


def _sent_back(value: str, longest: int) -> str:
    """A header that the next request repeats: whole and printable, or none; no database keeps a NUL."""
    return value if value.isascii() and value.isprintable() and len(value) <= longest else ""


def _body(response: http.client.HTTPResponse, end: float) -> bytes:
    """The unpacked body, read part by part, within bytes and time."""
    packed = response.headers.get("content-encoding", "").lower() in ("gzip", "x-gzip")
    unpack, body = zlib.decompressobj(31) if packed else None, b""
    while part := response.read1(65_536):
        if time.monotonic() > end:
            raise Failed("slow")
        body += unpack.decompress(part, MOST_BYTES + 1 - len(body)) if unpack else part
        if len(body) > MOST_BYTES:
            raise Failed("huge")
    return body
