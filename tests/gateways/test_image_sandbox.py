"""Images are decoded in a child process that has little memory and ends."""

import asyncio
import io
import os
from pathlib import Path

import pytest
from PIL import Image

from amends.gateways import image_sandbox
from amends.gateways.images import ImageFacts, ImageIsTooLarge, ImageIsUnreadable
from tests.gateways.test_images import picture


async def test_the_child_says_what_the_bytes_are_and_draws_them_anew() -> None:
    assert await image_sandbox.inspect_image(picture()) == ImageFacts("image/png", 40, 30)
    for deed in (image_sandbox.redraw, image_sandbox.preview):
        with Image.open(io.BytesIO(await deed(picture()))) as drawn:
            assert drawn.size == (40, 30)


async def test_what_the_child_refuses_is_refused_here() -> None:
    for deed in (image_sandbox.inspect_image, image_sandbox.redraw):
        with pytest.raises(ImageIsUnreadable):
            await deed(b"hello")
    with pytest.raises(ImageIsTooLarge):
        await image_sandbox.inspect_image(b"\0" * (15 * 1024 * 1024 + 1))


async def test_a_picture_that_unpacks_to_much_takes_nothing_of_this_process() -> None:
    output = io.BytesIO()
    Image.new("L", (8000, 5000)).save(output, "PNG")
    before = resident()
    drawn = await asyncio.gather(*(image_sandbox.inspect_image(output.getvalue()) for _ in range(3)))
    assert {facts.width for facts in drawn} == {8000}
    assert resident() - before < 40 * 2**20


async def test_a_child_that_is_killed_is_an_image_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_sandbox, "_CODE", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(ImageIsTooLarge):
        await image_sandbox.inspect_image(picture())


def resident() -> int:
    """Bytes of memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
