"""Can somebody do the whole work without a mouse, and switch the single keys off (WCAG 2.1.4)?"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import wait_for_requests
from tests.browser.desks import Complaints, DeskServer
from tests.extension.conftest import chrome

__all__ = ["chrome"]


STOPS_OF_A_PAGE = 160
"""Tab stops that a page has at most: fifty cases have two each."""


class Keys:
    """Somebody at a keyboard; nothing here clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, words: str) -> None:
        """Goes on until the element with this name has the focus."""
        for _ in range(STOPS_OF_A_PAGE):
            self.press("Tab")
            if self.focused() == words:
                return
        raise AssertionError(f"{words!r} is not reached, the focus is on {self.focused()!r}")

    def focused(self) -> str:
        name: str = self.page.evaluate(
            "() => { const at = document.activeElement;"
            " return (at.labels?.[0] ?? at).textContent.trim().replace(/\\s+/g, ' '); }"
        )
        return name

    def is_at(self, address: str) -> None:
        expect(self.page).to_have_url(address)
        self.page.wait_for_load_state()  # its scripts hear keys from then on


@pytest.fixture
def keys(chrome: Browser, full_desk: DeskServer) -> Iterator[Keys]:
    context = full_desk.visit(chrome, "en", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    complaints = Complaints(page)
    yield Keys(page)
    assert not complaints.heard
    context.close()


def test_one_signs_in_and_goes_everywhere(chrome: Browser, full_desk: DeskServer) -> None:
    context = full_desk.visit(chrome)
    keys = Keys(context.new_page())
    keys.page.goto("/sign-in")
    keys.tab_to("Email address")
    keys.page.keyboard.type("ada@example.org")
    keys.tab_to("Password")
    keys.page.keyboard.type("seven quiet ovens")
    keys.press("Enter")
    keys.is_at(f"{full_desk.url}/")
    for name, address in (("c", "/cases"), ("a", "/agenda"), ("s", "/settings"), ("t", "/")):
        keys.press("g", name)
        keys.is_at(full_desk.url + address)
    keys.press("Tab")
    assert keys.focused() == "Skip to the content"
    keys.press("Enter")
    assert keys.page.evaluate("document.activeElement.id") == "main"
    context.close()


def test_what_is_due_gets_another_date_without_being_dragged(keys: Keys) -> None:
    keys.page.goto("/agenda?view=late")
    late = keys.page.locator(".due").all_inner_texts()
    movable = [at for at, words in enumerate(late) if "Reschedule" in words]
    place = next(at for at in movable if "second chance" not in late[at].lower())  # its own day has a test
    keys.press(*["j"] * (place + 1))
    name = keys.page.locator(".due:has([data-row]:focus)").get_attribute("id")
    keys.press("Tab", "Enter")
    keys.page.get_by_label("New date").fill("2031-11-05T09:30")
    keys.tab_to("Save due date")
    keys.press("Enter")
    expect(keys.page.get_by_text("Due date changed.")).to_be_visible()
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("Agenda")
    keys.page.goto("/agenda?view=day&day=2031-11-05")
    expect(keys.page.locator(f"#{name} time")).to_have_text("09:30")


def test_a_list_is_walked_and_a_case_opened(keys: Keys, full_desk: DeskServer) -> None:
    keys.page.goto("/cases?stage=all")
    rows = keys.page.locator("[data-row]")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        keys.press(key)
        expect(rows.nth(place)).to_be_focused()
    chosen = rows.nth(1).get_attribute("href")
    keys.press("Enter")
    keys.is_at(f"{full_desk.url}{chosen}")
    keys.press("u")
    keys.is_at(f"{full_desk.url}/cases")


def test_a_case_is_written_by_hand(keys: Keys, full_desk: DeskServer) -> None:
    keys.page.goto("/cases")
    keys.press("a")
    keys.is_at(f"{full_desk.url}/cases/new")
    keys.tab_to("Address of the post")
    keys.page.keyboard.type("https://x.com/dana/status/1700000000000044444")
    keys.tab_to("What does it say?")
    keys.page.keyboard.type("Written by hand.")
    keys.press("Control+Enter")
    expect(keys.page.get_by_text("Case opened.")).to_be_visible()
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text("Written by hand.")


def test_a_new_case_is_answered_noted_and_taken_back(keys: Keys, full_desk: DeskServer) -> None:
    number = full_desk.told["cases"]["new"]
    keys.page.goto(f"/cases/{number}")
    keys.press("e")
    expect(keys.page.locator("#next-step :focus")).to_have_count(1)
    keys.press("2")
    form = keys.page.locator("form[data-form=answer]")
    expect(form.locator("[name=severity][value=s2]")).to_be_checked()
    keys.press("Control+Enter")
    expect(keys.page.locator("#next-step").get_by_role("link", name="Write the reply")).to_be_visible()
    expect(keys.page.get_by_text("Done. The next step is set.")).to_be_visible()
    expect(keys.page.locator("undo-bar .undo-left")).to_contain_text(" s")
    keys.press("z")
    expect(keys.page.get_by_text("Undone.")).to_be_visible()
    expect(form).to_be_visible()

    keys.press("n")
    note = keys.page.get_by_label("Note for the team")
    expect(note).to_be_focused()
    keys.page.keyboard.type("They rang: g c, 1, z and ? are only letters here")
    expect(note).to_have_value("They rang: g c, 1, z and ? are only letters here")
    expect(form.locator("[name=severity][value=s1]")).not_to_be_checked()
    keys.press("Control+Enter")
    expect(keys.page.get_by_text("Note added.")).to_be_visible()
    expect(keys.page.get_by_text("They rang: g c, 1, z and ? are only letters here")).to_be_visible()


def test_a_case_is_taken_snoozed_and_searched_for(keys: Keys, full_desk: DeskServer) -> None:
    keys.page.goto(f"/cases/{full_desk.told['cases']['acknowledge']}")
    keys.press("o")
    expect(keys.page.get_by_label("Owner", exact=True)).to_be_focused()
    keys.press("Escape", "s")
    expect(keys.page.locator("form[data-form=snooze]")).to_be_visible()
    keys.press(".")
    expect(keys.page.locator("#notices")).not_to_be_empty()
    keys.press("i")
    expect(keys.page.get_by_text("Owner changed.")).to_be_visible()
    keys.press("g", "c")
    keys.is_at(f"{full_desk.url}/cases")
    keys.press("/")
    expect(keys.page.get_by_role("searchbox", name="Search")).to_be_focused()
    keys.press("Escape")
    expect(keys.page.get_by_role("searchbox", name="Search")).not_to_be_focused()


def test_the_list_of_keys_opens_closes_and_switches_them_off(keys: Keys, full_desk: DeskServer) -> None:
    keys.page.goto("/")
    keys.press("?")
    dialog = keys.page.get_by_role("dialog")
    expect(dialog.get_by_text("Next case", exact=True)).to_be_visible()
    keys.press("Escape")
    expect(dialog).not_to_be_visible()
    asked: list[str] = []
    keys.page.on("request", lambda request: asked.append(request.url))
    keys.press("?")
    expect(dialog.get_by_text("Next case", exact=True)).to_be_visible()
    keys.tab_to("Single keys work outside of fields")
    keys.press("Space", "Escape")
    assert asked == []  # a list that came anew would take the box away from under the key
    keys.press("g", "c", "?", "j")
    expect(dialog).not_to_be_visible()
    keys.is_at(f"{full_desk.url}/")
    keys.page.goto("/shortcuts")
    keys.tab_to("Single keys work outside of fields")
    keys.press("Space", "g", "c")
    keys.is_at(f"{full_desk.url}/cases")


def test_a_button_is_called_by_its_words_and_says_its_key_while_keys_work(keys: Keys) -> None:
    keys.page.goto("/triage")
    button = keys.page.get_by_role("button", name="Decide and continue", exact=True)
    expect(button).to_have_attribute("aria-keyshortcuts", "e")
    keys.page.evaluate("localStorage.setItem('amends.keys', JSON.stringify({ e: 'y' }))")
    keys.page.reload()
    expect(button).to_have_attribute("aria-keyshortcuts", "y")
    keys.page.goto("/shortcuts")
    keys.page.get_by_label("Single keys work outside of fields").uncheck()
    keys.page.goto("/triage")
    expect(button).not_to_have_attribute("aria-keyshortcuts", re.compile("."))
    expect(keys.page.locator(".find")).to_have_attribute("aria-keyshortcuts", "Control+K Meta+K")


def test_a_key_that_comes_before_htmx_has_read_the_page_is_heard(keys: Keys) -> None:
    keys.page.add_init_script(
        "const later = setTimeout;"
        "window.setTimeout = (what, after, ...rest) => later(what, after || 60000, ...rest);"
    )
    keys.page.goto("/")
    keys.press("?")
    expect(keys.page.get_by_role("dialog").get_by_text("Next case", exact=True)).to_be_visible()


def test_a_command_is_found_by_a_part_of_its_name(keys: Keys, full_desk: DeskServer) -> None:
    number = full_desk.told["cases"]["working"]
    field = keys.page.get_by_role("combobox", name="Find a case, a person, a reply or a page")
    keys.page.goto(f"/cases/{number}")
    keys.press("Control+k")
    expect(field).to_be_focused()
    keys.page.keyboard.type("NOT")
    keys.press("Enter")
    expect(keys.page.get_by_label("Note for the team")).to_be_focused()
    keys.press("Control+k")  # also from within a field
    expect(field).to_have_value("")
    keys.page.keyboard.type("pair brow")
    keys.press("Enter")
    keys.is_at(f"{full_desk.url}/pair")
    for words, address in (
        (f"#{number}", f"/cases/{number}"),
        ("late & lost", "/cases?stage=all&words=late%20%26%20lost"),
    ):
        keys.press("Control+k")
        expect(field).to_be_focused()
        keys.page.keyboard.type(words)
        keys.press("Enter")
        keys.is_at(full_desk.url + address)


def test_what_is_typed_before_the_list_of_commands_has_come_is_not_lost(
    keys: Keys, full_desk: DeskServer
) -> None:
    asked: list[Route] = []
    keys.page.route("**/commands", lambda route: asked.append(route))
    keys.page.goto("/")
    keys.press("Control+k")
    keys.page.keyboard.type("nobody like")
    wait_for_requests(keys.page, asked, 1)
    asked[0].continue_()
    field = keys.page.get_by_role("combobox", name="Find a case, a person, a reply or a page")
    expect(field).to_have_value("nobody like")
    keys.page.goto("/")
    keys.press("Control+k")
    keys.page.keyboard.type("pair brow")
    keys.press("Enter")
    wait_for_requests(keys.page, asked, 2)
    asked[1].continue_()
    keys.is_at(f"{full_desk.url}/pair")


def test_another_key_does_what_a_printed_one_did(keys: Keys, full_desk: DeskServer) -> None:
    keys.page.goto("/shortcuts")
    agenda = keys.page.get_by_label("Another key for “Agenda”")
    for wish, said in (("g c", "That key is taken."), ("agn", "One key, or g and one key.")):
        agenda.fill(wish)
        keys.press("Tab")
        expect(keys.page.get_by_text(said)).to_be_visible()
    agenda.fill("g y")
    keys.press("Tab")
    expect(keys.page.get_by_text("One key, or g and one key.")).to_be_hidden()
    keys.page.goto("/")
    expect(keys.page.get_by_title("Agenda (g y)")).to_be_visible()
    keys.press("g", "a")
    keys.is_at(f"{full_desk.url}/")
    keys.press("g", "y")
    keys.is_at(f"{full_desk.url}/agenda")


def test_several_cases_are_chosen_and_handed_over_together(keys: Keys) -> None:
    keys.page.goto("/cases")
    change = keys.page.get_by_role("button", name="Change them …")
    expect(change).to_be_hidden()
    keys.press("j", "x", "j", "x")
    expect(keys.page.locator(".row-choice:checked")).to_have_count(2)
    expect(change).to_be_visible()
    keys.tab_to("Change them …")
    keys.press("Enter")
    expect(keys.page.get_by_role("heading", name="2 cases", level=1)).to_be_visible()


def test_a_turn_is_moved_in_the_list_and_the_button_keeps_the_focus(keys: Keys) -> None:
    keys.page.goto("/settings/duties")
    rows = keys.page.locator(".turns > li")
    first, second = (rows.nth(place).get_attribute("data-name") for place in (0, 1))
    keys.page.get_by_role("button", name=f"Move down: {first}", exact=True).focus()
    keys.press("Enter")
    expect(rows.nth(0)).to_have_attribute("data-name", second or "")
    expect(rows.nth(1)).to_have_attribute("data-name", first or "")
    expect(keys.page.get_by_role("button", name=f"Move down: {first}", exact=True)).to_be_focused()
    expect(keys.page.locator("turn-list [role=status]")).to_contain_text(f"{first}: place 2 of")
    keys.press("Shift+Tab", "Enter")
    expect(rows.nth(0)).to_have_attribute("data-name", first or "")
    expect(keys.page.get_by_role("button", name=f"Move down: {first}", exact=True)).to_be_focused()


def test_every_command_has_a_name_and_search_leaves_most_of_the_page_in_sight(keys: Keys) -> None:
    dialog = keys.page.locator("#commands-dialog")
    for address in ("/cases", "/people", "/replies"):
        keys.page.goto(address)
        keys.press("Control+k")
        expect(dialog.get_by_role("combobox")).to_be_focused()
        lines = dialog.get_by_role("option")
        expect(lines).not_to_have_count(0)
        told = lines.evaluate_all(
            "lines => lines.map(l => [l.firstChild.textContent.trim(), l.querySelector('kbd')?.textContent])"
        )
        assert [name for name, key in told if not name or name == key] == []
        box, window = dialog.bounding_box(), keys.page.viewport_size
        assert box
        assert window
        assert box["y"] + box["height"] < 0.6 * window["height"]


def test_the_settings_at_hand_is_in_sight_in_a_low_window(keys: Keys) -> None:
    keys.page.set_viewport_size({"width": 1280, "height": 600})
    for address in ("/settings", "/settings/extension"):
        keys.page.goto(address)
        expect(keys.page.locator(".settings-nav [aria-current]")).to_be_in_viewport(ratio=1)
