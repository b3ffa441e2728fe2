"""Main program of the child process in which images are decoded, with limits of memory and time.

Started by `image_sandbox.py` as an isolated interpreter. The bytes come by standard input; the answer is one
line of JSON and, for a redrawn picture, its bytes.
"""

import dataclasses
import json
import sys
from collections.abc import Callable

from amends.errors import AmendsError
from amends.gateways.bounded_child import limit_resources
from amends.gateways.images import ImageIsTooLarge, inspect_image, logo, preview, redraw

ROOM = 768 * 1024 * 1024
"""Bytes of address space: 40 megapixels, decoded, converted and encoded again, take about 600 MB."""
SECONDS = 60
"""Of processor time; 40 megapixels of noise take about twenty."""

Answer = tuple[dict[str, object], bytes]
WORK: dict[str, Callable[[bytes], Answer]] = {
    "inspect": lambda content: (dataclasses.asdict(inspect_image(content)), b""),
    "redraw": lambda content: ({}, redraw(content)),
    "preview": lambda content: ({}, preview(content)),
    "logo": lambda content: ({}, logo(content)),
}


def main(deed: str) -> None:
    """Do one deed for the bytes of standard input, and end."""
    limit_resources(seconds=SECONDS, room=ROOM)
    facts, body = _done(deed, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + body)
    sys.stdout.buffer.flush()


def _done(deed: str, content: bytes) -> Answer:
    try:
        return WORK[deed](content)
    except MemoryError:
        return {"refused": ImageIsTooLarge.__name__}, b""
    except AmendsError as error:
        return {"refused": type(error).__name__}, b""
