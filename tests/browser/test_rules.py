"""A lead makes a rule, sees what it would have done, switches it on; the next case gets it and says why."""

from playwright.sync_api import Browser, expect

from tests.browser.desks import Complaints, DeskServer
from tests.extension.conftest import chrome

__all__ = ["chrome"]


def test_a_rule_is_tried_switched_on_and_explained_by_the_next_case(
    chrome: Browser, full_desk: DeskServer
) -> None:
    context = full_desk.visit(chrome, "en", reduced_motion="reduce")
    page = context.new_page()
    complaints = Complaints(page)
    page.goto("/settings/rules")
    add = page.locator("#new")
    add.get_by_label("Name").fill("Burnt cakes")
    add.get_by_label("One of these words").fill("burnt, scorched")
    add.get_by_label("Owner").select_option(index=2)
    add.get_by_label("Propose a severity").select_option("s2")
    owner = add.get_by_label("Owner").locator("option:checked").inner_text()
    add.get_by_role("button", name="Save and preview").click()
    expect(page.get_by_text("cases were tried, as they came in")).to_be_visible()
    page.get_by_role("button", name="Switch on").click()
    expect(page.locator("#list li", has_text="Burnt cakes")).to_contain_text("on")

    page.goto("/cases/new")
    page.get_by_label("What does it say?").fill("The cake was scorched on all sides.")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_text("applied the rule “Burnt cakes”").first).to_be_visible()
    expect(page.locator("#chip-owner summary")).to_contain_text(owner)
    page.goto("/triage?case=" + page.url.partition("/cases/")[2].partition("?")[0])
    expect(page.get_by_text("The rule “Burnt cakes” proposes")).to_be_visible()

    page.goto("/settings/rules")
    rule = page.locator("#list li", has_text="Burnt cakes")
    rule.locator("summary").click()
    rule.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No rules yet.")).to_be_visible()
    assert complaints.heard == []
    context.close()
