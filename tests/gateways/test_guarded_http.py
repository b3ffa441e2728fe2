"""A private address in numbers is refused before there is a socket, as IPv6 and without IPv6 too."""

import json
import socket
import subprocess
import sys
from http.server import ThreadingHTTPServer

import pytest

from amends.gateways.feeds import SandboxedFeedReader
from tests.gateways.test_feeds import fetch, server

__all__ = ["server"]

CLOTHED = (
    "[::ffff:169.254.169.254]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::a9fe:a9fe]",
    "[2002:a9fe:a9fe::]",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "[fec0::1]",
    "[::1]",
    "[fd00:ec2::254]",
)
"""Mapped, translated (NAT64, 6to4), link-local, site-local, of this machine, of a cloud's metadata."""
PLAIN = ("169.254.169.254", "169.254.1.1", "127.0.0.1", "10.0.0.1")
PUBLIC = ("1.1.1.1", "[2606:4700::1111]", "[::ffff:1.1.1.1]", "[64:ff9b::101:101]")
ASK = """
import errno, json, socket, sys
from amends.gateways import guarded_http

made = []

def without_ipv6(event, arguments):
    if event == "socket.__new__":
        made.append(int(arguments[1]))
        if arguments[1] == socket.AF_INET6 and {without_ipv6}:
            raise OSError(errno.EAFNOSUPPORT, "Address family not supported by protocol")
    if event == "socket.connect" and arguments[0] is not None:
        raise ConnectionRefusedError  # whatever the guard lets through goes no further in a test

context, refusals = guarded_http.enter([], seconds=20)
sys.addaudithook(without_ipv6)
answers = {{}}
for host in json.loads(sys.argv[1]):
    refusals.clear(), made.clear()
    try:
        guarded_http.connection(f"http://{{host}}/", context, patience=1).request("GET", "/")
        answers[host] = "reached"
    except OSError as error:
        answers[host] = [type(error).__name__, list(refusals), len(made)]
print(json.dumps(answers))
"""


def answers(*hosts: str, without_ipv6: bool) -> dict[str, object]:
    """How a guarded process of its own ends: the error, what was refused, how many sockets were made."""
    code = ASK.format(without_ipv6=without_ipv6)
    found = subprocess.run([sys.executable, "-c", code, json.dumps(hosts)], capture_output=True, check=True)
    told: dict[str, object] = json.loads(found.stdout)
    return told


@pytest.mark.parametrize("without_ipv6", [False, True])
def test_a_private_address_in_numbers_is_refused_before_there_is_a_socket(without_ipv6: bool):
    hosts = CLOTHED + PLAIN
    refused = ["PermissionError", ["private address"], 0]
    assert answers(*hosts, without_ipv6=without_ipv6) == dict.fromkeys(hosts, refused)


def test_a_public_address_goes_as_far_as_its_socket():
    found = answers(*PUBLIC, without_ipv6=True)
    assert found["1.1.1.1"] == ["ConnectionRefusedError", [], 1]
    assert found["[2606:4700::1111]"] == ["OSError", [], 1]


@pytest.mark.parametrize("host", CLOTHED)
async def test_a_redirect_to_a_private_address_in_other_clothes_is_refused(
    server: ThreadingHTTPServer,
    host: str,
):
    assert (await fetch(server, f"/to?{host}")).outcome == "private"


async def test_a_name_is_judged_by_what_it_leads_to():
    assert socket.gethostbyname("localhost")
    assert (await SandboxedFeedReader().fetch("http://localhost:1/feed")).outcome == "private"
