"""The whole way, as one person lives it: from a post on a public site to winning a customer back."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Mailbox, MovableServer
from tests.browser.offices import unfold
from tests.extension.conftest import PAGES, REAL_PAGES, Installed, answer_with
from tests.extension.test_browser_extension import inside, press, wait_until, wait_until_shown

PASSWORD = "seven quiet ovens"


def saved_post() -> tuple[str, bytes]:
    """A post of X at its real address: a real saved page where there is one, else one of our own."""
    real = REAL_PAGES[0] / "x" / "status-text.html"
    page = real if real.is_file() else PAGES / "x" / "timeline.html"
    expected = json.loads(page.with_suffix(".json").read_text())
    return str(expected["url"]), page.read_bytes()


class Desk:
    """The web pages, as somebody uses them who reads what is written there."""

    def __init__(self, page: Page, server: MovableServer) -> None:
        self.page, self.server = page, server

    def set_up(self, mailbox: Mailbox) -> None:
        self.page.goto(self.server.set_up_link)
        self.page.get_by_label("Your name").fill("Ada Baker")
        self.page.get_by_label("Email address").fill("ada@example.org")
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_label("Name of the team").fill("Bakers")
        self.page.get_by_role("button", name="Set up").click()
        self.add_mailbox(mailbox, self.page.locator("main"))
        self.page.get_by_role("button", name="Send a test").click()

    def add_mailbox(self, mailbox: Mailbox, place: Locator) -> None:
        place.get_by_text("A mailbox").click()
        form = place.locator("form", has=self.page.get_by_role("button", name="Add mailbox"))
        form.get_by_label("Name of the destination").fill("Ada's mail")
        form.get_by_label("Send reminders to").fill("ada@example.org")
        form.get_by_label("Sender").fill("amends@example.org")
        form.get_by_label("Mail server").fill("127.0.0.1")
        form.get_by_label("Port").fill(str(mailbox.port))
        form.get_by_label("Encryption").select_option(label="none")
        form.get_by_role("button", name="Add mailbox").click()

    def be_reachable_at_any_hour(self) -> None:
        """The test runs at any hour: quiet ones would hold the nudge."""
        self.page.goto(f"{self.server.url}/settings")
        profile = self.page.locator("#profile form").first
        for name in ("quiet_from", "quiet_until"):
            profile.locator(f"[name={name}]").fill("00:00")
        profile.locator("[name=quiet_week_ends]").uncheck()
        profile.locator("button").click()
        expect(self.page.get_by_text("Saved.")).to_be_visible()

    def sign_in(self) -> None:
        self.page.goto(f"{self.server.url}/sign-in")
        self.page.get_by_label("Email address").fill("ada@example.org")
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()

    def wait(self, *, days: float) -> None:
        """Closes the page, as one does for days: an open one would ask to sign in by itself meanwhile."""
        self.page.goto("about:blank")
        self.server.move(days=days)

    def snooze_from(self, link: str) -> None:
        """Follows the link of a message; it acts once."""
        self.page.goto(link)
        expect(self.page.get_by_role("heading", name="#1")).to_be_visible()
        self.page.get_by_role("button", name="Snooze one day").click()
        expect(self.page.locator("main")).to_contain_text("Snoozed until")
        self.page.goto(link)
        expect(self.page.locator("main")).to_contain_text("was already used")

    def open_case(self) -> None:
        self.page.goto(f"{self.server.url}/cases/1")

    def move(self, name: str, **given: str) -> None:
        """Makes a move with the form that the case offers for it; it is made once the server answered."""
        form = self.page.locator(f"form[data-form={name}]")
        unfold(self.page, form)
        for field, value in given.items():
            self._fill(form.locator(f"[name={field}]"), value)
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            form.get_by_role("button").last.click()

    def _fill(self, field: Locator, value: str) -> None:
        kind = field.first.evaluate("field => field.type")
        if kind == "radio":
            choice = field.and_(self.page.locator(f"[value={value}]"))
            choice.locator("xpath=ancestor::label").click()
            expect(choice).to_be_checked()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)

    def lane(self, name: str) -> Locator:
        return self.page.get_by_role("region", name=name)


def begin(desk: Desk, mailbox: Mailbox, browser: Installed) -> bytes:
    """Set up, paired, and a post captured, which then shows that it is a case; the post's page."""
    desk.set_up(mailbox)
    mailbox.wait_for("test")
    desk.page.goto(f"{desk.server.url}/settings/reminders")
    desk.page.get_by_text("Add a destination").first.click()
    desk.add_mailbox(mailbox, desk.page.locator("#targets"))
    expect(desk.page.get_by_text("Saved.")).to_be_visible()
    desk.be_reachable_at_any_hour()

    desk.page.goto(f"{desk.server.url}/pair")
    popup = browser.press_toolbar(desk.page)
    expect(popup.get_by_text("Ada Baker").first).to_be_visible()
    popup.get_by_role("button", name="Pair this browser").click()
    expect(desk.page.locator("#paired")).to_contain_text("Paired")

    url, html = saved_post()
    post = browser.open(url, html)
    post.locator("amends-button").first.click()
    wait_until_shown(post, "link: #1")
    post.close()
    seen_again = browser.open(url, html)
    wait_until(seen_again, lambda: reloaded(seen_again, "link: #1 · New · "))
    seen_again.close()
    return html


def look_again(desk: Desk, browser: Installed, html: bytes) -> None:
    """Opens the post from its case; its writer has changed it, and the extension tells so."""
    edited = re.sub(rb'(data-testid="tweetText"[^>]*>)', rb"\1<span>All is well now. </span>", html)
    desk.page.context.route("https://x.com/**", answer_with(edited))
    desk.open_case()
    with desk.page.context.expect_page() as opened:
        desk.page.get_by_role("button", name="Recheck").first.click()
    opened.value.wait_for_url("https://x.com/**")
    browser.worker.evaluate("chrome.alarms.onAlarm.dispatch({ name: 'summary', scheduledTime: 0 })")
    wait_until(opened.value, lambda: reloaded(opened.value, "button: Recheck: #1"))
    opened.value.locator("amends-button").first.scroll_into_view_if_needed()
    press(opened.value, "Recheck: #1")
    wait_until(opened.value, lambda: any("rechecked" in name for name in inside(opened.value)))
    opened.value.close()
    desk.page.context.unroute("https://x.com/**")


def reloaded(page: Page, wanted: str) -> bool:
    """Whether something on the page begins so; else it is opened anew: the list is fetched meanwhile."""
    if any(name.startswith(wanted) for name in inside(page)):
        return True
    page.reload(wait_until="domcontentloaded")
    expect(page.locator("amends-button").first).to_be_attached()
    page.evaluate("() => new Promise((done) => setTimeout(done, 200))")
    return any(name.startswith(wanted) for name in inside(page))


@pytest.fixture
def desk(browser_with_extension: Installed, server: MovableServer) -> Desk:
    page = browser_with_extension.context.new_page()
    page.context.clear_cookies()
    page.emulate_media(reduced_motion="reduce")
    page.set_default_timeout(20_000)
    return Desk(page, server)


def test_a_post_becomes_a_case_is_followed_and_gets_its_second_chance(
    desk: Desk, server: MovableServer, mailbox: Mailbox, browser_with_extension: Installed
) -> None:
    html = begin(desk, mailbox, browser_with_extension)
    desk.page.goto(server.url)
    expect(desk.page.get_by_text("#1").first).to_be_visible()
    desk.open_case()
    expect(
        desk.page.get_by_role("link", name="x.com").or_(desk.page.get_by_text("X", exact=True)).first
    ).to_be_visible()

    desk.move("answer", severity="s3", stance="fix")
    desk.move("post_acknowledgement", reply_url="https://x.com/bakers/status/1790000000000000001")
    expect(desk.page.locator("form[data-form=contact_in_private]")).to_be_visible()

    desk.wait(days=7)
    if "#1" not in str(mailbox.wait_for(" late")["subject"]):
        desk.wait(
            days=11 / (24 * 60)
        )  # the digest of the day came first: ten minutes lie between two messages
    assert mailbox.wait_for("#1 · new case"), "who is alone hears of every new case"
    mail = mailbox.wait_for("#1 · contact in private")
    body = mail.get_body(("plain",))
    assert body is not None
    assert f"{server.url}/cases/1" in body.get_content()
    link = re.search(rf"{server.url}/act/[\w-]+", body.get_content())
    assert link
    desk.sign_in()
    desk.page.goto(server.url)
    expect(desk.lane("Overdue")).to_contain_text("#1")
    desk.snooze_from(link[0])

    desk.open_case()
    desk.move("contact_in_private", channel="email", text="What went wrong?")
    desk.move("receive_reply", channel="email", text="The cake never came.")
    desk.move("deliver_remedy", remedy="A new cake, and the money back")
    look_again(desk, browser_with_extension, html)
    desk.open_case()
    expect(desk.page.locator("ins").first).to_contain_text("All is well now")
    desk.move("confirm_fix")
    expect(desk.page.locator("form[data-form=check_in]")).to_have_count(0)

    desk.wait(days=29)
    desk.sign_in()
    desk.page.goto(server.url)
    expect(desk.page.get_by_text("#1").first).to_be_visible()
    desk.open_case()
    desk.move("check_in", channel="email", text="Did the new cake arrive?")
    desk.move("win_back", reason="They wrote that all is well, and came back.")
    expect(desk.page.get_by_text("Won back").first).to_be_visible()
    server.expect_no_traceback()
