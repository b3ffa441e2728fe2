"""A storm, as a lead lives it: from the posts to the review."""

from playwright.sync_api import Browser, expect

from tests.browser.desks import Complaints, DeskServer
from tests.extension.conftest import chrome

__all__ = ["chrome"]


def test_a_leak_is_led_from_its_posts_to_its_review(chrome: Browser, full_desk: DeskServer) -> None:
    context = full_desk.visit(chrome, "en", reduced_motion="reduce")
    page = context.new_page()
    complaints = Complaints(page)
    page.goto("/problems")
    concern = page.locator(".concern", has_text="spring brochure")
    concern.get_by_role("link", name="Open an incident").click()
    page.get_by_label("What happened?").select_option("Data leak")
    page.get_by_label("Title").fill("The voucher list is public")
    page.get_by_role("button", name="Open the incident").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The voucher list is public")
    expect(page.get_by_role("heading", name="Replies on hold")).to_be_visible()
    expect(page.locator("#plan")).to_contain_text("Notify the data protection authority")
    expect(page.locator("#cases")).to_contain_text("3 cases")

    page.get_by_label("Fact", exact=True).fill("1,204 addresses were in the file.")
    page.get_by_label("Source").first.fill("IT, 17:55")
    page.get_by_role("button", name="Add the fact").click()
    expect(page.locator("#facts")).to_contain_text("IT, 17:55")
    page.get_by_label("In English").fill("A list was public. It is not any more.")
    page.get_by_role("button", name="Save as a new version").click()
    page.get_by_role("button", name="Version 1 is published").click()
    expect(page.locator("#line")).to_contain_text("Version 1 was published")

    page.locator("#cases a", has_text="voucher").first.click()
    expect(page.locator(".hold-line")).to_contain_text("The voucher list is public")
    page.locator(".hold-line").get_by_role("button", name="Release the reply").click()
    expect(page.locator("#cases")).to_contain_text("released")

    page.get_by_text("Close the incident", exact=True).first.click()
    page.get_by_label("Who writes the review?").select_option(index=1)
    page.get_by_role("button", name="Close the incident").click()
    expect(page.locator("#timeline")).to_contain_text("published version 1 of the holding statement")
    page.get_by_role("link", name="Show every line").click()
    page.locator("#timeline li", has_text="fact sheet").get_by_role(
        "button", name="Add to the review"
    ).click()
    page.get_by_role("link", name="Show the pinned lines alone").click()
    expect(page.locator("#timeline")).to_contain_text("1,204 addresses")
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_label("How?").fill("Ask for two readers of every export")
    page.get_by_label("Owner").select_option(index=1)
    page.get_by_label("By", exact=True).fill("2027-03-20T10:00")
    page.get_by_role("button", name="Add the action").click()
    page.get_by_role("button", name="It is reviewed").click()
    expect(page.locator(".problem-facts")).to_contain_text("Reviewed")
    assert complaints.heard == []
    context.close()
