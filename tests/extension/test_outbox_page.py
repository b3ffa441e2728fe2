"""Can a person see what waits and why, and do something about it, by keyboard and on a narrow screen?"""

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import amends
from amends.rules.capture.limits import LIMITS
from tests.extension.conftest import Installed
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import open_timeline, press_button, wait_until_shown

KEEP = """async ({ key, server }) => {
  const { put } = await import('/lib/outbox.js');
  const author = { name: 'Nell Nobody', handle: '@nell' };
  const body = { platform: 'x', kind: 'post', url: 'https://x.com/nell/status/1', author, lang: 'en',
    text: 'My parcel is late', page: { url: 'https://x.com/home', title: 'Home' }, dateText: 'a while ago' };
  await put({ id: crypto.randomUUID(), to: key, server, member: 'Noor Ametz', body,
    made: new Date().toISOString(), tries: 0, next: 0, state: 'waiting', screenshot: 'none' });
}"""


@pytest.fixture
def refused(paired: Installed, receiver: Receiver) -> Iterator[Page]:
    """The outbox with one capture that the server refused."""
    receiver.refused_posts = {"https://x.com/nell/status/1"}
    paired.call(KEEP, {"key": f"{receiver.url} noor@example.com", "server": receiver.url})
    paired.send_now()
    return paired.own_page("outbox/outbox.html")


def test_a_refused_capture_says_who_wrote_what_for_whom_and_why(refused: Page, receiver: Receiver) -> None:
    row = refused.locator("#entries > li")
    for words in ("Nell Nobody", "My parcel is late", "Refused. Something is wrong in it."):
        expect(row).to_contain_text(words)
    expect(row).to_contain_text(f"Recipient: {receiver.url.removeprefix('http://')}, as Noor Ametz")
    expect(refused.locator("#count")).to_have_text("1 not sent, 1 refused")


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("0.0.9", "newer than the server (0.0.9). Ask whoever looks after the server to update it."),
        ("99.2.0", "older than the server (99.2.0). Update the extension."),
    ],
)
def test_a_refusal_says_which_of_the_two_is_to_be_updated(
    version: str, words: str, paired: Installed, receiver: Receiver
) -> None:
    receiver.version = version
    receiver.refused_posts = {"https://x.com/nell/status/1"}
    paired.call(KEEP, {"key": f"{receiver.url} noor@example.com", "server": receiver.url})
    paired.send_now()
    row = paired.own_page("outbox/outbox.html").locator("#entries > li")
    expect(row).to_contain_text(
        f"Refused. Something is wrong in it. This extension ({amends.__version__}) is {words}"
    )


def test_what_was_refused_is_mended_by_keyboard_and_arrives(refused: Page, receiver: Receiver) -> None:
    before = list(receiver.captures)
    refused.get_by_role("button", name="Edit: Nell Nobody").press("Enter")
    expect(refused.locator("textarea[name=text]")).to_be_focused()
    expect(refused.locator("form")).to_contain_text("Too long.")
    refused.keyboard.press("ControlOrMeta+a")
    refused.keyboard.type("Late")
    refused.locator("select[name=severity]").select_option("s2")
    note = refused.locator("textarea[name=note]")
    note.fill("x" * (LIMITS.note + 1))
    assert note.evaluate("field => field.validationMessage").startswith("Use at most 10000 characters.")
    note.fill("Called twice already")
    assert note.evaluate("field => field.checkValidity()")
    receiver.refused_posts = set()
    refused.get_by_role("button", name="Save and send").press("Enter")
    expect(refused.locator("#empty")).to_be_visible()
    [capture] = receiver.captures.values()
    assert before == []
    assert (capture["text"], capture["note"], capture["severity"]) == ("Late", "Called twice already", "s2")
    assert capture["author"]["handle"] == "@nell"


def test_what_is_written_stays_while_the_list_changes(refused: Page, paired: Installed) -> None:
    refused.get_by_role("button", name="Edit: Nell Nobody").click()
    refused.locator("textarea[name=note]").fill("Half a sentence")
    [entry] = paired.waiting()
    paired.call("async id => chrome.runtime.sendMessage({ type: 'drop', id })", entry["id"])
    expect(refused.locator("#empty")).to_be_visible()
    refused.get_by_role("button", name="Save and send").click()
    expect(refused.locator("#told")).to_contain_text("no longer here")
    expect(refused.locator("textarea[name=note]")).to_have_value("Half a sentence")


def test_deleting_asks_first_and_escape_keeps_it(refused: Page, paired: Installed) -> None:
    button = refused.get_by_role("button", name="Delete: Nell Nobody")
    button.press("Enter")
    expect(refused.get_by_role("button", name="Keep it")).to_be_focused()
    refused.keyboard.press("Escape")
    expect(button).to_be_focused()
    assert len(paired.waiting()) == 1
    button.press("Enter")
    refused.keyboard.press("Shift+Tab")
    refused.keyboard.press("Enter")
    expect(refused.locator("#told")).to_have_text("Deleted: Nell Nobody.")
    expect(refused.locator("#title")).to_be_focused()
    assert paired.waiting() == []


def test_everything_is_saved_in_one_file(refused: Page) -> None:
    refused.evaluate("""() => { const make = URL.createObjectURL;
      URL.createObjectURL = blob => { window.saved = blob.text(); return make.call(URL, blob); }; }""")
    with refused.expect_download() as saved:
        refused.get_by_role("button", name="Download all").click()
    assert saved.value.suggested_filename == "amends-outbox.json"
    [entry] = json.loads(refused.evaluate("() => saved"))
    assert (entry["capture"]["text"], entry["state"]) == ("My parcel is late", "failed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_outbox_is_accessible_and_narrow(
    scheme: str, refused: Page, paired: Installed, receiver: Receiver
) -> None:
    paired.pair(receiver, Receiver(port=9))
    refused.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    refused.set_viewport_size({"width": 320, "height": 640})
    refused.get_by_role("button", name="Edit: Nell Nobody").click()
    assert Axe().run(refused).response["violations"] == []
    assert refused.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_an_empty_outbox_says_so(paired: Installed) -> None:
    page = paired.own_page("outbox/outbox.html")
    expect(page.locator("#empty")).to_contain_text("Nothing waits.")
    expect(page.locator("#all")).to_be_hidden()
    assert Axe().run(page).response["violations"] == []


def test_the_popup_shows_what_waits_at_this_moment(paired: Installed, receiver: Receiver) -> None:
    popup = paired.own_page(
        "popup/popup.html?tab=" + str(paired.call("async () => (await chrome.tabs.query({}))[0].id"))
    )
    expect(popup.locator("#queue")).to_be_hidden()
    paired.call(KEEP, {"key": f"{receiver.url} noor@example.com", "server": receiver.url})
    expect(popup.locator("#queue")).to_contain_text("1 waiting to be sent")
    paired.send_now()
    expect(popup.locator("#queue")).to_be_hidden()
    pairings = paired.call("async () => (await chrome.storage.local.get('pairings')).pairings")
    refuse = "pairings => chrome.storage.local.set({ pairings })"
    paired.call(refuse, [{**pairings[0], "refused": "No longer paired."}])
    expect(popup.locator("#again")).to_contain_text("No longer paired.")
    paired.call(refuse, pairings)
    expect(popup.locator("#again")).to_be_hidden()


NOTHING_IS_KEPT = """() => {
  IDBDatabase.prototype.transaction = () => { throw new DOMException('not here', 'InvalidStateError'); };
}"""


def test_a_browser_that_keeps_nothing_says_so_before_the_click_and_after_it(
    paired: Installed, receiver: Receiver
) -> None:
    page = open_timeline(paired)
    paired.stop_worker()
    paired.call("() => chrome.runtime.sendMessage({ type: 'nothing' }).catch(() => {})")
    paired.worker.evaluate(NOTHING_IS_KEPT)
    tab = paired.call("async () => (await chrome.tabs.query({ url: 'https://x.com/*' }))[0].id")
    popup = paired.context.new_page()
    popup.add_init_script(f"({NOTHING_IS_KEPT})()")
    popup.goto(f"chrome-extension://{paired.id}/popup/popup.html?tab={tab}")
    expect(popup.locator("#again")).to_contain_text("does not let extensions store anything here")
    press_button(page)
    wait_until_shown(page, "StaticText: Not saved")
    assert receiver.captures == {}
    paired.stop_worker()
