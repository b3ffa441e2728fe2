"""Are ten new cases decided by keyboard alone, one after the other?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Mailbox, wait_for_requests
from tests.browser.offices import Office, march, opened


@pytest.fixture
def office(tmp_path: Path, database_url: str, mailbox: Mailbox, chrome: Browser) -> Iterator[Office]:
    with opened(tmp_path, database_url, mailbox, chrome, "ten", march(3, 10)) as office:
        yield office


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_ten_new_cases_are_decided_by_keyboard(office: Office) -> None:
    bob = office.member("bob").sign_in()
    page = bob.page
    press(page, "g", "n")
    for place in range(8):
        expect(page.locator("h1")).to_have_text(f"Triage 1 of {10 - place}")
        page.wait_for_load_state()  # its scripts hear keys from then on
        press(page, "3", "Tab", "Space")  # the first nature is a complaint
        expect(page.locator(".advice")).to_contain_text("Recommended: Answer")
        press(page, "e")
    watch(page)
    expect(page.locator("h1")).to_have_text("Triage 1 of 1")
    page.wait_for_load_state()
    press(page, "4", "f", "e")
    expect(page.get_by_text("All cases are triaged.")).to_be_visible()

    page.get_by_text("Go to Today").click()
    expect(page.locator("main .card-title")).to_have_count(9)  # the tenth is watched, beside the lanes
    assert "New" not in page.locator("main").inner_text().split("New case")[1]
    expect(page.locator("[data-lane=their_move]")).to_contain_text("Watched silently")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_recommendation_is_for_all_that_was_said_however_quickly(office: Office) -> None:
    page = office.member("bob").sign_in().go("/triage")
    page.wait_for_load_state()
    held: list[Route] = []
    page.route("**/look", lambda route: held.append(route))
    page.keyboard.press("3")
    page.locator("label.chip", has_text="Complaint").click()
    page.locator("select[name=fault]").select_option("ours")
    page.locator("select[name=customer_status]").select_option("verified")
    wait_for_requests(page, held, 4)
    for route in reversed(held):
        route.continue_()
    expect(page.locator(".advice")).to_contain_text("Recommended: Put it right")
    expect(page.locator("#notices .notice")).to_have_count(0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_mark_of_the_recommendation_stands_beside_its_word(office: Office) -> None:
    page = office.member("bob").sign_in().go("/triage")
    page.wait_for_load_state()
    page.locator("label.chip", has_text="Complaint").click()
    mark = page.locator("label.chip span span[aria-hidden]")
    expect(mark).to_have_text("★")
    [left, right, *edges] = mark.evaluate(
        """mark => {
            const chip = mark.parentElement.getBoundingClientRect()
            const word = document.createRange()
            word.selectNode(mark.parentElement.firstChild)
            const box = mark.getBoundingClientRect()
            const [before, after] = [box.left - word.getBoundingClientRect().right, chip.right - box.right]
            const {borderLeftWidth, backgroundColor} = getComputedStyle(mark)
            return [before, after, borderLeftWidth, backgroundColor]
        }"""
    )
    assert left >= 0
    assert right >= 0
    assert edges == ["0px", "rgba(0, 0, 0, 0)"]


def watch(page: Page) -> None:
    """Who does not answer says why, and when to look again; else the same case comes back."""
    expect(page.locator("h1")).to_have_text("Triage 1 of 2")
    page.wait_for_load_state()
    press(page, "w", "e")
    expect(page.locator("#triage-reason-error")).to_be_visible()
    page.get_by_label("Why this decision?").fill("It wants attention")
    page.get_by_label("Check again on").fill("2027-03-17")
    page.get_by_label("Why this decision?").press("Control+Enter")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_colleague_is_asked_in_one_press_while_what_was_chosen_stays(office: Office) -> None:
    page = office.member("bob").sign_in().go("/triage")
    page.wait_for_load_state()
    press(page, "3")
    page.get_by_label("Why this decision?").fill("Half of it is typed")
    page.get_by_role("button", name="Is this a joke?").click()
    expect(page.locator("#question-list")).to_contain_text("waiting for an answer")
    expect(page.get_by_label("Why this decision?")).to_have_value("Half of it is typed")
    expect(page.locator("[name=severity][value=s3]")).to_be_checked()
    asked = page.locator("#question-list").inner_text().partition(" asked ")[2].partition(";")[0]

    theirs = office.member(asked.split()[0].lower()).sign_in().go("/")
    theirs.locator(".asked-of-me").get_by_role("button", name="Serious").click()
    expect(theirs.locator(".asked-of-me")).to_have_count(0)
    expect(page.locator("#question-list")).to_contain_text(f"{asked}: Serious")
    expect(page.get_by_label("Why this decision?")).to_have_value("Half of it is typed")
    press(page, "a")
    page.get_by_role("button", name="Decide and continue").click()
    expect(page.locator("h1")).to_have_text("Triage 1 of 9")
