"""May the browser end the worker at any moment without leaving a page without buttons or answers?"""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.extension.conftest import EXTENSION, Installed
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import open_timeline, press_button, wait_until_shown

WHILE_REGISTERING = """async () => {
  const { register } = await import('/lib/sites.js');
  const count = async () => (await chrome.scripting.getRegisteredContentScripts()).length;
  const before = await count();
  let [fewest, isDone] = [before, false];
  void register().then(() => { isDone = true; });
  while (!isDone) fewest = Math.min(fewest, await count());
  return [before, fewest];
}"""


def test_scripts_stay_registered_while_the_worker_starts(paired: Installed) -> None:
    before, fewest = paired.call(WHILE_REGISTERING)
    assert before == fewest > 0


def test_scripts_that_are_not_as_they_should_be_are_registered_anew(paired: Installed) -> None:
    mend = """async () => {
      const { register } = await import('/lib/sites.js');
      const { scripting } = chrome;
      const all = async () => (await scripting.getRegisteredContentScripts()).map(({ id, js, matches }) =>
        [id, js.length, matches.length]).sort();
      const before = await all();
      await scripting.unregisterContentScripts({ ids: ['x'] });
      await scripting.updateContentScripts([{ id: 'tiktok', js: ['content/page.js'] }]);
      await scripting.registerContentScripts([{ id: 'gone', js: ['content/page.js'],
        matches: ['https://x.com/*'] }]);
      await register();
      return [before, await all()];
    }"""
    before, after = paired.call(mend)
    assert before == after


def test_a_click_whose_worker_was_ended_gets_its_answer_and_is_one_capture(
    paired: Installed, receiver: Receiver
) -> None:
    receiver.held = True
    page = open_timeline(paired)
    press_button(page)
    receiver.wait_for(lambda: [path for method, path in receiver.asked if method == "PUT"])
    paired.stop_worker()
    receiver.release()
    wait_until_shown(page, "link: Already case #142")  # what a server says to the same id again
    assert len(receiver.captures) == 1


ASKED = """async ([losses, isGone]) => {
  let asked = 0;
  globalThis.Amends = {};
  globalThis.browser = { runtime: { id: 'amends', sendMessage: async () => {
    asked += 1;
    if (asked > losses) return 'answered';
    if (isGone) globalThis.browser.runtime.id = undefined;
    throw new Error('Could not establish connection. Receiving end does not exist.');
  } } };
  (0, eval)(globalThis.script);
  const answer = await Amends.ask({ type: 'known' }).catch(() => 'lost');
  return [answer, asked];
}"""


@pytest.mark.parametrize(
    ("losses", "is_gone", "wanted"),
    [
        (0, False, ["answered", 1]),
        (2, False, ["answered", 3]),
        (9, False, ["lost", 4]),
        (1, True, ["lost", 1]),
    ],
    ids=["at once", "after two losses", "given up", "the extension was updated"],
)
def test_a_message_that_was_lost_is_sent_again(
    losses: int, is_gone: bool, wanted: list[Any], chrome: Browser
) -> None:
    page = chrome.new_page()
    page.evaluate("script => { globalThis.script = script; }", (EXTENSION / "content" / "ask.js").read_text())
    assert page.evaluate(ASKED, [losses, is_gone]) == wanted
    page.close()
