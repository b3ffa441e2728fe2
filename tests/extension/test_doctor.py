"""When nothing arrives, does the extension say which piece is at fault, and what to do?"""

import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import amends
from tests.extension.conftest import Installed
from tests.extension.receiver import Receiver

SAME_MINOR = amends.__version__.rpartition(".")[0] + ".97"
"""A version that differs from ours in its last number alone."""


EXAMINE = """async to => {
  const { examine } = await import('/lib/doctor.js');
  const found = [];
  for await (const { label, verdict, text } of examine(to)) found.push([label, verdict, text]);
  return found;
}"""
Examine = Callable[..., dict[str, tuple[str, str]]]


@pytest.fixture
def examine(installed: Installed) -> Examine:
    def found(server: str, token: str | None = None) -> dict[str, tuple[str, str]]:
        to = {"server": server} | ({"token": token} if token else {})
        return {label: (verdict, text) for label, verdict, text in installed.call(EXAMINE, to)}

    return found


def verdicts(found: dict[str, tuple[str, str]]) -> dict[str, str]:
    return {label: verdict for label, (verdict, _) in found.items()}


def test_all_is_well_and_in_the_order_in_which_one_needs_the_other(
    examine: Examine, receiver: Receiver
) -> None:
    assert verdicts(examine(receiver.url, receiver.token)) == {
        "Address": "pass",
        "Reachable": "pass",
        "Encrypted": "pass",
        "Certificate": "skip",
        "Amends answers": "pass",
        "Clocks": "pass",
        "Pairing": "pass",
        "Versions": "pass",
    }


@pytest.mark.parametrize(
    ("change", "line", "verdict", "words"),
    [
        ({"token": "another"}, "Pairing", "fail", "This browser is no longer paired. Open the server’s page"),
        ({"ahead": 400}, "Clocks", "warn", "This computer is 7 min behind the server."),
        ({"ahead": -400}, "Clocks", "warn", "This computer is 7 min ahead of the server."),
        ({"version": "99.2.0"}, "Versions", "warn", "is older than the server (99.2.0)"),
        ({"version": "0.0.9"}, "Versions", "warn", "is newer than the server (0.0.9)"),
        ({"version": SAME_MINOR}, "Versions", "pass", f"Both are {SAME_MINOR}."),
        ({"strange": "<h1>Welcome to the hotel</h1>"}, "Amends answers", "fail", "(200, text/html)"),
        ({"strange": 302}, "Amends answers", "fail", "sends us elsewhere"),
        ({"readable": False}, "Amends answers", "fail", "the extension may not read it"),
    ],
)
def test_each_trouble_is_named(
    change: dict[str, Any], line: str, verdict: str, words: str, examine: Examine, receiver: Receiver
) -> None:
    token = receiver.token
    for name, value in change.items():
        setattr(receiver, name, value)
    said, text = examine(receiver.url, token)[line]
    assert said == verdict
    assert words in text


def test_a_server_that_is_off_is_not_blamed_for_more(examine: Examine, receiver: Receiver) -> None:
    receiver.stop()
    found = examine(receiver.url, receiver.token)
    assert found["Reachable"][0] == "fail"
    assert "Nothing answers at 127.0.0.1" in found["Reachable"][1]
    assert {found[line][0] for line in ("Amends answers", "Clocks", "Pairing", "Versions")} == {"skip"}


def test_http_to_another_computer_is_refused_by_name_and_not_tried(examine: Examine) -> None:
    found = examine("http://amends.example")
    assert found["Reachable"][0] == "skip"
    assert found["Encrypted"][0] == "fail"
    assert "https only" in found["Encrypted"][1]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.9", "amends.localhost"])
def test_every_name_of_this_computer_needs_no_https(host: str, examine: Examine, receiver: Receiver) -> None:
    found = examine(receiver.url.replace("127.0.0.1", host), receiver.token)
    assert found["Encrypted"][0] == "pass"


def test_an_address_of_this_computer_is_told_from_one_that_only_looks_so(paired: Installed) -> None:
    judge = """async hosts => {
      const { isPrivate } = await import('/lib/addresses.js');
      return hosts.map(host => isPrivate(new URL(`http://${host}:8000/amends`)));
    }"""
    ours = ["localhost", "127.0.0.1", "127.1", "127.255.0.9", "[::1]", "amends.localhost"]
    others = ["localhost.example", "127.0.0.1.example", "128.0.0.1", "[::2]", "notlocalhost", "10.0.0.1"]
    assert paired.call(judge, [*ours, *others]) == [True] * len(ours) + [False] * len(others)


def test_the_server_on_the_sixth_version_of_ip_is_reached(paired: Installed, receiver: Receiver) -> None:
    reach = """async port => {
      const { ask } = await import('/lib/api.js');
      return (await ask({ server: `http://[::1]:${port}` }, 'GET', '/hello')).sentence ?? 'reached';
    }"""
    with socket.socket(socket.AF_INET6) as listening:
        listening.bind(("::1", 0))
        listening.listen()
        port = listening.getsockname()[1]
        threading.Thread(target=answer_once, args=(listening,), daemon=True).start()
        assert paired.call(reach, port) == "reached"


def answer_once(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(65_536)
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Type: application/json\r\n"
            b"Content-Length: 2\r\nConnection: close\r\n\r\n{}"
        )


def test_https_where_only_http_is_spoken_is_told_apart(examine: Examine, receiver: Receiver) -> None:
    found = examine(receiver.url.replace("http:", "https:"))
    assert found["Certificate"] == (
        "fail",
        "The server answers without encryption at this address: it is not set up for https. "
        "Use its http address, or give it a certificate.",
    )


def test_what_the_browser_does_not_say_about_a_certificate_is_not_made_up(examine: Examine) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        found = examine(f"https://127.0.0.1:{closed.getsockname()[1]}")
    assert found["Certificate"][0] == "warn"
    assert found["Certificate"][1].startswith("Unknown: ")


def test_what_is_no_address_is_the_only_thing_said(examine: Examine) -> None:
    found = examine("amends")
    assert found["Address"][0] == "fail"
    assert set(verdicts(found).values()) == {"fail", "skip"}


def test_the_options_show_it_line_by_line_with_word_and_shape(paired: Installed, receiver: Receiver) -> None:
    receiver.ahead = 400
    options = paired.own_page("options/options.html")
    options.set_viewport_size({"width": 320, "height": 640})
    options.get_by_role("button", name="Check the connection").press("Enter")
    expect(options.locator(".found [role=status]")).to_have_text("To check: 1")
    assert options.locator(".findings li").count() == 8
    expect(options.locator(".findings .warn")).to_contain_text("△Clocks · check this")
    assert Axe().run(options).response["violations"] == []
    assert options.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_server_that_does_not_answer_offers_the_check_where_that_is_said(
    paired: Installed, receiver: Receiver
) -> None:
    receiver.stop()
    body = {"platform": "x", "kind": "post", "url": "https://x.com/nell/status/1", "text": "Late"}
    entry = {"id": "1", "to": f"{receiver.url} noor@example.com", "server": receiver.url, "member": "Noor"}
    state = {"made": "2025-02-01T08:00:00Z", "tries": 0, "next": 0, "state": "waiting", "screenshot": "none"}
    put = "async entry => (await import('/lib/outbox.js')).put(entry)"
    paired.call(put, {**entry, **state, "body": body})
    paired.send_now()
    outbox = paired.own_page("outbox/outbox.html")
    with paired.context.expect_page() as opened:
        outbox.get_by_role("button", name="Check the connection").click()
    expect(opened.value.locator(".found [role=status]")).to_contain_text("To check:")
    expect(opened.value.locator(".findings .fail")).to_contain_text("Nothing answers at")
