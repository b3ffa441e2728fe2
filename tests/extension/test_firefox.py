"""Does the same folder work in Firefox: pairing, a selection, a button, and what waits behind a proxy?"""

from typing import Any

from tests.extension import nginx
from tests.extension.conftest import LOCAL, Proxy
from tests.extension.firefox import Firefox
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import pairing_page
from tests.extension.test_doctor import EXAMINE
from tests.extension.test_outbox import KEEP
from tests.extension.test_own_servers import FORUM
from tests.extension.test_proxy import BEHIND, PICTURE, REFUSE_FIRST, REFUSED

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


def pairing(server: str, token: str, member: str = "Noor") -> dict[str, str]:
    key = f"{server} {member.lower()}@example.com"
    return {"key": key, "server": server, "token": token, "member": member}


def pair(browser: Firefox, *pairings: dict[str, str]) -> None:
    browser.run("pairings => browser.storage.local.set({ pairings })", list(pairings))


def keep(browser: Firefox, to: dict[str, str], count: int, first: int = 1, size: int = 0) -> list[str]:
    asked = {"key": to["key"], "server": to["server"], "from": first, "count": count, "bytes": size}
    made: list[str] = browser.run(KEEP, asked)
    return made


def send_now(browser: Firefox) -> None:
    browser.run("() => browser.runtime.sendMessage({ type: 'send' })")


def waiting(browser: Firefox) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.run("async () => (await import('/lib/outbox.js')).entries()")
    return found


def refused(browser: Firefox) -> list[str | None]:
    found: list[str | None] = browser.run(REFUSED)
    return found


def test_a_click_in_a_page_makes_a_case_and_what_waits_goes_with_its_pictures(
    in_firefox: Firefox, receiver: Receiver
) -> None:
    browser = in_firefox
    receiver.page = FORUM.decode()
    receiver.headers["Content-Security-Policy"] = "style-src 'none'"  # ours is seen all the same
    here = pairing(receiver.url, receiver.token)
    pair(browser, here)
    browser.run(REGISTER, LOCAL)
    browser.open(f"http://localhost:{receiver.port}/pair")
    assert browser.height("amends-button") > 25
    browser.click("amends-button")
    receiver.wait_for(lambda: receiver.captures, seconds=20)
    browser.go_to("options/options.html")
    made = keep(browser, here, 2, size=5_000)
    send_now(browser)
    receiver.wait_for(lambda: len(receiver.screenshots) == 2, seconds=20)
    found = dict(browser.run(EXAMINE_VERDICTS, {"server": receiver.url, "token": receiver.token}))
    browser.run("() => browser.tabs.create({ url: '/outbox/outbox.html' })")
    browser.go_to("outbox/outbox.html")
    first, *later = receiver.captures.items()
    assert (first[1]["platform"], first[1]["adapter"]["name"]) == ("discourse", "discourse")
    assert [name for name, _ in later] == list(receiver.screenshots) == made
    assert all(digest for digest, _ in receiver.digests.values())
    assert [label for label, verdict in found.items() if verdict != "pass"] == ["Certificate"]


def test_a_page_pairs_and_selected_words_are_their_post(in_firefox: Firefox, receiver: Receiver) -> None:
    browser = in_firefox
    here = f"http://localhost:{receiver.port}"
    receiver.page = pairing_page(receiver.code, here) + FORUM.decode()
    browser.run(REGISTER, LOCAL)
    browser.open(f"{here}/pair")
    browser.run(SELECT)
    browser.go_to("options/options.html")
    found = browser.run(PAIR_AND_OFFER, LOCAL)
    assert found["page"] == {"code": receiver.code, "server": here, "member": "Noor Ametz"}
    assert found["answer"] == {}
    [paired] = found["pairings"]
    assert (paired["server"], paired["token"], paired["member"]) == (here, receiver.token, "Noor Ametz")
    assert found["sure"]
    assert found["capture"]["author"]["handle"] == "@nell"
    assert (found["capture"]["id"], found["capture"]["text"].splitlines()[0]) == (
        "901",
        "Mon colis est perdu.",
    )


@BEHIND
def test_what_a_proxy_refuses_is_named_and_holds_up_nothing(
    readable: str, status: str, in_firefox: Firefox, receiver: Receiver, proxy: Proxy
) -> None:
    there = pairing(proxy(readable + REFUSE_FIRST.format(403)), receiver.token)
    pair(in_firefox, there)
    made = keep(in_firefox, there, 3)
    send_now(in_firefox)
    assert list(receiver.captures) == made[1:]
    [left] = waiting(in_firefox)
    assert (left["id"], left["state"], left["tries"]) == (made[0], "waiting", 1)
    assert left["problem"].startswith("Something in front of Amends (a proxy, a firewall) refused this one")
    assert status in left["problem"]
    assert refused(in_firefox) == [None]


def test_a_page_of_a_proxy_in_place_of_an_answer_acknowledges_nothing(
    in_firefox: Firefox, receiver: Receiver, proxy: Proxy
) -> None:
    settings = nginx.READABLE + REFUSE_FIRST.format('200 "<h1>Welcome to the hotel</h1>"')
    there = pairing(proxy(settings), receiver.token)
    pair(in_firefox, there)
    made = keep(in_firefox, there, 2)
    send_now(in_firefox)
    assert list(receiver.captures) == made[1:]
    [left] = waiting(in_firefox)
    assert left["problem"].startswith(f"Something other than Amends answers at {there['server']}")
    assert refused(in_firefox) == [None]


@BEHIND
def test_a_picture_that_is_too_large_for_a_proxy_is_made_smaller_once(
    readable: str, status: str, in_firefox: Firefox, receiver: Receiver, proxy: Proxy
) -> None:
    there = pairing(proxy(readable + "client_max_body_size 200k;"), receiver.token)
    pair(in_firefox, there)
    name = "00000000-0000-4000-8000-000000000001"
    asked = {"key": there["key"], "server": there["server"], "id": name, "width": 400, "height": 400}
    assert in_firefox.run(PICTURE, asked) > 200_000
    send_now(in_firefox)
    assert waiting(in_firefox) == []
    assert receiver.screenshots[name][8:12] == b"WEBP"
    assert len(receiver.screenshots[name]) < 200_000
    digest, redacted = receiver.digests[name]
    assert digest
    assert redacted == "blurred"


def test_a_header_taken_away_is_told_from_a_token_that_was_revoked(
    in_firefox: Firefox, receiver: Receiver, proxy: Proxy
) -> None:
    stripped = pairing(proxy('proxy_set_header Authorization "";'), receiver.token)
    revoked = pairing(receiver.url, "token-of-another-day", "Iris")
    pair(in_firefox, stripped, revoked)
    keep(in_firefox, stripped, 1)
    keep(in_firefox, revoked, 1, first=2)
    send_now(in_firefox)
    taken, told = waiting(in_firefox)
    assert "a proxy removes the Authorization header" in taken["problem"]
    assert told["state"] == "waiting"
    assert refused(in_firefox) == [None, "This browser is no longer paired."]
    assert receiver.captures == {}


def test_what_is_made_while_the_server_is_away_waits_and_goes_when_it_is_back(
    in_firefox: Firefox, receiver: Receiver
) -> None:
    here = pairing(receiver.url, receiver.token)
    pair(in_firefox, here)
    receiver.stop()
    made = keep(in_firefox, here, 2, size=5_000)
    send_now(in_firefox)
    assert [(left["id"], left["screenshot"]) for left in waiting(in_firefox)] == [
        (name, "kept") for name in made
    ]
    assert waiting(in_firefox)[0]["problem"].endswith("does not answer.")
    receiver.start()
    send_now(in_firefox)
    receiver.wait_for(lambda: len(receiver.screenshots) == 2)
    assert waiting(in_firefox) == []
    assert list(receiver.captures) == list(receiver.screenshots) == made
