"""Which sites may be switched on, and how is software reached that runs on any host?"""

from playwright.sync_api import expect

from tests.extension.conftest import PAGES, Installed
from tests.extension.receiver import Receiver

FORUM = (PAGES / "discourse" / "topic.html").read_bytes()


def test_only_platforms_with_hosts_are_asked_for(browser_with_extension: Installed) -> None:
    platforms = browser_with_extension.call("async () => (await import('/lib/sites.js')).platforms()")
    origins = {platform["platform"]: platform["origins"] for platform in platforms}
    assert all(origins.values())
    assert "https://*.stackexchange.com/*" in origins["stackexchange"]
    assert not {"discourse", "lemmy"} & origins.keys()


def test_a_forum_on_any_host_is_read_as_one_through_the_toolbar(
    paired: Installed, receiver: Receiver
) -> None:
    popup = paired.press_toolbar(paired.open("https://forum.example/t/2026/88/5", FORUM))
    expect(popup.locator("#position")).to_have_text("Post 2 of 2")
    popup.keyboard.press("Enter")
    expect(popup.locator("#result a")).to_have_text("Case #142 created")
    [capture] = receiver.captures.values()
    assert (capture["platform"], capture["kind"]) == ("discourse", "comment")
    assert capture["url"] == "https://forum.example/t/2026/88/5"
