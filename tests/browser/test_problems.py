"""A problem, as a lead lives it: from the line on Today to the last person who is told."""

from playwright.sync_api import Browser, expect

from tests.browser.desks import Complaints, DeskServer
from tests.extension.conftest import chrome

__all__ = ["chrome"]


def test_three_posts_become_a_problem_and_everybody_is_told(chrome: Browser, full_desk: DeskServer) -> None:
    context = full_desk.visit(chrome, "en", reduced_motion="reduce")
    page = context.new_page()
    complaints = Complaints(page)
    page.goto("/")
    page.get_by_role("link", name="shared by several people").click()
    concern = page.locator(".concern", has_text="spring brochure")
    expect(concern).to_contain_text("3 people wrote nearly the same")
    concern.get_by_role("link", name="Make it a problem").click()
    page.get_by_label("Title").fill("The till refuses the voucher")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The till refuses the voucher")

    form = page.locator("form[data-form=change]")
    form.get_by_label("In English").fill("{author}, the tills take the voucher now.")
    form.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Approve these words").click()
    page.get_by_role("button", name="It is fixed").click()
    page.get_by_role("link", name="Tell the next one").click()
    for name in ("Noor", "Otto", "Pia"):
        expect(page.get_by_label("What you send")).to_have_value(f"{name}, the tills take the voucher now.")
        page.get_by_text("Direct message", exact=True).click()
        page.get_by_role("button", name="I have sent it").click()
    expect(page.get_by_text("Everyone was told.")).to_be_visible()
    assert complaints.heard == []
    context.close()
