"""Does a customer without an account reach us from their phone, and does somebody of ours hear of it?"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Mailbox
from tests.browser.offices import Colleague, Office, march, opened

BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def office(
    request: pytest.FixtureRequest, tmp_path: Path, database_url: str, mailbox: Mailbox, chrome: Browser
) -> Iterator[Office]:
    """An office whose beginning the test names."""
    with opened(tmp_path, database_url, mailbox, chrome, *request.param) as office:
        yield office


def link_of(member: Colleague, number: int, called: str) -> str:
    """A member makes the link of a case from its page, and reads it there."""
    page = member.go(f"/cases/{number}")
    page.get_by_role("link", name=called).click()
    page.get_by_role("button", name="Create the link").click()
    return page.locator("code.secret-link").inner_text()


def on_a_phone(office: Office, link: str) -> Page:
    page = office.member("customer", **PHONE).page
    page.goto(link)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    return page


@BOTH
@pytest.mark.parametrize("office", [("answered", march(3, 10))], indirect=True, ids=["answered"])
def test_a_customer_goes_on_in_private_and_the_case_goes_on_with_them(office: Office) -> None:
    bob = office.member("bob").sign_in()
    link = link_of(bob, 1, "Continue in private")
    phone = on_a_phone(office, link)
    assert "#1" not in phone.content()
    phone.get_by_label("How can we reach you?").fill("dana@example.org")
    phone.get_by_label("What would put it right?").fill("<b>A new cake</b> on Friday")
    phone.get_by_label("You may keep what I write here").check()
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("status")).to_contain_text("A member of our team will read what you wrote.")

    page = bob.go("/cases/1")
    expect(page.locator(".case-chips")).to_contain_text("In progress")
    expect(page.locator(".entries")).to_contain_text("<b>A new cake</b> on Friday")
    expect(page.locator(".entries")).to_contain_text("dana@example.org")
    expect(page.locator("#facts")).to_contain_text("given")
    bob.go("/cases/1/private-link").get_by_role("button", name="Revoke").click()
    phone.goto(link)
    expect(phone.locator("main")).to_contain_text("This link is not valid, or has expired.")


@BOTH
@pytest.mark.parametrize("office", [("calm", march(5, 16))], indirect=True, ids=["calm"])
def test_an_answer_to_the_check_in_is_heard_of_at_once(office: Office, mailbox: Mailbox) -> None:
    office.it_is(march(31, 11))
    assert mailbox.wait_for("3 reminders", to="bob")
    bob = office.member("bob").sign_in()
    bob.go("/cases/3")
    bob.send("check_in", channel="email")
    phone = on_a_phone(office, link_of(bob, 3, "Ask how things are"))
    phone.get_by_label("No, it is not solved").check()
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("status")).to_contain_text("A member of our team will read what you wrote.")
    office.it_is(march(31, 11, 15))
    subject = str(mailbox.wait_for("#3", to="bob")["subject"])
    assert re.search(r"#3 · .*(late|due)", subject), subject
    page = office.member("bob").sign_in().go("/cases/3")
    expect(page.locator(".entries")).to_contain_text("No, it is not solved")
