"""Does the popup show what will be sent, and does it take many posts as easily as one?"""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.extension.conftest import PAGES, Installed
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import open_timeline, select_in_first_post

REVIEWS = (PAGES / "generic" / "reviews.html").read_bytes()
PIXELS = """async ({ type, base64, spots }) => {
  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type }));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  return spots.map(([x, y]) => [...pen.getImageData(x * image.width, y * image.height, 1, 1).data]);
}"""
COVERED = (59, 64, 68, 255)


def open_popup(browser: Installed) -> Page:
    select_in_first_post(page := open_timeline(browser))
    popup = browser.press_toolbar(page)
    expect(popup.locator("#shot")).to_be_visible()
    return popup


def open_picks(browser: Installed) -> Page:
    popup = browser.press_toolbar(browser.open("https://reviews.example/acme", REVIEWS))
    popup.locator("#several").click()
    expect(popup.locator("#pick-filter")).to_be_focused()
    popup.locator("#pick-pictures").uncheck()
    return popup


PICTURE = """async () => {
  const { entries, pictureOf } = await import('/lib/outbox.js');
  const { blob, redacted } = (await pictureOf((await entries())[0].id)) ?? {};
  if (!blob) return null;
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const base64 = btoa(bytes.reduce((letters, byte) => letters + String.fromCharCode(byte), ''));
  return { type: blob.type, base64, ...(redacted ? { redacted } : {}) };
}"""


def kept_picture(browser: Installed, popup: Page, receiver: Receiver) -> dict[str, Any]:
    """The picture as it waits here to be sent, for the server is away."""
    receiver.stop()
    popup.locator("#send").click()
    expect(popup.locator("#result")).to_contain_text("Saved here")
    browser.until(
        "async () => (await (await import('/lib/outbox.js')).entries())[0].screenshot === 'taking'", False
    )
    picture: dict[str, Any] | None = browser.call(PICTURE)
    assert picture is not None
    return picture


def covered(page: Page, picture: dict[str, Any], *spots: tuple[float, float]) -> list[bool]:
    """Whether the picture has the cover's colour there, as near as its format keeps colours."""
    found: list[list[int]] = page.evaluate(
        PIXELS, {"type": picture["type"], "base64": picture["base64"], "spots": spots}
    )
    return [max(abs(one - other) for one, other in zip(each, COVERED, strict=True)) < 6 for each in found]


def test_the_picture_is_shown_before_it_is_sent_as_it_is(paired: Installed, receiver: Receiver) -> None:
    popup = open_popup(paired)
    expect(popup.locator("#send")).to_be_focused()
    picture = kept_picture(paired, popup, receiver)
    assert picture["type"] == "image/webp"
    assert "redacted" not in picture


def test_what_is_dragged_over_is_covered_in_the_pixels_that_leave(
    paired: Installed, receiver: Receiver
) -> None:
    popup = open_popup(paired)
    box = popup.locator("#shot").bounding_box()
    assert box is not None
    popup.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.1)
    popup.mouse.down()
    box = popup.locator("#shot").bounding_box()
    assert box is not None
    popup.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.8, steps=3)
    popup.mouse.up()
    expect(popup.locator("#picture-told")).to_have_text("Covered for good")
    picture = kept_picture(paired, popup, receiver)
    assert picture["redacted"] is True
    assert covered(paired.context.pages[0], picture, (0.4, 0.4), (0.9, 0.95)) == [True, False]


def test_the_keyboard_covers_and_undoes_as_well(paired: Installed, receiver: Receiver) -> None:
    popup = open_popup(paired)
    popup.locator("#cover").focus()
    popup.keyboard.press("Enter")
    expect(popup.locator("#shot")).to_be_focused()
    popup.keyboard.press("ArrowLeft")
    popup.keyboard.press("ArrowLeft")
    popup.keyboard.press("Shift+ArrowRight")
    expect(popup.locator("#picture-told")).to_contain_text("% from the left")
    popup.keyboard.press("Enter")
    expect(popup.locator("#picture-told")).to_have_text("Covered for good")
    popup.keyboard.press("ArrowDown")
    popup.keyboard.press("Enter")
    popup.keyboard.press("Backspace")
    expect(popup.locator("#picture-told")).to_have_text("Undone")
    assert popup.locator("#create").is_visible(), "Enter in the picture sends nothing"
    picture = kept_picture(paired, popup, receiver)
    assert picture["redacted"] is True
    assert covered(paired.context.pages[0], picture, (0.45, 0.4)) == [True]


def test_undoing_everything_sends_the_picture_as_it_was(paired: Installed, receiver: Receiver) -> None:
    popup = open_popup(paired)
    popup.locator("#shot").focus()
    popup.keyboard.press("Enter")
    popup.keyboard.press("Enter")
    popup.locator("#uncover").click()
    expect(popup.locator("#uncover")).to_be_hidden()
    assert "redacted" not in kept_picture(paired, popup, receiver)


def test_a_picture_that_is_taken_out_is_not_sent(paired: Installed, receiver: Receiver) -> None:
    popup = open_popup(paired)
    popup.locator("#take-out").click()
    expect(popup.locator("#picture-told")).to_have_text("No picture will be sent.")
    popup.locator("#take-out").click()
    expect(popup.locator("#shot")).to_be_visible()
    popup.locator("#take-out").click()
    popup.locator("#send").click()
    expect(popup.locator("#result a")).to_have_text("Case #142 created")
    assert receiver.screenshots == {}
    paired.until_waiting(0)


def test_each_of_several_becomes_a_case_with_its_picture(paired: Installed, receiver: Receiver) -> None:
    popup = open_picks(paired)
    popup.locator("#pick-pictures").check()
    popup.locator("#pick-all").click()
    expect(popup.locator("#picked")).to_have_text("3 of 3 chosen")
    popup.locator("#each").click()
    expect(popup.locator("#pick-progress")).to_have_text("3 sent.")
    told = [words.split()[0] for words in popup.locator("#pick-list .told").all_inner_texts()]
    assert told == ["#142", "#143", "#144"]
    assert len(receiver.captures) == 3
    assert not any("sameCaseAs" in capture for capture in receiver.captures.values())
    receiver.wait_for(lambda: len(receiver.screenshots) == 2)  # "Fine." is too short to be found on the page


def test_closing_the_popup_loses_none_of_many(paired: Installed, receiver: Receiver) -> None:
    popup = open_picks(paired)
    popup.locator("#pick-pictures").check()
    popup.locator("#pick-all").click()
    popup.locator("#each").click()
    paired.until("async () => (await (await import('/lib/outbox.js')).entries()).length > 0", True)
    popup.close()
    receiver.wait_for(lambda: len(receiver.captures) == 3, seconds=30)
    receiver.wait_for(lambda: len(receiver.screenshots) == 2, seconds=30)
    paired.until_waiting(0)


def test_all_in_one_case_names_the_first(paired: Installed, receiver: Receiver) -> None:
    popup = open_picks(paired)
    popup.locator("#pick-all").click()
    popup.locator("#together").click()
    expect(popup.locator("#pick-progress")).to_have_text("3 sent.")
    first, *others = receiver.captures
    assert "sameCaseAs" not in receiver.captures[first]
    assert [receiver.captures[name]["sameCaseAs"] for name in others] == [first, first]
    assert popup.locator("#each").is_disabled()


def test_those_that_share_a_case_wait_for_the_first(paired: Installed, receiver: Receiver) -> None:
    popup = open_picks(paired)
    receiver.refuse = (503, "Busy.")
    popup.locator("#pick-all").click()
    popup.locator("#together").click()
    expect(popup.locator("#pick-progress")).to_have_text("0 sent. 3 kept here.")
    receiver.refuse = None
    popup.evaluate("() => chrome.runtime.sendMessage({ type: 'send' })")
    receiver.wait_for(lambda: len(receiver.captures) == 3)
    first, *others = receiver.captures
    assert [capture.get("sameCaseAs") for capture in receiver.captures.values()] == [None, first, first]
    assert len(others) == 2


def test_the_list_is_ticked_by_keyboard_range_and_words(paired: Installed) -> None:
    popup = open_picks(paired)
    boxes = popup.locator("#pick-list input")
    ticked: Callable[[], list[bool]] = lambda: [boxes.nth(at).is_checked() for at in range(3)]  # noqa: E731
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    assert ticked() == [True, True, True]
    popup.locator("#pick-none").click()
    boxes.nth(0).focus()
    popup.keyboard.press("Space")
    popup.keyboard.press("Shift+ArrowDown")
    assert ticked() == [True, True, False]
    expect(boxes.nth(1)).to_be_focused()
    popup.keyboard.press("Enter")
    assert ticked() == [True, False, False]
    words = popup.locator("#pick-list label").nth(2).inner_text().split()[-1]
    popup.locator("#pick-filter").fill(words.upper())
    expect(popup.locator("#pick-list li:visible")).to_have_count(1)
    popup.locator("#pick-all").click()
    expect(popup.locator("#picked")).to_have_text("2 of 3 chosen (1 not shown)")
    popup.locator("#pick-back").click()
    expect(popup.locator("#several")).to_be_focused()


def test_a_refused_first_keeps_the_others_behind_it_until_it_is_mended(
    paired: Installed, receiver: Receiver
) -> None:
    receiver.refuse = (422, "No such platform.")
    popup = open_picks(paired)
    popup.locator("#pick-all").click()
    popup.locator("#together").click()
    expect(popup.locator("#pick-progress")).to_have_text("0 sent. 3 kept here.")
    expect(popup.locator("#pick-list .told").first).to_contain_text("No such platform.")
    receiver.refuse = None
    first, *_others = paired.waiting()
    assert first["state"] == "failed"
    paired.call("id => chrome.runtime.sendMessage({ type: 'retry', id })", first["id"])
    receiver.wait_for(lambda: len(receiver.captures) == 3)
    assert [capture.get("sameCaseAs") for capture in receiver.captures.values()] == [
        None,
        first["id"],
        first["id"],
    ]


def test_what_a_full_outbox_does_not_take_stays_ticked(paired: Installed, receiver: Receiver) -> None:
    fill = """async () => {
      const { put } = await import('/lib/outbox.js');
      await Promise.all(Array.from({ length: 499 }, (_, at) => put({ id: String(at),
        to: 'https://other.example Nell', server: 'https://other.example', member: 'Nell',
        body: { url: 'https://a.example' },
        made: '2025-01-01T00:00:00Z', tries: 0, next: 0, state: 'waiting', screenshot: 'none' })));
    }"""
    paired.call(fill)
    receiver.refuse = (503, "Busy.")
    popup = open_picks(paired)
    popup.locator("#pick-all").click()
    popup.locator("#each").click()
    expect(popup.locator("#pick-progress")).to_have_text("0 sent. 1 kept here.")
    expect(popup.locator("#picked")).to_have_text("2 of 3 chosen")
    assert len(paired.waiting()) == 500


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_and_the_list_are_accessible(scheme: Any, paired: Installed) -> None:
    popup = open_popup(paired)
    popup.emulate_media(color_scheme=scheme)
    popup.locator("#shot").focus()
    popup.keyboard.press("Enter")
    popup.keyboard.press("Enter")
    assert Axe().run(popup).response["violations"] == []
    popup.locator("#several").click()
    popup.locator("#pick-all").click()
    assert Axe().run(popup).response["violations"] == []
    popup.evaluate("() => { document.documentElement.style.inlineSize = '320px'; }")
    assert popup.evaluate("() => document.querySelector('main').scrollWidth <= 320")
