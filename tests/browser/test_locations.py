"""A lead lists two shops, a member gives a case to one, takes it back, and narrows the list to it."""

from playwright.sync_api import Browser, expect

from tests.browser.desks import Complaints, DeskServer
from tests.extension.conftest import chrome

__all__ = ["chrome"]


def test_a_case_is_given_to_a_shop_taken_back_and_found_there(chrome: Browser, full_desk: DeskServer) -> None:
    context = full_desk.visit(chrome, "en", reduced_motion="reduce")
    page = context.new_page()
    complaints = Complaints(page)
    page.goto("/settings/locations")
    add = page.locator("#new")
    for name in ("Rennes Centre", "Nantes"):
        add.get_by_label("Name").fill(name)
        add.get_by_label("Its public pages").fill(f"https://bean.example/{name.split()[0]}")
        add.get_by_role("button", name="Add location").click()
        expect(page.locator("#list")).to_contain_text(name)

    number = full_desk.told["cases"]["working"]
    page.goto(f"/cases/{number}")
    chip = page.locator("#chip-location")
    for is_second in (False, True):
        chip.locator("summary").click()
        chip.get_by_label("Location or brand").select_option("Rennes Centre")
        chip.get_by_role("button", name="Set location").click()
        expect(chip.locator("summary")).to_contain_text("Rennes Centre")
        if not is_second:
            page.locator("undo-bar").get_by_role("button").click()
            expect(chip.locator("summary")).not_to_contain_text("Rennes Centre")
    expect(page.get_by_text("set the location to Rennes Centre").first).to_be_visible()

    page.goto("/settings/locations")
    page.locator("#list li", has_text="Rennes Centre").get_by_role("link").click()
    expect(page.locator(f'main a[href^="/cases/{number}"]').first).to_be_visible()
    expect(page.get_by_role("link", name="Rennes Centre").first).to_be_visible()
    assert complaints.heard == []
    context.close()
