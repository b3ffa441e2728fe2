"""What is measured? Each kind of request as a browser sends it, and the statements that it needs."""

import asyncio
import itertools
import json
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import uuid4

import httpx

from amends import app, logs, settings
from amends.cli.wiring import files_of, notifier_of, secrets_of
from benchmarks.client import Asked
from benchmarks.recording import Statement, pattern, recording
from benchmarks.seeds import BROWSERS, SESSION_TOKEN, World, token_of_browser

CAPTURE = "capture"
TODAY, CASES = "Today", "Cases"
PAGE = "a page"
_marks = itertools.count(1)
_browsers = itertools.cycle(range(BROWSERS))

Requests = Callable[[int], list[Asked]]
"""As many requests of one kind as are wanted."""


def of(world: World) -> dict[str, Requests]:
    """The kinds of request, by the name under which they are reported."""
    cases, owner = world.amounts.cases, world.members[3]
    some = [world.amounts.cases - place for place in range(min(10, cases))]
    return {
        CAPTURE: lambda wanted: [capture(f"9{next(_marks):018}") for _ in range(wanted)],
        TODAY: _pages("/"),
        CASES: _pages("/cases"),
        "Cases, one owner": _pages(f"/cases?owner={owner}"),
        "Cases, by key": _pages(f"/cases?stage=all&before={cases // 2}"),
        "Cases, one theme": _pages(f"/cases?stage=all&theme={world.themes[0]}"),
        "search, often said": _pages("/cases?stage=all&words=arrived+refund"),
        "search, seldom said": _pages(f"/cases?stage=all&words=person{cases // 3}"),
        "one case": _pages(*(f"/cases/{number}" for number in some)),
    }


def _pages(*paths: str) -> Requests:
    browser = {"cookie": f"session={SESSION_TOKEN}", "accept": "text/html", "accept-language": "en"}
    asked = [Asked("GET", path, browser) for path in paths]
    return lambda wanted: list(itertools.islice(itertools.cycle(asked), wanted))


def capture(mark: str, name: str = "dana", called: str = "Dana") -> Asked:
    """A complaint on X as the extension sends it, from one of many paired browsers."""
    url = f"https://x.com/{name}/status/{mark}"
    said = {
        **{"platform": "x", "id": mark, "url": url, "kind": "post", "lang": "en"},
        "author": {"name": called, "handle": f"@{name}", "url": f"https://x.com/{name}"},
        "text": "The cake never arrived and nobody answers. I ordered it for my mother's birthday.",
        **{"postedAt": "2026-05-04T07:00:00Z", "capturedAt": "2026-05-04T08:00:00Z"},
        **{"metrics": {"likes": 12, "replies": 3}, "page": {"url": url, "title": "Dana on X"}},
    }
    token = token_of_browser(next(_browsers))
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    return Asked("PUT", f"/api/v1/captures/{uuid4()}", headers, json.dumps(said).encode())


def write_down(url: str, world: World, folder: Path) -> Path:
    """A file for the floor: the statements that the app runs for each request, recorded in this process."""
    chosen = settings.from_environ({"AMENDS_DATABASE_URL": url, "AMENDS_DATA_DIR": str(folder)})
    answers = asyncio.run(_recorded(chosen, of(world)))
    file = folder / "floor.pickle"
    file.write_bytes(pickle.dumps((url, answers)))
    return file


async def _recorded(chosen: settings.Settings, kinds: dict[str, Requests]) -> dict[str, list[Statement]]:
    built = app.create_app(
        chosen,
        files=files_of(chosen),
        secrets=secrets_of(chosen),
        notifier=notifier_of(chosen, children=1),
    )
    logs.configure(as_json=True, level="CRITICAL")  # its lines would stand between the figures
    transport = httpx.ASGITransport(app=built)
    async with built.lifespan(), httpx.AsyncClient(transport=transport, base_url=chosen.base_url) as client:
        answers = {}
        for name, requests in kinds.items():
            asked = requests(10)
            await _statements(client, asked[0])  # what is kept from the first request is not asked again
            if name == CAPTURE:
                one, other = [await _statements(client, each) for each in asked[1:3]]
                answers[name] = pattern(one, other, json.loads(asked[1].body)["id"])
            else:
                for each in asked:
                    await _statements(
                        client, each
                    )  # the first opening of a sensitive case is told once a day
                    answers[_key(each)] = await _statements(client, each)
    return answers


def _key(asked: Asked) -> str:
    return asked.path if "?" in asked.path else f"{asked.path}?"


async def _statements(client: httpx.AsyncClient, asked: Asked) -> Sequence[Statement]:
    with recording() as statements:
        answer = await client.request(
            asked.method, asked.path, headers=asked.headers, content=asked.body or None
        )
    answer.raise_for_status()
    return statements
