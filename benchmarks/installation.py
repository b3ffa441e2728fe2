"""`python3 benchmarks load URL --token TOKEN --make-cases`: how much does a running installation take?

It captures, lists and searches by the API with several clients at once, and takes its cases back afterwards.
"""

import argparse
import asyncio
import itertools
import os
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

REFUSED = (
    "This makes cases in that installation, tells its webhooks and rules of them, and takes them back at the "
    "end; their numbers are then used up. Say --make-cases if that may be."
)
MARK = "load-test"
HEAD = f"{'':<8} {'answers':>8} {'a second':>9} {'p50 ms':>8} {'p99 ms':>8}  refused or failed"
WORDS = ("cake", "refund", "delivery", "never arrived", "load test")

Request = Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]


@dataclass(frozen=True)
class Load:
    """How many clients ask at once, and how many requests of each kind they make together.

    A token may capture 3,000 times a minute and ask 600 times a minute: more is refused, and counted so.
    """

    clients: int = 8
    captures: int = 400
    lists: int = 200
    searches: int = 200


@dataclass
class Measured:
    """How long each answer took, in seconds, and what was refused or failed, by status or error."""

    took: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def at(self, part: float) -> float:
        """The time below which so many of the answers lie, in milliseconds."""
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1_000 if ordered else float("nan")

    def line(self, name: str) -> str:
        """One line of the table."""
        failed = ", ".join(f"{count} × {why}" for why, count in self.failed.items()) or "none"
        rate = len(self.took) / self.seconds if self.seconds else 0.0
        return (
            f"{name:<8} {len(self.took):>8} {rate:>9.1f} {self.at(0.5):>8.1f} {self.at(0.99):>8.1f}  {failed}"
        )


class CannotLoad(Exception):
    """The installation does not take part; the message says what to do."""


def arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks load", description=__doc__)
    parser.add_argument("url", help="the address of the installation, such as https://amends.example.org")
    parser.add_argument(
        "--token",
        default=os.environ.get("AMENDS_TOKEN", ""),
        help="an API token with capture:write and cases:read; else AMENDS_TOKEN",
    )
    parser.add_argument("--make-cases", action="store_true", help="cases may be made, and taken back")
    parser.add_argument("--clients", type=int, default=Load.clients)
    parser.add_argument("--captures", type=int, default=Load.captures)
    parser.add_argument("--lists", type=int, default=Load.lists)
    parser.add_argument("--searches", type=int, default=Load.searches)
    return parser.parse_args(given)


def main(given: Sequence[str]) -> int:
    """2 where it was not allowed to make cases, 1 where it could not or something was refused."""
    said = arguments(given)
    if not said.make_cases or not said.token:
        print(
            REFUSED if not said.make_cases else "Give an API token: --token, or AMENDS_TOKEN.",
            file=sys.stderr,
        )
        return 2
    load = Load(said.clients, said.captures, said.lists, said.searches)

    async def run() -> bool:
        async with client(said.url, said.token, load) as asking:
            return await measure(asking, load)

    try:
        return 0 if asyncio.run(run()) else 1
    except CannotLoad as error:
        print(error, file=sys.stderr)
        return 1


def client(url: str, token: str, load: Load) -> httpx.AsyncClient:
    """With a kept connection for each of the clients."""
    limits = httpx.Limits(max_connections=load.clients, max_keepalive_connections=load.clients)
    headers = {"authorization": f"Bearer {token}"}
    return httpx.AsyncClient(base_url=url.rstrip("/"), headers=headers, limits=limits, timeout=30)


async def measure(asking: httpx.AsyncClient, load: Load, tell: Callable[[str], Any] = print) -> bool:
    """Prints the table as it goes; whether everything was answered and every case is gone again.

    Raises CannotLoad.
    """
    await _must_answer(asking)
    made = [uuid4() for _ in range(load.captures)]
    lists = itertools.repeat("/api/v1/cases?limit=50", load.lists)
    searches = [f"/api/v1/cases?stage=all&limit=50&words={word}" for word in WORDS]
    asked: dict[str, list[Request]] = {
        "captures": [_capture(one, place) for place, one in enumerate(made)],
        "lists": [_get(path) for path in lists],
        "searches": [_get(path) for path in itertools.islice(itertools.cycle(searches), load.searches)],
    }
    tell(HEAD)
    all_well = True
    try:
        for name, requests in asked.items():
            measured = await _all(asking, requests, load.clients)
            tell(measured.line(name))
            all_well &= not measured.failed
    finally:
        gone = await _all(asking, [_take_back(one) for one in made], load.clients)
        tell(gone.line("cleaning"))
    if gone.failed:
        tell(f"{sum(gone.failed.values())} cases may be left: search for “{MARK}” and remove them.")
    return all_well and not gone.failed


async def _must_answer(asking: httpx.AsyncClient) -> None:
    try:
        answer = await asking.get("/api/v1/cases", params={"limit": 1})
    except httpx.HTTPError as error:
        raise CannotLoad(f"{asking.base_url} does not answer ({type(error).__name__}).") from None
    if answer.status_code != 200:
        raise CannotLoad(f"{asking.base_url} answers {answer.status_code}: {answer.text[:300]}")


async def _all(asking: httpx.AsyncClient, requests: Sequence[Request], clients: int) -> Measured:
    """All of them, so many at a time."""
    measured, waiting = Measured(), iter(requests)

    async def one_client() -> None:
        for request in waiting:
            began = time.perf_counter()
            try:
                answer = await request(asking)
            except httpx.HTTPError as error:
                measured.failed[type(error).__name__] += 1
                continue
            if answer.is_success:
                measured.took.append(time.perf_counter() - began)
            else:
                measured.failed[str(answer.status_code)] += 1

    began = time.perf_counter()
    await asyncio.gather(*(one_client() for _ in range(clients)))
    measured.seconds = time.perf_counter() - began
    return measured


def _capture(capture: UUID, place: int) -> Request:
    """A post of an account of its own, under an address that leads nowhere (RFC 2606)."""
    name = f"{MARK}-{capture.hex[:12]}"
    url = f"https://load-test.invalid/{name}"
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    body = {
        **{"platform": "web", "id": name, "url": url, "kind": "post", "lang": "en"},
        **{
            "author": {"name": name, "handle": name, "url": f"{url}/author"},
            "page": {"url": url, "title": MARK},
        },
        "text": f"A load test ({name}): the cake number {place} never arrived and nobody answers.",
        **{"postedAt": now, "capturedAt": now},
    }
    return lambda asking: asking.put(f"/api/v1/captures/{capture}", json=body)


def _take_back(capture: UUID) -> Request:
    return lambda asking: asking.delete(f"/api/v1/captures/{capture}")


def _get(path: str) -> Request:
    return lambda asking: asking.get(path)
