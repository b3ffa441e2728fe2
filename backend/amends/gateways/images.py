"""Validation and re-encoding of uploaded images, judged by their content (R-50, R-51)."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from amends.errors import Invalid

if TYPE_CHECKING:
    from PIL import Image  # where a picture is opened, in a process of its own, it is loaded

LARGEST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG", "WEBP")
PREVIEW_PIXELS = 4_000_000
"""Of a preview. The photo of a phone has three to twelve times as many."""
LOGO = (600, 200)
"""The most pixels of a logo, across and down: twice what a page shows, for fine screens."""
_LONGEST_SIDE_OF_WEBP = 16_383


class ImageIsTooLarge(Invalid):
    """This image is too large: at most 15 MB and 40 megapixels."""


class ImageIsUnreadable(Invalid):
    """This is not a PNG, JPEG or WebP image, or it is damaged. Take the screenshot again."""


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What an image's own bytes say about it; width and height in pixels."""

    media_type: str
    width: int
    height: int


def inspect_image(content: bytes) -> ImageFacts:
    """The facts of an accepted image, every pixel of which was decoded. Slow: run it in a process of its own.

    Raises ImageIsTooLarge and ImageIsUnreadable.
    """
    with _opened(content) as image:
        return ImageFacts(f"image/{str(image.format).lower()}", image.width, image.height)


def redraw(content: bytes) -> bytes:
    """The same picture drawn anew for display, as WebP or PNG: upright, no EXIF, no trailing bytes.

    An animation becomes its first picture. Slow: run it in a process of its own.
    Raises ImageIsTooLarge and ImageIsUnreadable.
    """
    with _opened(content) as image:
        return _drawn(image)


def preview(content: bytes) -> bytes:
    """As `redraw`, with at most 4 megapixels: what is attached is looked at beside a text."""
    with _opened(content) as image:
        shrink = min(1.0, sqrt(PREVIEW_PIXELS / (image.width * image.height)))
        if shrink < 1:
            image.thumbnail((max(1, int(image.width * shrink)), max(1, int(image.height * shrink))))
        return _drawn(image)


def logo(content: bytes) -> bytes:
    """As `redraw`, as small as a logo, and always PNG: pages that customers open carry it, and mails."""
    with _opened(content) as image:
        image.thumbnail(LOGO)
        return _drawn(image, is_png=True)


def _drawn(image: "Image.Image", *, is_png: bool = False) -> bytes:
    """The pixels of a decoded image in a file of ours; the image is used up."""
    from PIL import ImageOps

    output = io.BytesIO()
    mode = "RGBA" if image.has_transparency_data else "RGB"
    ImageOps.exif_transpose(image, in_place=True)
    drawn = image if image.mode == mode else image.convert(mode)
    drawn.info.clear()  # a copy of 160 MB for 40 megapixels would do the same
    drawn.getexif().clear()
    if max(drawn.size) <= _LONGEST_SIDE_OF_WEBP and mode == "RGB" and not is_png:
        drawn.save(output, "WEBP", quality=85, method=2)
    else:
        drawn.save(output, "PNG", optimize=is_png)
    return output.getvalue()


@contextmanager
def _opened(content: bytes) -> Iterator["Image.Image"]:
    """The decoded image. Size is judged from the header, before anything is unpacked."""
    from PIL import Image

    if len(content) > LARGEST_BYTES:
        raise ImageIsTooLarge
    # Pillow answers malformed files with whatever its decoders stumble over; all of it means the same here.
    stumbles = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError:
        raise ImageIsTooLarge from None
    except stumbles:
        raise ImageIsUnreadable from None
    with image:
        if image.width * image.height > MOST_PIXELS:
            raise ImageIsTooLarge
        try:
            image.load()
        except Image.DecompressionBombError:
            raise ImageIsTooLarge from None
        except stumbles:
            raise ImageIsUnreadable from None
        yield image
