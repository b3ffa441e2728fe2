"""PDF sandbox: our own pages become PDF in a child process that fetches nothing, one at a time (R-70)."""

import asyncio
import json
import unicodedata
from collections.abc import Mapping
from importlib.util import find_spec
from weakref import WeakKeyDictionary

from amends.errors import Conflict
from amends.gateways import bounded_child
from amends.gateways.pdf_child import SECONDS

_CODE = bounded_child.code_of("amends.gateways.pdf_child")
COMMON = "\u052f"
"""The last letter of Cyrillic; what stands before is in every font."""
MOST_ASKED = 5_000
"""Different characters in one question: a book in Chinese has fewer."""
_able: dict[str, bool] = {}
"""Whether the program of the child can draw, as it was found out before."""
_known: dict[str, bool] = {}
"""Whether a character lacks a font, as it was found out before."""
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class PdfIsUnavailable(Conflict):
    """This server cannot make PDF files. Print the page in your browser and choose “Save as PDF” instead."""


class PdfFailed(Conflict):
    """The PDF could not be made this time. Print the page from your browser instead, or try again."""


def is_installed() -> bool:
    """Whether the library is there; `can_draw` says whether the system has what it needs too."""
    return find_spec("weasyprint") is not None


async def can_draw() -> bool:
    """Whether this server makes PDF files: the library is there and finds pango; asked once, of a child.

    Where the child breaks off it is asked again the next time.
    """
    if not is_installed():
        return False
    if _CODE not in _able:
        async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(1)):
            answer = await bounded_child.run(_CODE, (), b'{"characters": ""}', seconds=2 * SECONDS)
        if not answer:
            return False
        _able[_CODE] = answer != b"missing"
    return _able[_CODE]


async def unknown_in(text: str) -> frozenset[str]:
    """The characters of a text that no font of this server has, as far as that can be known.

    Nothing is asked for Latin, Greek and Cyrillic: every font that can be installed has them.
    """
    rare = frozenset(one for one in text if one > COMMON and unicodedata.category(one)[0] in "LNSPM")
    new = rare - _known.keys()
    if new and is_installed():
        content = json.dumps({"characters": "".join(sorted(new)[:MOST_ASKED])}).encode()
        async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(1)):
            answer = await bounded_child.run(_CODE, (), content, seconds=2 * SECONDS)
        if answer and answer != b"missing":
            missing = json.loads(answer)
            _known.update((one, one in missing) for one in sorted(new)[:MOST_ASKED])
    return frozenset(one for one in rare if _known.get(one))


async def drawn(html: str, css: str, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The page as PDF; it shows a picture by its name, as `evidence:NAME`.

    Raises PdfIsUnavailable, and PdfFailed, also for want of memory or time.
    """
    if not is_installed():
        raise PdfIsUnavailable
    shown = pictures or {}
    sizes = [(name, len(one)) for name, one in shown.items()]
    line = json.dumps({"html": html, "css": css, "pictures": sizes}).encode()
    content = b"".join((line, b"\n", *shown.values()))
    async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(1)):
        answer = await bounded_child.run(_CODE, (), content, seconds=2 * SECONDS)
    if answer == b"missing":
        raise PdfIsUnavailable
    if not answer.startswith(b"%PDF-"):
        raise PdfFailed
    return answer
