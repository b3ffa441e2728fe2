"""A lead writes a playbook, and a member works through it on a case."""

from playwright.sync_api import Browser, expect

from tests.browser.desks import Complaints, DeskServer
from tests.extension.conftest import chrome

__all__ = ["chrome"]


def test_a_playbook_is_written_and_worked_through(chrome: Browser, full_desk: DeskServer) -> None:
    context = full_desk.visit(chrome, "en", reduced_motion="reduce")
    page = context.new_page()
    complaints = Complaints(page)
    page.goto("/settings/playbooks")
    page.get_by_role("link", name="New playbook").click()
    page.get_by_label("Name", exact=True).fill("Complaints")
    page.get_by_label("For").select_option("nature:complaint")
    first, second = (page.get_by_role("group", name=f"Step {number}", exact=True) for number in (1, 2))
    first.get_by_label("What to do, or what to ask").fill("Ring the shop")
    second.get_by_label("What to do, or what to ask").fill("Date of the visit?")
    second.get_by_text("Kind, contact, due within, place").click()
    second.get_by_label("Kind").select_option("ask")
    second.get_by_label("Name of the answer").fill("visit_date")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("2 steps · not started on a case yet")).to_be_visible()

    page.goto(f"/cases/{full_desk.told['cases']['working']}")
    page.locator(".playbook-offers li", has_text="Complaints").get_by_role("button").click()
    checklist = page.locator(".checklist", has_text="Complaints")
    expect(checklist).to_contain_text("0 of 2")
    checklist.get_by_role("button", name="Done").first.click()
    expect(checklist).to_contain_text("1 of 2")
    answer = checklist.get_by_label("Answer")
    answer.fill("Last Friday")
    answer.press("Enter")
    expect(checklist).to_contain_text("2 of 2")
    expect(page.get_by_text("recorded the answer to “Date of the visit?”")).to_be_visible()
    assert complaints.heard == []
    context.close()
