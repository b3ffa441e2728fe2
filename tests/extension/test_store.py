"""Texts, pictures and declarations for the three stores: complete, within the stores' limits, and true."""

import json
import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Page

from amends.gateways.extension_package import packed
from tests.extension.conftest import EXTENSION, Installed

STORE = EXTENSION / "store"
MANIFEST = json.loads((EXTENSION / "manifest.json").read_text())
LISTINGS = ("listing-en.md", "listing-fr.md")
STYLE = """
body { margin: 0; background: #f4f6f7; font: 17px/1.45 system-ui, sans-serif; color: #0f1419 }
main { width: 660px; margin: 48px 0 0 72px }
article { background: #fff; border: 1px solid #d8dfe3; border-radius: 14px; padding: 22px 26px }
article + article { margin-top: 20px }
a { color: inherit; text-decoration: none }
time, [role=group] { color: #66757f; font-size: 15px }
[role=group] { display: flex; gap: 28px; margin-top: 14px; align-items: center }
[role=group] button { border: 0; background: none; color: inherit; font: inherit }
[data-testid=tweetText] { font-size: 20px; margin-top: 8px }
"""
SIZE = (1280, 800)
"""Of a picture, in every store."""
SUMMARY_LIMIT = 132
"""Letters of Chrome's summary; Firefox takes 250, Edge has none."""
SCENES = ("post", "popup", "options")
PAIRED = {
    "key": "https://amends.example.org noor@example.com",
    "server": "https://amends.example.org",
    "token": "x" * 43,
    "member": "Noor Ametz",
    "email": "noor@example.com",
    "team": "Care",
}
POST = """<article data-testid="tweet"><div data-testid="User-Name">
<a role="link" href="/{handle}"><b><span>{name}</span></b></a>
<a href="/{handle}"><span>@{handle}</span></a>
<a href="/{handle}/status/19000000000000003{at}">
<time datetime="2026-11-21T10:0{at}:00Z">21 Nov</time></a></div>
<div data-testid="tweetText" lang="en">{text}</div>
<div role="group"><button data-testid="reply" aria-label="{at} Replies. Reply">↩ {at}</button>
<button data-testid="like" aria-label="{likes} Likes. Like">♡ {likes}</button></div></article>"""


class Writer(NamedTuple):
    """Who is invented to have posted what, and how many liked it."""

    name: str
    handle: str
    text: str
    likes: int


PEOPLE = (
    Writer("Ilan Perez", "ilanp", "The new bakery on the corner is lovely. Get the walnut bread!", 12),
    Writer("Marta Kowal", "martak", "Three weeks, no refund, and nobody answers my mails. Order 4711.", 128),
    Writer("Otto Haverkamp", "ottoh", "Same here: charged twice, and the hotline hangs up.", 41),
)


def listing(name: str) -> dict[str, str]:
    """The parts of a listing by their headings."""
    parts = re.split(r"^## (.+)$", (STORE / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {heading: text.strip() for heading, text in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_has_every_part_within_the_stores_limits(name: str) -> None:
    parts = listing(name)
    assert list(parts) == ["Name", "Summary", "Description", "Single purpose", "Notes for reviewers"]
    assert len(parts["Summary"]) <= SUMMARY_LIMIT
    assert 500 <= len(parts["Description"]) <= 10_000


def test_every_permission_is_declared_with_its_reason_and_no_other_is() -> None:
    asked = {
        *MANIFEST["permissions"],
        *MANIFEST["optional_permissions"],
        *MANIFEST["optional_host_permissions"],
    }
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", (STORE / "privacy.md").read_text(), re.MULTILINE)
    assert {name for name, _why in rows} == asked
    assert all(len(why) > 40 for _name, why in rows)


def test_the_data_that_firefox_asks_consent_for_are_those_that_the_declaration_names() -> None:
    kinds = MANIFEST["browser_specific_settings"]["gecko"]["data_collection_permissions"]["required"]
    named = re.findall(r"^\| [^|]+ \| `(\w+)` \|", (STORE / "privacy.md").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(kinds)


@pytest.mark.parametrize("scene", SCENES)
def test_a_picture_has_the_size_that_every_store_takes(scene: str) -> None:
    with Image.open(STORE / f"{scene}.png") as picture:
        assert (picture.size, picture.mode) == (SIZE, "RGB")


def test_no_package_holds_what_is_for_the_stores() -> None:
    assert b"store/" not in packed(EXTENSION, "chrome")


def test_the_pictures_can_be_taken_again(paired: Installed, tmp_path: Path) -> None:
    """`STORE_PICTURES=extension/store python3 tests tests/extension/test_store.py` writes them anew."""
    folder = Path(os.environ.get("STORE_PICTURES") or tmp_path)
    paired.call("pairings => chrome.storage.local.set({ pairings })", [PAIRED])
    site = paired.context.new_page()
    site.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    site.route("**/*", lambda route: route.fulfill(body=feed(), content_type="text/html"))
    site.goto("https://x.com/home", wait_until="domcontentloaded")
    site.locator("amends-button").nth(2).wait_for(state="attached")
    site.bring_to_front()
    take(site, folder / "post.png")
    popup = paired.press_toolbar(site)
    popup.locator("#send").wait_for()
    popup.evaluate("scrollTo(0, 0)")
    popup.screenshot(path=tmp_path / "popup.png")
    popup.close()
    put_over(folder / "post.png", tmp_path / "popup.png", folder / "popup.png")
    options = paired.own_page("options/options.html")
    options.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    take(options, folder / "options.png")
    assert [size_of(folder / f"{scene}.png") for scene in SCENES] == [SIZE] * len(SCENES)


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def take(page: Page, path: Path) -> None:
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").resize(SIZE).save(path, optimize=True)


def put_over(below: Path, above: Path, target: Path) -> None:
    """The popup where the browser shows it: at the top right of the page."""
    with Image.open(below) as page, Image.open(above) as popup:
        whole = page.convert("RGB")
        frame = Image.new("RGB", (popup.width + 2, popup.height + 2), "#8a949b")
        frame.paste(popup.convert("RGB"), (1, 1))
        whole.paste(frame, (SIZE[0] - frame.width - 24, 8))
        whole.save(target, optimize=True)


def feed() -> bytes:
    """Invented posts, set as plainly as they are read."""
    posts = "".join(POST.format(at=at, **one._asdict()) for at, one in enumerate(PEOPLE))
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Posts</title><style>{STYLE}</style>'
    return f"{head}<body><main>{posts}</main>".encode()
