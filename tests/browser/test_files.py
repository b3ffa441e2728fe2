"""Files are chosen, pasted and dropped into the composer, looked at before they are sent, and shown after."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import WCAG, violations
from tests.browser.desks import Complaints, DeskServer
from tests.extension.conftest import chrome

__all__ = ["chrome"]

GIVE = """([element, kind, name, type, base64]) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const given = new DataTransfer();
  given.items.add(new File([bytes], name, { type }));
  const how = { bubbles: true, cancelable: true };
  const event = kind === 'paste'
    ? new ClipboardEvent(kind, { ...how, clipboardData: given })
    : new DragEvent(kind, { ...how, dataTransfer: given });
  element.dispatchEvent(event);
}"""
TINY = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
PDF = "JVBERi0xLjcgaW52b2ljZQ=="


@pytest.fixture
def page(chrome: Browser, full_desk: DeskServer) -> Iterator[Page]:
    """Ada, on a case."""
    context = full_desk.visit(chrome, "en")
    page = context.new_page()
    complaints = Complaints(page)
    page.goto(f"/cases/{full_desk.told['cases']['working']}")
    yield page
    assert not complaints.heard
    context.close()


def give(page: Page, selector: str, kind: str, name: str, type: str, content: str) -> None:
    """Pastes or drops a file on an element, as a browser tells a page."""
    page.evaluate(GIVE, [page.query_selector(selector), kind, name, type, content])


def photo() -> bytes:
    drawn = BytesIO()
    Image.linear_gradient("L").resize((800, 600)).convert("RGB").save(drawn, "JPEG")
    return drawn.getvalue()


def test_what_is_pasted_dropped_and_chosen_is_looked_at_and_sent_with_the_note(page: Page) -> None:
    form = page.locator("form[data-form=note]")
    page.locator("#tab-note").check()
    give(page, "#note", "paste", "image.png", "image/png", TINY)
    give(page, "#post", "drop", "invoice.pdf", "application/pdf", PDF)
    form.locator("input[type=file]").set_input_files(
        [{"name": "parcel.jpg", "mimeType": "image/jpeg", "buffer": photo()}]
    )
    expect(form.locator(".chosen li")).to_have_count(3)
    expect(form.locator(".chosen img")).to_have_count(2)
    form.get_by_role("button", name="Remove: image.png").click()
    expect(form.locator(".chosen li")).to_have_count(2)
    page.locator("#note").fill("The parcel as it came, with its invoice")
    form.get_by_role("button", name="Save note").click()
    expect(page.locator("#notices")).to_contain_text("Note added.")
    entry = page.locator(".entries li.said").last
    expect(entry.get_by_role("link", name=re.compile("^(invoice.pdf|parcel.jpg)$"))).to_have_count(2)
    expect(page.locator("form[data-form=note] .chosen li")).to_have_count(0)
    expect(page.locator("#files .file-list > li")).to_have_count(2)
    with page.expect_download() as download:
        entry.get_by_role("link", name="invoice.pdf").click()
    assert download.value.suggested_filename == "invoice.pdf"


def test_what_was_refused_keeps_the_words_and_the_other_files(page: Page) -> None:
    page.locator("#tab-private").check()
    page.locator("[data-tab=private] textarea").fill("Not sent yet.")
    form = page.locator("form[data-form=note]")
    page.locator("#tab-note").check()
    page.locator("#note").fill("Look at this")
    give(page, "#note", "drop", "invoice.pdf", "application/pdf", PDF)
    give(page, "#note", "drop", "page.html", "text/html", "PHNjcmlwdD4=")
    form.get_by_role("button", name="Save note").click()
    expect(page.locator("#note-files-error")).to_contain_text("“page.html” cannot be attached.")
    expect(page.locator("#note-files-error")).to_be_visible()
    expect(page.locator("#note")).to_have_value("Look at this")
    expect(form.locator(".chosen li")).to_have_count(2)
    form.get_by_role("button", name="Remove: page.html").click()
    form.get_by_role("button", name="Save note").click()
    expect(page.locator("#notices")).to_contain_text("Note added.")
    expect(page.locator("[data-tab=private] textarea")).to_have_value("Not sent yet.")


def test_too_many_files_are_refused_before_they_are_sent(page: Page) -> None:
    form = page.locator("form[data-form=note]")
    page.locator("#tab-note").check()
    many = [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": b"x"} for n in range(11)]
    form.locator("input[type=file]").set_input_files(many)
    expect(form.get_by_role("alert")).to_have_text("Attach at most 10 files at once.")
    expect(form.locator(".chosen li")).to_have_count(0)
    assert form.locator("input[type=file]").evaluate("field => field.files.length") == 0


def test_a_note_is_pinned_and_edited_by_keyboard_and_its_page_is_sound(page: Page) -> None:
    page.locator("#tab-note").check()
    page.locator("#note").fill("They will ring at noon")
    page.locator("#note").press("Control+Enter")
    expect(page.locator("#notices")).to_contain_text("Note added.")
    entry = page.locator(".entries li.said").last
    entry.get_by_role("button", name="Pin", exact=True).press("Enter")
    expect(page.locator("#pinned-note")).to_contain_text("They will ring at noon")
    entry.get_by_role("link", name="Edit").press("Enter")
    field = entry.locator("textarea")
    expect(field).to_be_focused()
    field.fill("They will ring at one")
    field.press("Control+Enter")
    expect(page.locator("#pinned-note")).to_contain_text("They will ring at one")
    entry.get_by_text("1 earlier version").press("Enter")
    expect(entry.get_by_text("They will ring at noon")).to_be_visible()
    assert violations(page, WCAG) == []
    page.locator("#pinned-note").get_by_role("button", name="Unpin").press("Enter")
    expect(page.locator("#pinned-note")).to_have_count(0)
