"""How do several members live one story? Each with a browser and a mailbox, at the hour it has come to."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Mailbox, MovableServer
from tests.statements import execute
from tests.waiting import wait_until

PASSWORD = "seven quiet ovens"
PARIS = ZoneInfo("Europe/Paris")


def march(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An hour in the week of these stories: Friday is the 5th, Monday the 8th of March 2027, in Paris."""
    return datetime(2027, 3, day, hour, minute, tzinfo=PARIS)


class Colleague:
    """A member and their browser."""

    def __init__(self, name: str, page: Page, url: str) -> None:
        self.name, self.page, self.url = name, page, url
        page.set_default_timeout(20_000)

    def sign_in(self) -> "Colleague":
        self.page.goto(f"{self.url}/sign-in")
        self.page.locator("[name=email]").fill(f"{self.name}@example.org")
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("main form button").first.click()
        expect(self.page.locator(".main-nav")).to_be_visible()
        return self

    def go(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def send(self, form: str, **given: str) -> None:
        """Opens what hides a form of the case's page, fills it and sends it."""
        send(self.page, form, **given)

    def overdue(self) -> int:
        """How many are late, as the navigation says beside Today."""
        self.go("/")
        figure = self.page.locator(".main-nav [data-count='/']").inner_text()
        return int(figure.split()[0]) if figure.strip() else 0


def send(page: Page, name: str, **given: str) -> None:
    """Fills a form that a case offers, by the names of its fields, and presses its button.

    Returns once the server answered: a page that is left before takes the form's request with it.
    """
    form = page.locator(f"form[data-form={name}]")
    unfold(page, form)
    for field, value in given.items():
        fill(page, form.locator(f"[name={field}]"), value)
    address = form.evaluate("form => new URL(form.getAttribute('action') ?? '', location).pathname")
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and urlsplit(answer.url).path == address
    ):
        form.get_by_role("button").last.click()


def unfold(page: Page, form: Locator) -> None:
    """Opens what hides a form of a case: its tab of the composer, and what is folded, from the outside in."""
    form.wait_for(state="attached")
    tab = form.locator("xpath=ancestor::*[@data-tab]")
    if tab.count():
        page.locator(f"#tab-{tab.get_attribute('data-tab')}").check()
    for part in form.locator("xpath=ancestor::details").all():
        if part.get_attribute("open") is None:
            part.locator("> summary").click()


def fill(page: Page, field: Locator, value: str) -> None:
    """Types, chooses or ticks, as the field wants it."""
    kind = field.first.evaluate("field => field.type")
    if kind == "radio":
        choice = field.and_(page.locator(f"[value={value}]"))
        choice.locator("xpath=ancestor::label").click()
        expect(choice).to_be_checked()
    elif kind.startswith("select"):
        field.select_option(**({"value": value} if "-" in value else {"label": value}))
    else:
        field.fill(value)


class Office:
    """A team at work on a server of its own."""

    def __init__(self, server: MovableServer, mailbox: Mailbox, browser: Browser) -> None:
        self.server, self.mailbox, self.browser = server, mailbox, browser
        self.pages: list[Page] = []

    def member(self, name: str, **options: Any) -> Colleague:
        """Somebody at their own browser, not signed in yet."""
        page = self.browser.new_context(reduced_motion="reduce", **options).new_page()
        self.pages.append(page)
        return Colleague(name, page, self.server.url)

    def it_is(self, at: datetime) -> None:
        """Pages that stand open would ask the server for news at the new hour: they are closed first.

        What is on its way arrives before: its lease would end with the jump, and it would be sent again.
        """
        for page in self.pages:
            page.goto("about:blank")
        sending = "SELECT id FROM nudge WHERE state = 'sending'"
        wait_until(lambda: not execute(self.server.database_url, sending), "a message is still on its way")
        self.server.move_to(at)


@contextmanager
def opened(
    folder: Path, database_url: str, mailbox: Mailbox, browser: Browser, story: str, at: datetime
) -> Iterator[Office]:
    """An office with that beginning, at that hour."""
    server = MovableServer(folder, database_url, mailbox, story, at=at)
    office = Office(server, mailbox, browser)
    yield office
    for page in office.pages:
        page.context.close()
    server.stop()
    server.expect_no_traceback()
