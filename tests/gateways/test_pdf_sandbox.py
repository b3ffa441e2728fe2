"""PDF is drawn in a child that fetches nothing, is tagged, and ends within its time and memory."""

import asyncio
import io
import re
import zlib

import pytest
from PIL import Image

from amends.gateways import pdf_sandbox
from amends.gateways.pdf_child import LARGEST, kind_of, on_paper
from amends.gateways.pdf_sandbox import PdfFailed, PdfIsUnavailable

PAGE = '<html lang="fr"><head><title>Rapport</title></head><body><h1>Bonjour\u202f!</h1>{}</body></html>'


def inside(pdf: bytes) -> bytes:
    """Everything of a PDF, what was packed too."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompressobj().decompress(one) for one in packed if one[:1] == b"x")


async def test_a_page_becomes_a_tagged_pdf_in_its_language_and_nothing_is_fetched_or_embedded() -> None:
    asked: list[bytes] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    hostile = f"""
    <img alt="x" src="http://127.0.0.1:{port}/a.png"><a rel="attachment" href="file:///etc/passwd">x</a>
    <link rel="stylesheet" href="http://127.0.0.1:{port}/b.css"><object data="file:///etc/passwd"></object>
    """
    css = f'@import "http://127.0.0.1:{port}/c.css"; h1 {{ background: url(http://127.0.0.1:{port}/d.png) }}'
    async with server:
        content = inside(await pdf_sandbox.drawn(PAGE.format(hostile), css))
    assert asked == []
    assert b"/StructTreeRoot" in content
    assert b"(fr)" in content
    assert b"pdfuaid:part" in content
    assert b"EmbeddedFile" not in content
    assert b"root:" not in content


async def test_what_takes_too_long_or_breaks_is_said_to_have_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_sandbox, "_CODE", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(PdfFailed):
        await pdf_sandbox.drawn(PAGE, "")


async def test_without_what_the_library_needs_of_the_system_it_is_unavailable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lacking = "import sys; sys.modules['weasyprint'] = None; "
    assert await pdf_sandbox.can_draw()
    monkeypatch.setattr(pdf_sandbox, "_CODE", lacking + pdf_sandbox._CODE)
    assert not await pdf_sandbox.can_draw()
    with pytest.raises(PdfIsUnavailable):
        await pdf_sandbox.drawn(PAGE, "")


def picture(size: tuple[int, int], mode: str, kind: str) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, "#00808080" if mode == "RGBA" else "teal").save(made, kind)
    return made.getvalue()


def test_an_opaque_webp_goes_into_a_pdf_as_a_jpeg_no_larger_than_paper_shows() -> None:
    drawn = on_paper(picture((2_800, 900), "RGB", "WEBP"))
    assert kind_of(drawn) == "image/jpeg"
    with Image.open(io.BytesIO(drawn)) as shown:
        assert shown.size == (LARGEST[0], LARGEST[0] * 900 // 2_800)


@pytest.mark.parametrize(("mode", "kind"), [("RGBA", "WEBP"), ("RGB", "PNG"), ("RGB", "JPEG")])
def test_any_other_picture_goes_in_as_it_is(mode: str, kind: str) -> None:
    content = picture((30, 20), mode, kind)
    assert on_paper(content) == content


async def test_a_picture_that_two_exhibits_share_is_shown_twice() -> None:
    html = '<p><img src="evidence:a" alt="One"></p><p><img src="evidence:a" alt="Two"></p>'
    drawn = await pdf_sandbox.drawn(html, "", {"a": picture((40, 30), "RGB", "WEBP")})
    assert b"/DCTDecode" in drawn


async def test_a_picture_that_stands_on_a_page_twice_is_drawn_twice_and_each_by_its_own_bytes() -> None:
    pictures = {}
    for name, colour in (("red", "red"), ("blue", "blue")):
        drawn = io.BytesIO()
        Image.new("RGB", (40, 30), colour).save(drawn, "WEBP")
        pictures[name] = drawn.getvalue()
    shown = "".join(f'<img alt="{name}" src="evidence:{name}">' for name in ("red", "blue", "red"))
    content = inside(await pdf_sandbox.drawn(PAGE.format(shown), "", pictures))
    assert content.count(b"/DCTDecode") == 2
    assert len(re.findall(rb"/(?:image-)?[\w-]+ Do", content)) == 3
