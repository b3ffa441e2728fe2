"""Does the popup say what is to be known of the words of a capture, and of their date?"""

from playwright.sync_api import expect

from tests.extension.conftest import Installed
from tests.extension.receiver import Receiver
from tests.extension.test_translations import FONT, page, post, review

MAPS = "https://www.google.com/maps/place/Cafe+Nord/"


def test_a_translation_is_shown_and_sent_as_one(paired: Installed, receiver: Receiver) -> None:
    html = page(post(FONT.format("Three weeks."), lang="ja"), root=' class="translated-ltr"')
    popup = paired.press_toolbar(paired.open("https://x.com/kenji", html))
    expect(popup.locator("#translated")).to_have_text(
        "Translated from Japanese to English, by the site or the browser: not the author’s words."
    )
    popup.click("#send")
    expect(popup.locator("#result a")).to_be_visible()
    [sent] = receiver.captures.values()
    assert (sent["lang"], sent["translated"], sent["translatedTo"]) == ("ja", True, "en")


def test_words_that_the_server_will_date_are_shown_and_not_said_to_be_no_date(paired: Installed) -> None:
    popup = paired.press_toolbar(paired.open(MAPS, page(review("The staff was rude."))))
    expect(popup.locator("#where q")).to_have_text("3 weeks ago")
    expect(popup.locator("#where")).not_to_contain_text("no date found")
    expect(popup.locator("#translated")).to_be_empty()
