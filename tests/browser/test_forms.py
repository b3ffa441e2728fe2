"""Is nothing that was typed lost, and does nothing happen twice?"""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.desks import STARTS_AT, Complaints, DeskServer
from tests.browser.offices import unfold
from tests.extension.conftest import chrome

__all__ = ["chrome"]

PASSWORD = "seven quiet ovens"  # as the desk has it
NUMBERS = count(1)
AHEAD = f"{STARTS_AT + timedelta(days=90):%Y-%m-%d}T10:00"  # whatever instant the desk starts at


@pytest.fixture
def page(chrome: Browser, full_desk: DeskServer) -> Iterator[Page]:
    """Ada, on a case."""
    context = full_desk.visit(chrome, "en")
    page = context.new_page()
    complaints = Complaints(page)
    page.goto(f"/cases/{full_desk.told['cases']['working']}")
    yield page
    assert not [
        heard for heard in complaints.heard if not re.search("Failed to (load resource|fetch)", heard)
    ]
    context.close()


@pytest.fixture
def words() -> str:
    """What no other test types."""
    return f"The courier number {next(NUMBERS)}"


def keep_note(page: Page) -> None:
    page.get_by_role("button", name="Save note").click()


def in_timeline(page: Page, words: str) -> int:
    return page.locator(".entries").get_by_text(words, exact=True).count()


def copies(page: Page) -> str:
    return str(page.evaluate("JSON.stringify(sessionStorage)"))


def test_after_signing_in_again_what_was_typed_is_on_its_page(page: Page, words: str) -> None:
    case = page.url
    form = page.locator("form[data-form=reminder]")
    unfold(page, form)
    form.locator("[name=words]").fill(words)
    form.locator("[type=datetime-local]").fill(AHEAD)
    page.context.clear_cookies()
    form.get_by_role("button").click()
    page.wait_for_url("**/sign-in?next=*")
    page.get_by_label("Email address").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(case)
    expect(page.get_by_text("What you typed before is here again.")).to_be_visible()
    expect(form.locator("[name=words]")).to_have_value(words)
    expect(form.locator("[type=datetime-local]")).to_have_value(AHEAD)
    form.get_by_role("button").click()
    expect(page.locator("#notices")).to_contain_text("Reminder set.")
    page.reload()
    expect(page.get_by_text("What you typed before is here again.")).to_have_count(0)
    assert words not in copies(page)


def test_the_server_is_away_and_what_was_typed_outlives_the_page(page: Page, words: str) -> None:
    def away(route: Route) -> None:
        route.abort()

    page.route("**/notes", away)
    page.locator("#note").fill(words)
    keep_note(page)
    expect(page.locator("#notices")).to_contain_text("The server cannot be reached.")
    page.reload()
    expect(page.locator("#note")).to_have_value(words)
    page.unroute("**/notes", away)
    keep_note(page)
    expect(page.locator("#notices")).to_contain_text("Note added.")
    assert in_timeline(page, words) == 1


def test_an_answer_that_was_lost_makes_no_second_note(page: Page, words: str) -> None:
    def loses_the_answer(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    page.route("**/notes", loses_the_answer)
    page.locator("#note").fill(words)
    keep_note(page)
    expect(page.locator("#notices")).to_contain_text("The server cannot be reached.")
    page.unroute("**/notes", loses_the_answer)
    page.evaluate("document.cookie = 'amends_accepted=; Max-Age=0; Path=/'")
    page.reload()
    expect(page.locator("#note")).to_have_value(words)
    keep_note(page)
    expect(page.locator("#notices")).to_contain_text("Note added.")
    assert in_timeline(page, words) == 1


def test_a_double_click_keeps_one_note(page: Page, words: str) -> None:
    page.locator("#note").fill(words)
    page.get_by_role("button", name="Save note").dblclick()
    expect(page.locator("#notices")).to_contain_text("Note added.")
    page.reload()
    assert in_timeline(page, words) == 1


def test_another_form_of_the_page_does_not_take_away_what_is_being_typed(page: Page, words: str) -> None:
    page.locator("#note").fill(words)
    page.locator("form[action$='/watch'] button").click()
    expect(page.locator("#notices")).to_contain_text("Saved.")
    expect(page.locator("#note")).to_have_value(words)
    page.locator("form[action$='/watch'] button").click()


def test_what_was_typed_on_a_page_that_was_left_can_be_thrown_away(page: Page, words: str) -> None:
    page.goto("/settings")
    page.get_by_label("Your name").fill(words)
    page.goto("/agenda")
    page.goto("/settings")
    expect(page.get_by_label("Your name")).to_have_value(words)
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_label("Your name")).to_have_value("Ada Baker")


def test_no_password_is_copied_and_nothing_stays_after_signing_out(page: Page, words: str) -> None:
    page.locator("#note").fill(words)
    assert words in copies(page)
    page.goto("/settings/sign-in")
    for field in page.locator("[type=password]").all():
        field.evaluate("field => { field.value = 'never to be stored' }")
        field.dispatch_event("input")
    assert "never to be stored" not in copies(page)
    page.route("**/sign-out", lambda route: route.fulfill(status=204))  # others use the session
    page.evaluate("document.querySelector('form[action=\"/sign-out\"]').requestSubmit()")
    assert not re.search("amends.draft", copies(page))


def test_what_happened_is_said_once_and_not_again_after_a_reload(page: Page) -> None:
    address = page.url.partition("?")[0].partition("#")[0]
    page.goto(f"{address}?notice=saved#owed")
    said = page.locator("#notices .notice")
    expect(said).to_be_visible()
    expect(page).to_have_url(f"{address}#owed")
    page.reload()
    expect(page.locator("#next-step")).to_be_visible()
    expect(said).to_have_count(0)
