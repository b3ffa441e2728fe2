"""Is the picture of a post the whole post, with nothing over it, and does it say why there is none?"""

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright, expect

from tests.extension.conftest import Installed, running
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import press_button
from tests.extension.test_picking import COMMENT, WITH_FRAME, open_framed

HEADER, POST = (0, 51, 102), (200, 255, 200)
"""The colours of the page's fixed bar, and of every post."""
STRIPE = 400


def feed(height: int = 200, extra: str = "") -> bytes:
    """Posts below a fixed bar, with a notice that floats over everything and lets clicks through."""
    posts = "".join(
        f"""<article data-testid="tweet" style="background:rgb{POST};height:{height}px;overflow:hidden">
          <div data-testid="User-Name"><a role="link" href="/u{at}"><span>Author {at}</span></a>
          <a role="link" href="/u{at}"><span>@u{at}</span></a> <a href="/u{at}/status/190000000000000061{at}">
          <time datetime="2026-11-20T10:00:00.000Z">Nov</time></a></div>
          <div data-testid="tweetText" lang="en">It broke again</div>
          <div role="group"><button data-testid="reply" aria-label="3 Replies. Reply">r</button></div>
          {
            "".join(
                f'<p style="margin:0;height:{STRIPE}px;background:rgb(255,{40 * part},0)"></p>'
                for part in range(height // STRIPE)
            )
        }
        </article><div style="height:260px"></div>"""
        for at in range(10, 16)
    )
    return f"""<!doctype html><html lang="en"><head><meta charset=utf-8><title>X</title></head>
      <body style="margin:0"><div style="position:fixed;inset:0 0 auto;height:90px;z-index:9;
      background:rgb{HEADER}"><b style="visibility:visible!important;color:#fff">HEADER</b></div>
      <div style="position:fixed;inset:auto 0 0;height:500px;z-index:9;background:rgb{HEADER};
      pointer-events:none;transition:opacity 2s"></div><div style="height:95px"></div>
      {extra}{posts}</body></html>""".encode()


@pytest.fixture(scope="module")
def all_sites(
    playwright: Playwright, unpacked: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installed]:
    """A browser in which pictures of all sites are allowed."""
    folder = tmp_path_factory.mktemp("allowed") / "extension"
    shutil.copytree(unpacked, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["host_permissions"] = ["<all_urls>"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with running(playwright, folder, tmp_path_factory.mktemp("profile")) as installed:
        yield installed


@pytest.fixture
def camera(all_sites: Installed, receiver: Receiver) -> Iterator[Installed]:
    all_sites.pair(receiver)
    yield all_sites
    all_sites.close()


def open_feed(browser: Installed, content: bytes, scrolled: int = 0) -> Page:
    page = browser.context.new_page()
    page.route("**/*", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=content))
    page.goto("https://x.com/home", wait_until="domcontentloaded")
    page.locator("amends-button").nth(1).wait_for()
    page.evaluate("top => scrollTo(0, top)", scrolled)
    return page


def pictured(receiver: Receiver) -> Image.Image:
    receiver.wait_for(lambda: receiver.screenshots, seconds=30)
    [content] = receiver.screenshots.values()
    assert content[8:12] == b"WEBP"
    return Image.open(io.BytesIO(content)).convert("RGB")


def pixels(image: Image.Image) -> list[tuple[int, int, int]]:
    data = image.tobytes()
    return list(zip(data[::3], data[1::3], data[2::3], strict=True))


def share(image: Image.Image, colour: tuple[int, int, int]) -> float:
    """How much of the picture has about this colour."""
    close = [
        sum(abs(one - other) for one, other in zip(pixel, colour, strict=True)) < 40
        for pixel in pixels(image)
    ]
    return sum(close) / len(close)


def ours(image: Image.Image) -> int:
    """How many pixels have the colour of our button's words: dark, and more green and blue than red."""
    return sum(red < 90 and green - red > 40 and blue - red > 40 for red, green, blue in pixels(image))


def test_a_post_under_a_fixed_bar_is_pictured_whole_without_bars_and_our_button(
    camera: Installed, receiver: Receiver
) -> None:
    page = open_feed(camera, feed(), scrolled=50)
    box = page.locator("article").nth(1).bounding_box()
    assert box is not None
    page.evaluate("top => scrollBy(0, top)", box["y"] - 40)  # its upper part lies under the bar
    before = page.evaluate("scrollY")
    page.locator("amends-button").nth(1).click(force=True)
    image = pictured(receiver)
    assert abs(image.height - 216) <= 2
    assert share(image, HEADER) < 0.001
    assert share(image, POST) > 0.8
    assert ours(image) < 20  # edges of links
    assert page.evaluate("scrollY") == before
    left = page.evaluate(
        "[...document.querySelectorAll('body > div')].map(one => one.style.opacity).join('')"
    )
    assert left == ""
    assert page.locator("amends-button[data-hidden]").count() == 0


def test_a_post_taller_than_the_window_is_stitched(camera: Installed, receiver: Receiver) -> None:
    page = open_feed(camera, feed(height=2_400))
    press_button(page)
    image = pictured(receiver)
    assert abs(image.height - 2_416) <= 3
    middle = [image.getpixel((image.width // 2, 8 + 60 + STRIPE * part + STRIPE // 2)) for part in range(5)]
    for part, (red, green, _blue) in enumerate(middle):  # type: ignore[misc]
        assert red > 220
        assert abs(green - 40 * part) < 25
    assert share(image, HEADER) < 0.001


def test_a_post_of_more_than_six_screens_is_cut_and_says_so(camera: Installed, receiver: Receiver) -> None:
    page = open_feed(camera, feed(height=8_000))
    press_button(page)
    image = pictured(receiver)
    assert 4_000 < image.height < 4_400
    assert image.height < 6 * 720 + 10
    assert list(receiver.problems.values()) == ["cut"], "the capture was sent before the picture was taken"


@pytest.mark.parametrize(("width", "missing"), [(1_280, ["screenshot_narrow"]), (600, [])])
def test_a_pinched_page_gives_what_is_on_the_screen_and_says_what_is_not(
    width: int, missing: list[str], camera: Installed, receiver: Receiver
) -> None:
    content = feed().replace(b"height:200px;", f"width:{width}px;height:200px;".encode())
    page = open_feed(camera, content)
    camera.context.new_cdp_session(page).send("Emulation.setPageScaleFactor", {"pageScaleFactor": 1.5})
    page.wait_for_function("visualViewport.scale === 1.5")
    press_button(page)
    image = pictured(receiver)
    [capture] = receiver.captures.values()
    assert [part for part in capture["missing"] if part.startswith("screenshot")] == missing
    assert abs(image.height - 216 * 1.5) <= 3
    assert abs(image.width - min(1_280, (width + 8) * 1.5)) <= 3  # at the window's edge is no margin
    assert share(image, HEADER) < 0.001
    assert share(image, POST) > 0.8


def test_a_post_in_a_frame_of_another_site_says_why_it_has_no_picture(
    camera: Installed, receiver: Receiver
) -> None:
    page = open_framed(camera, COMMENT, WITH_FRAME)
    page.frames[1].locator("#c").click(click_count=3)
    popup = camera.press_toolbar(page)
    expect(popup.locator("#picture-problem")).to_contain_text("in a frame of another site")
    popup.keyboard.press("Enter")
    receiver.wait_for(lambda: receiver.captures)
    [capture] = receiver.captures.values()
    assert "screenshot_in_frame" in capture["missing"]
    assert "screenshot_gone" not in capture["missing"]


def test_what_scrolls_inside_a_box_is_brought_into_view_there(camera: Installed, receiver: Receiver) -> None:
    content = feed().replace(b"<article", b"<main style='overflow:auto;height:500px'><article", 1)
    page = open_feed(camera, content)
    page.locator("amends-button").nth(2).click(force=True)
    image = pictured(receiver)
    assert share(image, POST) > 0.8


def test_a_picture_that_is_not_allowed_is_named_on_the_case(paired: Installed, receiver: Receiver) -> None:
    page = open_feed(paired, feed())
    before = page.evaluate("scrollY")
    press_button(page)
    receiver.wait_for(lambda: receiver.captures)
    [capture] = receiver.captures.values()
    of_pictures = [part for part in capture["missing"] if part.startswith("screenshot")]
    assert of_pictures == ["screenshot_not_allowed"]
    assert receiver.screenshots == {}
    assert page.evaluate("scrollY") == before


def test_the_quality_of_pictures_is_chosen_in_the_options(paired: Installed) -> None:
    options = paired.own_page("options/options.html")
    expect(options.get_by_label("Quality of the pictures")).to_have_value("standard")
    options.get_by_label("Quality of the pictures").select_option("small")
    expect(options.locator("#picture-told")).to_have_text("Saved: used from the next picture on.")
    draw = """async () => {
      const { encoded, QUALITIES } = await import('/lib/pictures.js');
      const canvas = new OffscreenCanvas(2400, 2400);
      const noise = new ImageData(2400, 2400);
      for (let at = 0; at < noise.data.length; at += 60_000)
        crypto.getRandomValues(noise.data.subarray(at, at + 60_000));
      canvas.getContext('2d').putImageData(noise, 0, 0);
      const { base64, type } = await encoded(canvas);
      return [type, base64.length * 3 / 4 <= QUALITIES.small.most];
    }"""
    result: list[Any] = options.evaluate(draw)
    assert result == ["image/webp", True]
