"""A threat, as a team lives it: one press, the plan, a call, a link for the police, and the way back."""

from playwright.sync_api import Browser, expect

from tests.browser.desks import Complaints, DeskServer
from tests.extension.conftest import chrome

__all__ = ["chrome"]


def test_one_press_leads_from_the_post_to_the_police(chrome: Browser, full_desk: DeskServer) -> None:
    context = full_desk.visit(chrome, "en", reduced_motion="reduce")
    page = context.new_page()
    complaints = Complaints(page)
    number = full_desk.told["cases"]["acknowledge"]
    page.goto(f"/cases/{number}")
    page.get_by_role("button", name="This is a threat").press("Enter")
    held = page.get_by_role("region", name="Threat")
    expect(held).to_contain_text("Replies and drafts are held until a lead lifts that.")
    plan = page.locator(".checklist", has_text="Threat plan")  # in the language of the reader
    plan.get_by_role("button", name="Done").first.click()
    expect(plan).to_contain_text("1 of 9")

    held.get_by_role("link", name="Plan, contacts, dossier").click()
    expect(page.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    page.get_by_label("Who", exact=True).fill("Officer Roe")
    page.get_by_role("button", name="Record that they were told").click()
    expect(page.locator("#told")).to_contain_text("Officer Roe By phone")
    page.get_by_label("For whom?").fill("Officer Roe")
    page.get_by_role("button", name="Make a link to the dossier").click()
    link = page.get_by_label("Send this link yourself.").input_value()

    police = chrome.new_context()
    there = police.new_page()
    there.goto(link)
    with there.expect_download() as download:
        there.get_by_role("link", name="Download the ZIP").click()
    assert download.value.suggested_filename == f"dossier-{number}.zip"
    page.goto(f"/cases/{number}/threat")
    expect(page.locator("#links")).to_contain_text("downloaded 1 time")
    page.get_by_role("button", name="Revoke").click()
    there.goto(link)
    expect(there.get_by_role("heading", level=1)).to_contain_text("not valid")
    police.close()

    page.get_by_text("It was no threat", exact=True).first.click()
    page.get_by_label("Why?").fill("A line of a song")
    page.get_by_role("button", name="It was no threat").click()
    expect(page.get_by_text("No longer flagged as a threat.")).to_be_visible()
    expect(page.get_by_role("button", name="This is a threat")).to_be_visible()
    assert complaints.heard == []
    context.close()
