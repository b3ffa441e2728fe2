"""Does the popup say what is to be known of the words of a capture, and of their date?"""

from playwright.sync_api import expect

from amends.rules.capture.limits import LIMITS
from tests.extension.conftest import Installed
from tests.extension.receiver import Receiver
from tests.extension.test_translations import FONT, page, post, review

MAPS = "https://www.google.com/maps/place/Cafe+Nord/"


def test_a_translation_is_shown_and_sent_as_one(paired: Installed, receiver: Receiver) -> None:
    html = page(post(FONT.format("Three weeks."), lang="ja"), root=' class="translated-ltr"')
    popup = paired.press_toolbar(paired.open("https://x.com/kenji", html))
    expect(popup.locator("#translated")).to_have_text(
        "Translated from Japanese to English by the site or the browser: not the original words."
    )
    popup.click("#send")
    expect(popup.locator("#result a")).to_be_visible()
    [sent] = receiver.captures.values()
    assert (sent["lang"], sent["translated"], sent["translatedTo"]) == ("ja", True, "en")


def test_a_case_that_may_hold_the_same_post_is_named_and_can_be_opened(
    paired: Installed, receiver: Receiver
) -> None:
    receiver.copies = [{"number": 7, "url": f"{receiver.url}/cases/7"}, {"number": 8, "url": "javascript:0"}]
    popup = paired.press_toolbar(paired.open("https://x.com/kenji", page(post("Late again", lang="en"))))
    popup.click("#send")
    expect(popup.locator("#result small")).to_contain_text("Maybe the same post as #7: same site")
    expect(popup.locator("#result a")).to_have_text(["Case #142 created", "Open case #7"])
    assert popup.locator("#result a").nth(1).get_attribute("href") == f"{receiver.url}/cases/7"


def test_what_is_too_long_is_named_before_it_is_sent_and_a_note_is_never_cut(
    paired: Installed, receiver: Receiver
) -> None:
    html = page(post("Late", lang="en")).replace(b"Kenji", b"Kenji" + b"i" * LIMITS.name)
    popup = paired.press_toolbar(paired.open("https://x.com/kenji", html))
    expect(popup.locator("#missing")).to_have_text("Too long, so shortened: the author.")
    popup.fill("#note", "x" * (LIMITS.note + 1))
    popup.click("#send")
    assert popup.locator("#note").evaluate("note => note.validationMessage").startswith("Use at most 10000")
    popup.fill("#note", "x" * LIMITS.note)
    popup.click("#send")
    expect(popup.locator("#result a")).to_be_visible()
    [sent] = receiver.captures.values()
    assert (sent["shortened"], len(sent["author"]["name"]), len(sent["note"])) == (
        ["author"],
        200,
        LIMITS.note,
    )


def test_an_address_that_is_too_long_for_a_case_is_said_to_be(paired: Installed) -> None:
    popup = paired.press_toolbar(
        paired.open(f"https://blog.example/?q={'x' * LIMITS.address}", b"<title>Late</title><p>Very late")
    )
    expect(popup.locator("#result")).to_contain_text("is longer than 4000 characters")


def test_a_review_of_stars_alone_is_shown_by_them_and_sent(paired: Installed, receiver: Receiver) -> None:
    popup = paired.press_toolbar(paired.open(MAPS, page(review(""))))
    expect(popup.locator("#heading")).to_have_text("★★☆☆☆ 2 of 5, no text")
    expect(popup.locator("#missing")).to_be_empty()
    popup.click("#send")
    expect(popup.locator("#result a")).to_be_visible()
    [sent] = receiver.captures.values()
    assert (sent["rating"], "text" in sent, "title" in sent) == ({"value": 2, "max": 5}, False, False)


def test_words_that_the_server_will_date_are_shown_and_not_said_to_be_no_date(paired: Installed) -> None:
    popup = paired.press_toolbar(paired.open(MAPS, page(review("The staff was rude."))))
    expect(popup.locator("#where q")).to_have_text("3 weeks ago")
    expect(popup.locator("#where")).not_to_contain_text("no date found")
    expect(popup.locator("#translated")).to_be_empty()
