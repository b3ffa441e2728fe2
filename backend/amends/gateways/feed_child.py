"""Main program of the child process that fetches one feed of strangers and reads it.

Started by `feeds.py` as an isolated interpreter with an empty environment. Every connection, redirects too,
is judged by the guard of `guarded_http.py`. One job comes by standard
input, one answer goes back, both as JSON.
"""

import http.client
import json
import re
import ssl
import sys
import time
import zlib
from dataclasses import asdict
from typing import Any
from urllib.parse import quote, urljoin

from amends.gateways import guarded_http
from amends.rules.capture.feed_documents import NotAFeed, read_feed

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
    job = json.loads(sys.stdin.buffer.read())
    context, refusals = guarded_http.enter(allowed, seconds=SECONDS)
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


def _fetch(job: dict[str, Any], context: ssl.SSLContext) -> dict[str, Any]:
    """Follows redirects by itself: each is a new connection, and judged anew."""
    address, end = job["address"], time.monotonic() + SECONDS
    for _redirect in range(MOST_REDIRECTS + 1):
        connection = guarded_http.connection(address, context, patience=job["patience"])
        connection.request("GET", guarded_http.path_of(address), headers=_headers(job))
        response = connection.getresponse()
        if response.status in MOVED:
            address = urljoin(address, _ascii(response.headers.get("location", "")))
            connection.close()
            continue
        return _answer(response, address, end)
    raise Failed("redirects")


def _ascii(location: str) -> str:
    """A header as an address: its bytes beyond ASCII, which http.client reads as Latin-1, in percent."""
    return quote(location, safe=guarded_http.SENT_AS_IT_IS, encoding="latin-1", errors="replace")


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
