"""What a reverse proxy (a real nginx) refuses is named as its own refusal, and holds up nothing else."""

from pathlib import Path
from typing import Any

import pytest

from tests.extension import nginx
from tests.extension.conftest import Installed, Proxy
from tests.extension.receiver import Receiver
from tests.extension.test_outbox import KEEP

BEHIND = pytest.mark.parametrize(
    ("readable", "status"), [(nginx.READABLE, "(403)"), ("", "may not read why")]
)
REFUSE_FIRST = (
    "location ~ captures/0.*001$ {{ if ($request_method = PUT) {{ return {}; }} proxy_pass $amends; }}"
)
PICTURE = """async ({ key, server, id, width, height }) => {
  const { attach, put } = await import('/lib/outbox.js');
  const { digestOf } = await import('/lib/pictures.js');
  const body = { platform: 'x', kind: 'post', url: `https://x.com/nell/status/${id.at(-1)}`, text: 'Late' };
  await put({ id, to: key, server, member: 'Noor Ametz', body, made: new Date().toISOString(),
    tries: 0, next: 0, state: 'waiting', screenshot: 'taking' });
  const noise = new ImageData(width, height);
  for (let at = 0; at < noise.data.length; at += 40_000)
    crypto.getRandomValues(noise.data.subarray(at, at + 40_000));
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d').putImageData(noise, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  await attach(id, { blob, digest: await digestOf(blob), redacted: true });
  return blob.size;
}"""
REFUSED = (
    "async () => (await (await import('/lib/pairings.js')).pairings()).map(({ refused }) => refused ?? null)"
)


def pair(browser: Installed, address: str, receiver: Receiver) -> str:
    """Works for the server behind that address; the key of the pairing."""
    key = f"{address} noor@example.com"
    pairing = {"key": key, "server": address, "token": receiver.token, "member": "Noor Ametz"}
    browser.call("pairing => chrome.storage.local.set({ pairings: [pairing] })", pairing)
    return key


def keep(browser: Installed, address: str, key: str, count: int) -> list[str]:
    asked = {"key": key, "server": address, "from": 1, "count": count, "bytes": 0}
    made: list[str] = browser.call(KEEP, asked)
    return made


def picture(browser: Installed, address: str, key: str, at: int, side: int) -> str:
    name = f"00000000-0000-4000-8000-{at:012}"
    asked: dict[str, Any] = {"key": key, "server": address, "id": name, "width": side, "height": side}
    browser.call(PICTURE, asked)
    return name


@BEHIND
def test_what_a_firewall_refuses_is_set_aside_and_the_rest_goes_on(
    readable: str, status: str, browser_with_extension: Installed, receiver: Receiver, proxy: Proxy
) -> None:
    browser = browser_with_extension
    address = proxy(readable + REFUSE_FIRST.format(403))
    key = pair(browser, address, receiver)
    made = keep(browser, address, key, 3)
    browser.send_now()
    assert list(receiver.captures) == made[1:]
    [left] = browser.waiting()
    assert (left["id"], left["state"], left["tries"]) == (made[0], "waiting", 1)
    assert left["problem"].startswith("Something in front of Amends (a proxy, a firewall) refused this one")
    assert status in left["problem"]
    assert browser.call(REFUSED) == [None]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "asks for a sign-in of its own (401)"),
        (429, "lets no more through at the moment"),
        (502, "A proxy answers, but Amends behind it does not (502)."),
        (404, "refused this one (404)"),
        ('200 "<h1>Welcome to the hotel</h1>"', "Something other than Amends answers at 127.0.0.1"),
    ],
)
def test_each_answer_of_a_proxy_is_named_and_never_asks_to_pair_again(
    status: int | str, words: str, browser_with_extension: Installed, receiver: Receiver, proxy: Proxy
) -> None:
    browser = browser_with_extension
    address = proxy(nginx.READABLE + REFUSE_FIRST.format(status))
    key = pair(browser, address, receiver)
    made = keep(browser, address, key, 2)
    browser.send_now()
    assert list(receiver.captures) == made[1:]
    assert words.replace("127.0.0.1", address) in browser.waiting()[0]["problem"]
    assert browser.call(REFUSED) == [None]


@BEHIND
def test_a_picture_that_is_too_large_for_a_proxy_is_made_smaller_once(
    readable: str, status: str, browser_with_extension: Installed, receiver: Receiver, proxy: Proxy
) -> None:
    browser = browser_with_extension
    address = proxy(readable + "client_max_body_size 200k;")
    key = pair(browser, address, receiver)
    name = picture(browser, address, key, 1, 400)
    browser.send_now()
    browser.until_waiting(0)
    assert receiver.screenshots[name][8:12] == b"WEBP"
    assert len(receiver.screenshots[name]) < 200_000
    digest, redacted = receiver.digests[name]
    assert digest
    assert redacted == "blurred"


def test_a_picture_that_no_proxy_takes_holds_up_no_other(
    browser_with_extension: Installed, receiver: Receiver, proxy: Proxy
) -> None:
    browser = browser_with_extension
    address = proxy(nginx.READABLE + "client_max_body_size 8k;")
    key = pair(browser, address, receiver)
    large, small = picture(browser, address, key, 1, 900), picture(browser, address, key, 2, 16)
    browser.send_now()
    assert list(receiver.captures) == [large, small]
    assert list(receiver.screenshots) == [small]
    [left] = browser.waiting()
    assert (left["id"], left["case"]["number"]) == (large, 142)
    assert "takes nothing this large (413)" in left["problem"]
    browser.send_now()
    assert browser.waiting()[0]["bytes"] == left["bytes"]  # it was made smaller once, and not again


def test_basic_auth_in_front_of_everything_is_not_taken_for_amends(
    browser_with_extension: Installed, receiver: Receiver, proxy: Proxy, tmp_path: Path
) -> None:
    browser = browser_with_extension
    (tmp_path / "people").write_text("noor:{PLAIN}secret\n")
    address = proxy(f'auth_basic "Staff only"; auth_basic_user_file {tmp_path / "people"};')
    key = pair(browser, address, receiver)
    made = keep(browser, address, key, 2)
    browser.send_now()
    assert [entry["id"] for entry in browser.waiting()] == made
    assert browser.waiting()[0]["problem"].startswith("Something other than Amends answers")
    assert browser.call(REFUSED) == [None]


def test_a_header_that_a_proxy_takes_away_is_not_a_token_that_was_revoked(
    browser_with_extension: Installed, receiver: Receiver, proxy: Proxy
) -> None:
    browser = browser_with_extension
    address = proxy('proxy_set_header Authorization "";')
    key = pair(browser, address, receiver)
    keep(browser, address, key, 1)
    browser.send_now()
    [left] = browser.waiting()
    assert "a proxy removes the Authorization header" in left["problem"]
    assert browser.call(REFUSED) == [None]


def test_a_proxy_without_a_server_behind_it_says_so(
    browser_with_extension: Installed, receiver: Receiver, proxy: Proxy
) -> None:
    browser = browser_with_extension
    address = proxy(nginx.READABLE)
    receiver.stop()
    key = pair(browser, address, receiver)
    keep(browser, address, key, 1)
    browser.send_now()
    assert "A proxy answers, but Amends behind it does not (502)." in browser.waiting()[0]["problem"]
