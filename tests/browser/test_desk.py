"""Does the desk's day go well: promises, two cases that are one, the day of a second chance?"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desks import Complaints, DeskServer
from tests.browser.offices import unfold
from tests.extension.conftest import chrome

__all__ = ["chrome"]


@pytest.fixture
def desk_page(chrome: Browser, full_desk: DeskServer) -> Iterator[Page]:
    context = full_desk.visit(chrome, "en")
    opened = context.new_page()
    complaints = Complaints(opened)
    yield opened
    assert not complaints.heard
    context.close()


def promise(page: Page, words: str, *, now: datetime) -> None:
    form = page.locator("form[data-form=promise]")
    unfold(page, form)
    form.locator("[name=words]").fill(words)
    tomorrow = now + timedelta(days=1)
    form.locator("[name=due_at]").fill(tomorrow.strftime("%Y-%m-%dT10:00"))
    form.get_by_role("button", name="Add promise").click()
    expect(page.locator("#owed")).to_contain_text(words)


def test_one_promise_is_kept_and_another_is_broken(desk_page: Page, full_desk: DeskServer) -> None:
    desk_page.goto(f"/cases/{full_desk.told['cases']['working']}")
    for words, verb, told in (
        ("A call before noon", "Kept", "kept a promise"),
        ("A box of their own", "Broken", "marked a promise as broken"),
    ):
        promise(desk_page, words, now=full_desk.now())
        desk_page.locator(".case-side").get_by_role("button", name=verb).click()
        expect(desk_page.locator(".entries > li").last).to_contain_text(told)
        expect(desk_page.locator("#owed")).not_to_contain_text(words)


def test_a_case_is_joined_to_another_and_parts_from_it_again(desk_page: Page, full_desk: DeskServer) -> None:
    number, kept = (full_desk.told["cases"][stage] for stage in ("contact", "acknowledge"))
    desk_page.goto(f"/cases/{number}?do=join")
    desk_page.get_by_label("Number of the case that stays").fill(str(kept))
    desk_page.locator("#next-step button.primary").click()
    expect(desk_page.get_by_role("link", name=f"Merged into #{kept}")).to_be_visible()
    desk_page.goto(f"/cases/{kept}")
    expect(desk_page.get_by_text("Another post of this case")).to_be_visible()
    desk_page.go_back()
    desk_page.get_by_role("button", name="Undo").click()
    expect(desk_page.get_by_role("link", name=f"Merged into #{kept}")).to_have_count(0)
    desk_page.goto(f"/cases/{kept}")
    expect(desk_page.get_by_text("Another post of this case")).to_have_count(0)
    expect(desk_page.locator(".entries")).to_contain_text(f"merged case #{number} into this one")


def test_on_the_day_of_the_second_chance_one_card_says_it_all(desk_page: Page) -> None:
    desk_page.goto("/cases?stage=second_chance&late=on")
    desk_page.locator("a[data-row]").first.click()
    card = desk_page.locator(".second-chance")
    for heading in ("What happened", "What we did", "What we promised", "The post since then"):
        expect(card).to_contain_text(heading)
    expect(card.locator("blockquote")).to_have_count(2)
    expect(card).to_contain_text("No gift or discount")
    expect(desk_page.locator("#next-step")).to_contain_text("Write to them in private")
    message = desk_page.locator("form[data-form=check_in]")
    message.get_by_text("Direct message", exact=True).click()
    message.locator("button.primary").click()
    expect(desk_page.locator(".case-chips").first).to_contain_text("Check-in sent")
    for outcome in ("win_back", "lose", "hear_new_problem"):
        expect(desk_page.locator(f"input[name=move][value={outcome}]")).to_have_count(1)


def test_a_post_is_written_down_answered_and_posted_with_few_clicks(
    desk_page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    loads: list[str] = []
    desk_page.on("load", lambda page: loads.append(page.url))
    clicks = 0

    def click(role: Literal["button", "link", "radio"], name: str) -> None:
        nonlocal clicks
        clicks += 1
        desk_page.get_by_role(role, name=name, exact=True).first.click()

    desk_page.goto("/cases/new")
    desk_page.get_by_label("Address of the post").fill("https://x.com/dana/status/1700000000000055555")
    desk_page.get_by_label("What does it say?").fill("Charged twice, and nobody answers.")
    click("button", "Open the case")
    desk_page.locator("form[data-form=answer] label", has_text="S3").click()
    clicks += 1
    click("button", "Decide to answer")
    desk_page.get_by_role("textbox", name="Public reply").fill(
        "We are sorry, Dana. Please go on with us here:"
    )
    click("button", "Add a private link")
    expect(desk_page.get_by_role("textbox", name="Public reply")).to_have_value(re.compile("/h/AM-"))
    click("button", "Save draft")
    desk_page.get_by_label("Address of the reply").first.fill("https://x.com/bakers/status/1")
    click("button", "Mark as posted")
    expect(desk_page.locator(".case-chips")).to_contain_text("Contact privately")
    with capsys.disabled():
        print(f"\nfrom hand entry to posted, with a private link: {clicks} clicks, {len(loads)} page loads")  # noqa: T201
    assert clicks <= 8
    assert len(loads) <= 4
