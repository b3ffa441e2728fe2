"""Validation and re-encoding of images: hostile, broken and oversized files."""

import io
import struct
import zlib

import pytest
from PIL import Image

from amends.gateways.images import (
    PREVIEW_PIXELS,
    ImageFacts,
    ImageIsTooLarge,
    ImageIsUnreadable,
    inspect_image,
    preview,
    redraw,
)


def picture(
    kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object
) -> bytes:
    output = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(output, kind, **options)
    return output.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_that_claims(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def with_place_and_turn() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "CANARY"
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", exif=exif) + b"<script>CANARY</script>"


@pytest.mark.parametrize(
    ("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")]
)
def test_a_sound_image_is_known_by_its_content(kind: str, media_type: str):
    assert inspect_image(picture(kind)) == ImageFacts(media_type, 40, 30)


UNREADABLE = {
    "nothing": b"",
    "text": b"hello",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(/etc/passwd) run\n",
    "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "gif": picture("GIF"),
    "tiff": picture("TIFF"),
    "bmp": picture("BMP"),
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "a gif that is a script": b"GIF89a/*" + b"\0" * 20 + b"*/=alert(1)",
    "half a png": picture("PNG", (400, 300))[:200],
    "half a jpeg": picture("JPEG", (400, 300))[:700],
    "half a webp": picture("WEBP", (400, 300))[:60],
    "only a signature": b"\x89PNG\r\n\x1a\n",
    "a png without pixels": b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
    "a damaged png": picture("PNG", (400, 300)).replace(b"IDAT", b"IDAT\xff\xff"),
    "a png that ends early": png_that_claims(5000, 5000),
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_anything_else_is_refused(content: bytes):
    with pytest.raises(ImageIsUnreadable):
        inspect_image(content)
    with pytest.raises(ImageIsUnreadable):
        redraw(content)


TOO_LARGE = {
    "a bomb": png_that_claims(50_000, 50_000),
    "a wide bomb": png_that_claims(2_000_000_000, 2),
    "just over": png_that_claims(8001, 5000),
    "too many bytes": picture() + b"\0" * (15 * 1024 * 1024),
}


@pytest.mark.parametrize("content", TOO_LARGE.values(), ids=TOO_LARGE.keys())
def test_an_image_that_is_too_large_is_refused_before_it_is_unpacked(content: bytes):
    with pytest.raises(ImageIsTooLarge):
        inspect_image(content)
    with pytest.raises(ImageIsTooLarge):
        redraw(content)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_hides_behind_the_pixels_is_gone_when_redrawn(kind: str):
    content = picture(kind) + b"<script>CANARY</script>PK\x03\x04"
    assert inspect_image(content).width == 40
    assert b"CANARY" not in redraw(content)


def test_place_and_description_are_gone_and_the_picture_stands_upright():
    drawn = redraw(with_place_and_turn())
    assert b"CANARY" not in drawn
    with Image.open(io.BytesIO(drawn)) as image:
        assert image.size == (30, 40)
        assert not image.getexif()
        assert not image.info.keys() & {"exif", "xmp", "icc_profile"}


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGBA", "PNG"), ("P", "PNG"), ("L", "PNG"), ("1", "PNG"), ("CMYK", "JPEG")]
)
def test_every_mode_of_colour_can_be_redrawn(mode: str, kind: str):
    facts = inspect_image(redraw(picture(kind, mode=mode)))
    assert (facts.width, facts.height) == (40, 30)
    assert facts.media_type == ("image/png" if mode == "RGBA" else "image/webp")


def test_a_very_long_screenshot_is_redrawn_as_png():
    assert inspect_image(redraw(picture(size=(20, 17_000)))) == ImageFacts("image/png", 20, 17_000)


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "JPEG"), ("RGBA", "PNG"), ("P", "PNG"), ("L", "PNG"), ("CMYK", "JPEG")]
)
def test_a_preview_has_the_shape_of_the_picture_and_few_pixels(mode: str, kind: str):
    facts = inspect_image(preview(picture(kind, (4000, 3000), mode)))
    assert facts.width * facts.height <= PREVIEW_PIXELS
    assert facts.width / facts.height == pytest.approx(4 / 3, rel=0.01)


def test_a_preview_is_no_larger_than_its_picture_and_says_nothing_of_it():
    drawn = preview(with_place_and_turn())
    assert inspect_image(drawn) == ImageFacts("image/webp", 30, 40)
    assert b"CANARY" not in drawn


def test_the_preview_of_a_line_is_a_line():
    assert inspect_image(preview(picture(size=(2, 15_000)))) == ImageFacts("image/webp", 2, 15_000)
