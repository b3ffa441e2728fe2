"""Do two members on one case see each other's work, without either losing what they type?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desks import Complaints, DeskServer
from tests.extension.conftest import chrome

__all__ = ["chrome"]


@pytest.fixture
def two(chrome: Browser, full_desk: DeskServer) -> Iterator[tuple[Page, Page]]:
    """Ada and Anne, each in a browser of their own, on the same case."""
    contexts = [full_desk.visit(chrome, language) for language in ("en", "fr")]
    ada, anne = (context.new_page() for context in contexts)
    complaints = [Complaints(page) for page in (ada, anne)]
    for page in (ada, anne):
        page.goto(f"/cases/{full_desk.told['cases']['working']}")
    yield ada, anne
    assert not [heard for one in complaints for heard in one.heard]
    for context in contexts:
        context.close()


def test_what_one_does_appears_for_the_other_and_never_over_what_they_type(two: tuple[Page, Page]) -> None:
    ada, anne = two
    anne.locator("#note").press_sequentially("The carrier")
    expect(ada.get_by_text("Writing right now: Anne Boulanger")).to_be_visible()
    ada.locator("#note").fill("I was typing this")
    anne.locator("#note").fill("The carrier has it")
    anne.get_by_role("button", name="Enregistrer la note").click()
    expect(ada.get_by_text("Changed in the meantime by Anne Boulanger")).to_be_visible()
    expect(ada.locator("#note")).to_have_value("I was typing this")
    ada.get_by_role("link", name="Show it").click()
    expect(ada.get_by_text("The carrier has it")).to_be_visible()
    expect(ada.locator("#note")).to_have_value("I was typing this")
    ada.locator("#note").fill("")
    ada.locator("h1").click()
    anne.locator("#note").fill("And lost it again")
    anne.get_by_role("button", name="Enregistrer la note").click()
    expect(ada.get_by_text("And lost it again")).to_be_visible()


def test_ones_own_private_link_is_no_change_by_somebody_else(two: tuple[Page, Page]) -> None:
    ada, _anne = two
    ada.locator("label", has=ada.locator("#tab-reply")).click()
    ada.locator("#answer-text").fill("We are sorry.")
    before = int(ada.locator("#case").get_attribute("data-version") or 0)
    ada.get_by_role("button", name="Add a private link").click()
    expect(ada.locator("#case")).to_have_attribute("data-version", str(before + 1))
    ada.get_by_role("button", name="Check it").click()
    expect(ada.locator("#looked")).not_to_be_empty()
    expect(ada.locator(".live-changed")).to_be_hidden()
    ada.locator("#chip-severity > summary").click()
    ada.locator("#chip-severity label", has_text="S4").click()
    ada.locator("#chip-severity button.primary").click()
    expect(ada.locator("#chip-severity > summary")).to_contain_text("S4")


def test_files_that_were_chosen_outlive_what_a_colleague_does(two: tuple[Page, Page]) -> None:
    ada, anne = two
    picker = ada.locator("attach-files", has=ada.locator("#note-files"))
    anne.locator("#note").fill("A word from a colleague")
    anne.get_by_role("button", name="Enregistrer la note").click()
    expect(ada.get_by_text("A word from a colleague")).to_be_visible()
    expect(picker).to_have_class("attach is-scripted")
    letter = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"The parcel was open."}
    ada.locator("#note-files").set_input_files(letter)  # type: ignore[arg-type]
    expect(picker.locator(".chosen")).to_contain_text("letter.txt")
    anne.locator("#note").fill("And another one")
    anne.get_by_role("button", name="Enregistrer la note").click()
    expect(ada.get_by_text("Changed in the meantime by Anne Boulanger")).to_be_visible()
    expect(picker.locator(".chosen")).to_contain_text("letter.txt")
    ada.locator("#note").fill("With the letter")
    ada.get_by_role("button", name="Save note").click()
    expect(ada.locator(".entries")).to_contain_text("letter.txt")
    expect(ada.locator(".entries")).to_contain_text("And another one")
    expect(picker.locator(".chosen li")).to_have_count(0)
    assert ada.locator("#note-files").evaluate("field => field.files.length") == 0


def test_the_second_of_two_decisions_sees_both_and_chooses(two: tuple[Page, Page]) -> None:
    ada, anne = two
    step = "What comes next?", "Quelle est la suite ?"
    ada.get_by_label(step[0]).first.fill("Ring the carrier")
    anne.locator("#next-step input[name=next_step]").first.fill("Send a new one")
    anne.locator("#next-step button.primary").first.click()
    expect(anne.locator(".entries")).to_contain_text("Send a new one")
    ada.locator("#next-step button.primary").first.click()
    expect(ada.get_by_text("Someone else has changed this case in the meantime.")).to_be_visible()
    expect(ada.locator(".entries")).to_contain_text("Send a new one")
    expect(ada.get_by_label(step[0]).first).to_have_value("Ring the carrier")
    ada.locator("#next-step button.primary").first.click()
    expect(ada.locator(".entries")).to_contain_text("Ring the carrier")
