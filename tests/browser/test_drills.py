"""A drill, as a team holds it: from the press to the score."""

from playwright.sync_api import Browser, expect

from tests.browser.desks import Complaints, DeskServer
from tests.extension.conftest import chrome

__all__ = ["chrome"]


def test_a_drill_is_held_from_the_press_to_its_score(chrome: Browser, full_desk: DeskServer) -> None:
    context = full_desk.visit(chrome, "en", reduced_motion="reduce")
    page = context.new_page()
    complaints = Complaints(page)
    page.goto("/incidents")
    page.get_by_role("link", name="Hold a drill").click()
    page.get_by_role("link", name="Go on with it").click()  # the one of another member comes first
    page.get_by_role("button", name="Stop the drill").click()
    page.get_by_role("link", name="Hold another drill").click()
    page.get_by_label("What happens?").select_option("Data leak")
    page.get_by_role("button", name="Start the drill").click()
    expect(page.locator(".drill-mark")).to_contain_text("Every post and person here is invented.")
    expect(page.locator("#storm")).to_contain_text("1 post")
    page.get_by_label("In English").fill("We look into it.")
    with page.expect_response(lambda answer: answer.request.headers.get("hx-request") == "true"):
        pass  # the storm reads itself again, and nothing typed is lost
    expect(page.get_by_label("In English")).to_have_value("We look into it.")
    page.get_by_role("button", name="Save the statement").click()
    page.get_by_role("button", name="Put the replies on hold").click()
    page.locator("#plan li", has_text="Close the access").get_by_role("button").click()
    expect(page.locator("#plan")).to_contain_text("3 of 12")
    page.get_by_role("button", name="Stop the drill").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Score")
    expect(page.locator("main")).to_contain_text("Tell the data protection officer")
    assert complaints.heard == []
    context.close()
