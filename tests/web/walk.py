"""How does a test read every page that links of the site lead a member to?"""

import html
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import httpx

from tests.web.site import Visitor

LINK = re.compile(r"<a\b[^>]*\bhref=\"(/[^\"]*)\"[^>]*>(.*?)</a>", re.DOTALL)
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


@dataclass(frozen=True)
class Met:
    """An answer, the page where its link stands, and the words of the link."""

    answer: httpx.Response
    place: str
    words: str


def kind_of(address: str) -> str:
    """Its form: numbers and ids do not count, nor what a query asks for."""
    path, _, query = address.partition("?")
    asked = "&".join(sorted(part.partition("=")[0] for part in query.split("&") if part))
    return ID.sub("#", path) + (f"?{asked}" if asked else "")


async def walked(
    visitor: Visitor, first: Iterable[str] = ("/",), *, each: int = 4, without: tuple[str, ...] = ()
) -> dict[str, Met]:
    """Every page that links lead to from the first ones, by its address.

    Of one address form `each` are read: /cases/1 stands for /cases/2. `without` what begins so.
    """
    met = dict.fromkeys(first, ("", ""))
    found: dict[str, Met] = {}
    todo, kinds = deque(met), {kind_of(address): 1 for address in met}
    while todo:
        address = todo.popleft()
        answer = await visitor.get(address)
        found[address] = Met(answer, *met[address])
        for link, words in LINK.findall(answer.text if is_page(answer) else ""):
            path = html.unescape(link).partition("#")[0]
            kinds[kind_of(path)] = kinds.get(kind_of(path), 0) + (path not in met)
            if path not in met and not path.startswith(without or ("//",)) and kinds[kind_of(path)] <= each:
                met[path] = (address, " ".join(re.sub(r"<[^>]+>", " ", words).split()))
                todo.append(path)
    return found


def is_page(answer: httpx.Response) -> bool:
    """Whether it is HTML."""
    return "html" in answer.headers.get("content-type", "")
