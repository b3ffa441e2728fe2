"""Pictures of invented posts, drawn for the demonstration, where a real one is a screenshot."""

from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont  # loaded by the demonstration alone

WIDTH, MARGIN, LINE, LETTERS = 640, 28, 30, 46
PAPER, INK, SOFT, MARK, STAR = "#ffffff", "#1f2a30", "#6a767d", "#2f6d7a", "#c98a1b"


def draw(author: str, text: str, *, stars: float | None = None) -> bytes:
    """A card with a name, stars where there are any, and the words; a PNG. Accents are left out."""
    from PIL import Image, ImageDraw

    author, lines = _plain(author), wrap(_plain(text), LETTERS)
    height = 2 * MARGIN + 60 + (LINE if stars else 0) + LINE * len(lines)
    picture = Image.new("RGB", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, WIDTH - 1, height - 1), outline="#d8dde0")
    pen.ellipse((MARGIN, MARGIN, MARGIN + 44, MARGIN + 44), fill=MARK)
    initials = "".join(part[0] for part in author.split()[:2])
    pen.text((MARGIN + 22, MARGIN + 22), initials, fill=PAPER, font=_font(18), anchor="mm")
    pen.text((MARGIN + 58, MARGIN + 2), author, fill=INK, font=_font(20))
    pen.text((MARGIN + 58, MARGIN + 26), "demo", fill=SOFT, font=_font(15))
    top = MARGIN + 60
    if stars:
        _draw_stars(pen, top, stars)
        top += LINE
    for line in lines:
        pen.text((MARGIN, top), line, fill=INK, font=_font(20))
        top += LINE
    kept = BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _plain(text: str) -> str:
    """Without what the library's own letters lack."""
    return normalize("NFKD", text).encode("ascii", "ignore").decode()


def _draw_stars(pen: "ImageDraw.ImageDraw", top: int, stars: float) -> None:
    for place in range(5):
        left = MARGIN + place * 24
        box = (left, top, left + 18, top + 18)
        pen.ellipse(box, fill=STAR if place < stars else None, outline=STAR)


def _font(size: int) -> "ImageFont.FreeTypeFont | ImageFont.ImageFont":
    from PIL import ImageFont

    return ImageFont.load_default(size)
