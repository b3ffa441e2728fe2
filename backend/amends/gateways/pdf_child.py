"""Main program of the child process in which a PDF is drawn; it fetches nothing.

Started by `pdf_sandbox.py` as an isolated interpreter. The page and its styles come by standard input in one
line of JSON, which also names the pictures whose bytes follow it; a page shows one as `evidence:NAME`.
"""

import io
import json
import logging
import sys
from typing import Any

from amends.gateways.bounded_child import limit_resources

ROOM = 512 * 1024 * 1024
"""Bytes of address space: a page of a report takes about 150 MB of it."""
SECONDS = 30
"""Of processor time; a page of a report takes about one."""
VARIANT = "pdf/ua-1"
"""With tags, so that a screen reader knows headings and tables."""


QUALITY = 80
"""Of a JPEG: small type stays readable; the picture as it arrived lies beside the PDF."""
PICTURE = "evidence:"
LARGEST = (1_400, 2_000)
"""Pixels on an A4 page, of which a picture takes 176 by 175 mm at most: 200 in an inch."""
KINDS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp", b"GIF8": "image/gif"}


class NothingIsFetched(Exception):
    """A page asked for something that is not part of it."""


def main() -> None:
    """Draw the page of standard input, and end; says one word where the library is not there."""
    limit_resources(seconds=SECONDS, room=ROOM, files=64)
    given = json.loads(sys.stdin.buffer.readline())
    try:
        import weasyprint
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError):
        sys.stdout.write("missing")
        return

    if "characters" in given:
        sys.stdout.write(json.dumps(_without_a_glyph(weasyprint, given["characters"])))
        return
    pictures = {name: sys.stdin.buffer.read(size) for name, size in given["pictures"]}

    class GivenPictures(URLFetcher):  # type: ignore[misc, unused-ignore]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ANN401 - as the library has it
            name = url.removeprefix(PICTURE)
            if not url.startswith(PICTURE) or name not in pictures:
                raise NothingIsFetched
            content = on_paper(pictures.pop(name))  # the library asks once for each, and keeps it
            return URLFetcherResponse(url, content, {"Content-Type": kind_of(content)})

    page = weasyprint.HTML(string=given["html"], url_fetcher=GivenPictures(), base_url="about:blank")
    styles = weasyprint.CSS(string=given["css"], url_fetcher=GivenPictures())
    page.write_pdf(sys.stdout.buffer, stylesheets=[styles], pdf_variant=VARIANT)
    sys.stdout.buffer.flush()


def _without_a_glyph(weasyprint: Any, characters: str) -> str:  # noqa: ANN401 - the library has no types
    """Those of the characters that no font of this server has: the library says so of each that it draws."""
    missing: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
                missing.append(str(record.args[0]))

    weasyprint.LOGGER.addHandler(Listener(logging.WARNING))
    lines = "".join(f"<p>&#{ord(one)};</p>" for one in characters)
    weasyprint.HTML(string=f"<body>{lines}", base_url="about:blank").write_pdf()
    return "".join(dict.fromkeys(missing))


def on_paper(content: bytes) -> bytes:
    """A picture as a PDF holds it at once: an opaque WebP becomes a JPEG, no larger than paper shows.

    The library would encode it as PNG twice, which takes ten times as long and as much room.
    """
    if kind_of(content) != "image/webp":
        return content
    from PIL import Image

    with Image.open(io.BytesIO(content), formats=["WEBP"]) as picture:
        if picture.has_transparency_data:
            return content
        picture.thumbnail(LARGEST, Image.Resampling.BILINEAR)
        drawn = io.BytesIO()
        picture.convert("RGB").save(drawn, "JPEG", quality=QUALITY)
        return drawn.getvalue()


def kind_of(content: bytes) -> str:
    """The media type of a picture, by its first bytes."""
    return next((kind for begins, kind in KINDS.items() if content.startswith(begins)), "")
