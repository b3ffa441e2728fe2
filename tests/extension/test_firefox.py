"""Does the same folder work in Firefox: pairing, a selection, a button in a post, what waits, and a case?"""

import json
import shutil
from pathlib import Path

import pytest

from tests.extension import firefox
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import pairing_page
from tests.extension.test_doctor import EXAMINE
from tests.extension.test_outbox import KEEP
from tests.extension.test_own_servers import FORUM

HERE = (
    "http://localhost/*"  # another host than the server's, which therefore has to allow the extension to read
)
REGISTER = """async match => {
  const { SCRIPTS } = await import('/lib/sites.js');
  const js = SCRIPTS.map(path => `/${path}`);
  await browser.scripting.registerContentScripts([{ id: 'here', matches: [match], js }]);
}"""


SELECT = """async () => {
  const words = document.querySelector('article .cooked p').firstChild;
  getSelection().setBaseAndExtent(words, 0, words, words.nodeValue.length);
}"""
PAIR_AND_OFFER = """async match => {
  const { offered, pair } = await import('/lib/pairing.js');
  const { offerOf } = await import('/lib/offers.js');
  const [tab] = await browser.tabs.query({ url: match });
  const page = await offered(tab);
  const answer = await pair(page);
  const { captures, chosen, sure } = await offerOf(tab);
  const { pairings } = await browser.storage.local.get('pairings');
  return { page, answer, pairings, capture: captures[chosen], sure };
}"""
EXAMINE_VERDICTS = f"async to => (await ({EXAMINE})(to)).map(([label, verdict]) => [label, verdict])"


@pytest.fixture
def allowed(unpacked: Path, tmp_path: Path) -> Path:
    """The extension, allowed on a page that this computer serves."""
    folder = tmp_path / "extension"
    shutil.copytree(unpacked, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["host_permissions"].append(HERE)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_the_extension_works_in_firefox(allowed: Path, receiver: Receiver) -> None:
    program = firefox.executable()
    if program is None:
        pytest.skip("Firefox is neither installed nor could it be: install it, or name it in $FIREFOX.")
    receiver.page = FORUM.decode()
    receiver.headers["Content-Security-Policy"] = "style-src 'none'"  # ours is seen all the same
    key = f"{receiver.url} noor@example.com"
    pairing = {"key": key, "server": receiver.url, "token": receiver.token, "member": "Noor Ametz"}
    with firefox.running(program) as browser:
        browser.install(allowed)
        browser.run("pairing => browser.storage.local.set({ pairings: [pairing] })", pairing)
        browser.run(REGISTER, HERE)
        browser.open(f"http://localhost:{receiver.port}/pair")
        assert browser.height("amends-button") > 25
        browser.click("amends-button")
        receiver.wait_for(lambda: receiver.captures, seconds=20)
        browser.go_to("options/options.html")
        kept = {"key": key, "server": receiver.url, "from": 1, "count": 2, "bytes": 5_000}
        made = browser.run(KEEP, kept)
        browser.run("() => browser.runtime.sendMessage({ type: 'send' })")
        receiver.wait_for(lambda: len(receiver.screenshots) == 2, seconds=20)
        found = dict(browser.run(EXAMINE_VERDICTS, {"server": receiver.url, "token": receiver.token}))
        browser.run("() => browser.tabs.create({ url: '/outbox/outbox.html' })")
        browser.go_to("outbox/outbox.html")
    first, *later = receiver.captures.items()
    assert (first[1]["platform"], first[1]["adapter"]["name"]) == ("discourse", "discourse")
    assert [name for name, _ in later] == list(receiver.screenshots) == made
    assert all(digest for digest, _ in receiver.digests.values())
    assert [label for label, verdict in found.items() if verdict != "pass"] == ["Certificate"]


def test_a_page_pairs_and_selected_words_are_their_post_in_firefox(allowed: Path, receiver: Receiver) -> None:
    program = firefox.executable()
    if program is None:
        pytest.skip("Firefox is neither installed nor could it be: install it, or name it in $FIREFOX.")
    here = f"http://localhost:{receiver.port}"
    receiver.page = pairing_page(receiver.code, here) + FORUM.decode()
    with firefox.running(program) as browser:
        browser.install(allowed)
        browser.run(REGISTER, HERE)
        browser.open(f"{here}/pair")
        browser.run(SELECT)
        browser.go_to("options/options.html")
        found = browser.run(PAIR_AND_OFFER, HERE)
    assert found["page"] == {"code": receiver.code, "server": here, "member": "Noor Ametz"}
    assert found["answer"] == {}
    [pairing] = found["pairings"]
    assert (pairing["server"], pairing["token"], pairing["member"]) == (here, receiver.token, "Noor Ametz")
    assert found["sure"]
    assert found["capture"]["author"]["handle"] == "@nell"
    assert (found["capture"]["id"], found["capture"]["text"].splitlines()[0]) == (
        "901",
        "Mon colis est perdu.",
    )
