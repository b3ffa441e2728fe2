"""Image sandbox: images are decoded in a child process, at most two at a time (R-50).

A picture of 115 KB may unpack to 160 MB; in a child these are given back, and a decoder that breaks takes
nothing else with it.
"""

import asyncio
import json
from typing import Any
from weakref import WeakKeyDictionary

from amends.gateways import bounded_child
from amends.gateways.image_child import SECONDS
from amends.gateways.images import LARGEST_BYTES, ImageFacts, ImageIsTooLarge, ImageIsUnreadable

AT_A_TIME = 2
"""Children of one process: the others wait for their turn."""

_CODE = bounded_child.code_of("amends.gateways.image_child")
_REFUSED = {error.__name__: error for error in (ImageIsTooLarge, ImageIsUnreadable)}
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


async def inspect_image(content: bytes) -> ImageFacts:
    """The facts of an accepted image, every pixel of which was decoded.

    Raises ImageIsTooLarge, also when it does not fit into the child's memory or time, and ImageIsUnreadable.
    """
    facts, _body = await _ask("inspect", content)
    return ImageFacts(**facts)


async def redraw(content: bytes) -> bytes:
    """The same picture drawn anew for display. Raises what `inspect_image` raises."""
    _facts, body = await _ask("redraw", content)
    return body


async def preview(content: bytes) -> bytes:
    """The same, made smaller for a place beside a text. Raises what `inspect_image` raises."""
    _facts, body = await _ask("preview", content)
    return body


async def logo(content: bytes) -> bytes:
    """The same as small as a logo. Raises what `inspect_image` raises."""
    _facts, body = await _ask("logo", content)
    return body


async def _ask(deed: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    if len(content) > LARGEST_BYTES:
        raise ImageIsTooLarge
    turn = _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_A_TIME))
    async with turn:
        answer = await bounded_child.run(_CODE, (deed,), content, seconds=2 * SECONDS)
    line, newline, body = answer.partition(b"\n")
    if not newline:  # ended by the system, for want of memory or time
        raise ImageIsTooLarge
    facts = json.loads(line)
    if refused := facts.get("refused"):
        raise _REFUSED[refused]
    return facts, body
