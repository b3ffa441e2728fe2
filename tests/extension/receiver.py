"""What does the server look like to the extension? A small real one, on the loopback address."""

import base64
import hashlib
import json
import re
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import amends

CAPTURE = re.compile(r"^/api/v1/captures/([0-9a-f-]{36})$")
SCREENSHOT = re.compile(r"^/api/v1/captures/([0-9a-f-]{36})/screenshot(?:\?problem=(\w+))?$")
PLACE = re.compile(r"^/api/v1/places/([0-9a-f-]{36})/visits$")
CASE = re.compile(r"^/api/v1/cases/(\d+)/(reply|posted)$")
KEYS = {
    "platform",
    "id",
    "url",
    "kind",
    "author",
    "title",
    "text",
    "truncated",
    "translated",
    "translatedTo",
    "lang",
    "postedAt",
    "postedApprox",
    "timeApprox",
    "timeText",
    "dateText",
    "rating",
    "metrics",
    "context",
    "media",
    "quoted",
    "missing",
    "shortened",
    "capturedAt",
    "page",
    "note",
    "severity",
    "adapter",
    "revisit",
    "sameCaseAs",
}


@dataclass
class Receiver:
    """Keeps what arrived.

    `refuse` makes it answer every capture with a status and a sentence instead, `refused_posts` and `broken`
    do so for some posts, with a reason in the capture and without one. `strange` is what stands in the way
    of the server: a page, or a redirection. Without `readable` no extension may read its answers.
    While `held` no capture is answered.
    """

    token: str = "token-of-this-browser"
    code: str = "one-time-code"
    captures: dict[str, dict[str, Any]] = field(default_factory=dict)
    screenshots: dict[str, bytes] = field(default_factory=dict)
    digests: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    problems: dict[str, str | None] = field(default_factory=dict)
    copies: list[dict[str, Any]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    refused_posts: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)
    refuse: tuple[int, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    overdue: int = 0
    ahead: float = 0
    strange: int | str = ""
    readable: bool = True
    held: bool = False
    version: str = amends.__version__
    posts: list[dict[str, Any]] = field(default_factory=list)
    posts_then: list[dict[str, Any]] = field(default_factory=list)
    own_accounts: list[dict[str, str]] = field(default_factory=list)
    places: list[dict[str, str]] = field(default_factory=list)
    visited: list[str] = field(default_factory=list)
    prepared: list[dict[str, Any]] = field(default_factory=list)
    change: list[str] = field(default_factory=list)
    posted: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    tags: list[str | None] = field(default_factory=list)
    list_tags: list[str | None] = field(default_factory=list)
    port: int = 0
    page: str = ""
    arrived: threading.Condition = field(default_factory=threading.Condition)
    server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        receiver = self

        class Handler(_Handler):
            subject = receiver

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def wait_for(self, what: Any, seconds: float = 10) -> None:
        """Wait until `what()` is true, looking again whenever something has arrived."""
        with self.arrived:
            assert self.arrived.wait_for(what, timeout=seconds), f"not within {seconds} s: {self.asked[-5:]}"

    def release(self) -> None:
        """Answer what was held."""
        with self.arrived:
            self.held = False
            self.arrived.notify_all()

    def numbers(self) -> dict[tuple[str, str | None], int]:
        """Case numbers by post, its address and its id: the same post is the same case."""
        posts = list(dict.fromkeys((each["url"], each.get("id")) for each in self.captures.values()))
        return {post: 142 + at for at, post in enumerate(posts)}


class _Handler(BaseHTTPRequestHandler):
    subject: Receiver

    def log_message(self, *_: Any) -> None:
        """Silence: the test says what matters."""

    def answer(self, status: int, body: Any = None, kind: str = "application/json", **headers: str) -> None:
        written = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        content = written.encode()
        self.send_response(status)
        origin = self.headers.get("Origin", "")
        if origin.startswith(("chrome-extension://", "moz-extension://")) and self.subject.readable:
            self.send_header("Access-Control-Allow-Origin", origin)
            self.send_header("Access-Control-Expose-Headers", "Retry-After, ETag, Amends-Version")
            self.send_header("Access-Control-Allow-Methods", "GET, PUT, POST, DELETE")
            allowed = "authorization, content-type, if-none-match, content-digest, amends-redacted"
            self.send_header("Access-Control-Allow-Headers", allowed)
        if self.path.startswith("/api/v1/") and not self.subject.strange:
            self.send_header("Amends-Version", self.subject.version)
        for name, value in {**self.subject.headers, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(ConnectionError):  # who asked may be gone
            self.wfile.write(content)

    def problem(self, status: int, detail: str, **more: Any) -> None:
        body = {"type": "about:blank", "title": "Problem", "status": status, "detail": detail, **more}
        self.answer(status, body, "application/problem+json")

    def handle_one(self) -> None:
        subject = self.subject
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with subject.arrived:
            subject.asked.append((self.command, self.path))
            subject.arrived.notify_all()
            if subject.held and self.command == "PUT" and CAPTURE.match(self.path):
                subject.arrived.wait_for(lambda: not subject.held, timeout=60)
            self.route(body)
            subject.arrived.notify_all()

    do_GET = do_PUT = do_POST = do_DELETE = do_OPTIONS = handle_one

    def route(self, body: bytes) -> None:
        if self.command == "OPTIONS":
            return self.answer(204)
        if self.path == "/pair":
            return self.answer(200, self.subject.page, "text/html; charset=utf-8")
        if (self.command, self.path) == ("POST", "/api/v1/browsers"):
            return self.pair(json.loads(body))
        if self.path == "/api/v1/hello":
            return self.hello()
        if "Authorization" not in self.headers:
            return self.problem(401, "No token.", type="urn:amends:problem:token-is-missing")
        if self.headers["Authorization"] != f"Bearer {self.subject.token}":
            return self.problem(401, "This browser is no longer paired.")
        return self.route_paired(body)

    def route_paired(self, body: bytes) -> None:
        if (self.command, self.path) == ("DELETE", "/api/v1/browsers/current"):
            return self.answer(204)
        lists = {"summary": self.summary, "posts": self.posts, "places": self.places}
        if wanted := lists.get(self.path.removeprefix("/api/v1/")):
            return wanted()
        if self.subject.refuse:
            return self.problem(*self.subject.refuse)
        return self.route_things(body)

    def route_things(self, body: bytes) -> None:
        if found := PLACE.match(self.path):
            return self.visit(found[1], body)
        if found := CASE.match(self.path):
            return self.case(int(found[1]), found[2], body)
        if found := CAPTURE.match(self.path):
            return self.capture(found[1], json.loads(body)) if body else self.take_back(found[1])
        if (found := SCREENSHOT.match(self.path)) and found[1] in self.subject.captures:
            self.subject.problems[found[1]] = found[2]
            if not body and found[2]:
                return self.answer(200, {"sha256": ""})
            return self.screenshot(found[1], body)
        return self.problem(404, "Nothing is here.")

    def take_back(self, capture_id: str) -> None:
        if self.subject.captures.pop(capture_id, None) is None:
            return self.problem(404, "There is no such capture.", type="urn:amends:problem:capture-unknown")
        return self.answer(204)

    def pair(self, body: dict[str, str]) -> None:
        if body["code"] != self.subject.code:
            return self.problem(422, "This code was used or is too old. Reload the page.")
        member = {"name": "Noor Ametz", "email": "noor@example.com"}
        paired = {"token": self.subject.token, "member": member, "team": "Care", "server": self.subject.url}
        return self.answer(201, paired)

    def hello(self) -> None:
        if isinstance(self.subject.strange, int):
            return self.answer(self.subject.strange, Location="/sign-in")
        if self.subject.strange:
            return self.answer(200, self.subject.strange, "text/html")
        now = datetime.now(UTC) + timedelta(seconds=self.subject.ahead)
        body = {"name": "Amends", "version": self.subject.version, "now": now.isoformat(), "setUp": True}
        return self.answer(200, body)

    def summary(self) -> None:
        tag = f'"{self.subject.overdue}"'
        self.subject.tags.append(self.headers.get("If-None-Match"))
        self.tagged({"overdue": self.subject.overdue, "due": 1, "url": self.subject.url}, tag)

    def posts(self) -> None:
        self.subject.list_tags.append(self.headers.get("If-None-Match"))
        body = {"posts": self.subject.posts, "language": "en", "ownAccounts": self.subject.own_accounts}
        self.tagged(body, f'"{hashlib.sha256(json.dumps(body).encode()).hexdigest()[:16]}"')

    def places(self) -> None:
        body = {"places": [one for one in self.subject.places if one["id"] not in self.subject.visited]}
        self.tagged(body, f'"{hashlib.sha256(json.dumps(body).encode()).hexdigest()[:16]}"')

    def visit(self, place: str, body: bytes) -> None:
        assert body == b""
        self.subject.visited.append(place)
        return self.answer(200, {"counted": True})

    def tagged(self, body: dict[str, Any], tag: str) -> None:
        """The body, or 304 where the browser has it already."""
        known = self.headers.get("If-None-Match") == tag
        self.answer(
            304 if known else 200, None if known else body, ETag=tag, Cache_Control="private, no-cache"
        )

    def case(self, number: int, part: str, body: bytes) -> None:
        """The replies that lie prepared on a case; or it is told that one was posted."""
        case = {
            "number": number,
            "url": f"{self.subject.url}/cases/{number}",
            "stage": "contact",
            "owner": None,
        }
        if part == "posted":
            self.subject.posted.append((number, json.loads(body)))
            return self.answer(200, {"case": case})
        return self.answer(200, {**case, "publicReplies": 1, "budget": 2, "prepared": self.subject.prepared})

    def screenshot(self, name: str, body: bytes) -> None:
        digest = self.headers.get("Content-Digest")
        sha256 = base64.b64encode(hashlib.sha256(body).digest()).decode()
        if digest not in (None, f"sha-256=:{sha256}:"):
            return self.problem(422, "The picture was changed on its way. Send it again.")
        self.subject.digests[name] = digest, self.headers.get("Amends-Redacted")
        self.subject.screenshots[name] = body
        return self.answer(200, {"sha256": hashlib.sha256(body).hexdigest()})

    def capture(self, name: str, body: dict[str, Any]) -> None:
        assert set(body) <= KEYS, set(body) - KEYS
        if "revisit" in body:
            return self.second_look(name, body)
        if body["url"] in self.subject.broken:
            return self.problem(500, "Something went wrong on our side.")
        if body["url"] in self.subject.refused_posts:
            return self.problem(422, "Something is wrong in it.", fields={"text": "Too long."})
        post = (body["url"], body.get("id"))
        known = post in self.subject.numbers()
        self.subject.captures[name] = body
        self.subject.posts = self.subject.posts_then or self.subject.posts
        number = self.subject.numbers()[post]
        case = {"number": number, "url": f"{self.subject.url}/cases/{number}", "stage": "new", "owner": None}
        return self.answer(
            200 if known else 201, {"case": case, "existing": known, "copies": self.subject.copies}
        )

    def second_look(self, name: str, body: dict[str, Any]) -> None:
        self.subject.captures[name] = body
        number = body["revisit"]["caseNumber"]
        case = {
            "number": number,
            "url": f"{self.subject.url}/cases/{number}",
            "stage": "resolved",
            "owner": None,
        }
        self.answer(200, {"case": case, "existing": True, "change": self.subject.change})
