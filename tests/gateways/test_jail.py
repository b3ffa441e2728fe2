"""Sandbox: hostile addresses reach neither this machine nor the private network."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from amends.gateways.notifier import Message, Outcome, addresses
from amends.gateways.notifier.child import Child
from amends.gateways.notifier.sandbox_client import SandboxedNotifier
from tests.gateways.receivers import Trap, WebReceiver

MESSAGE = Message("title", "body", reference="#1/1")

# PORT becomes the port of a trap that listens on every address of this machine.
ATTACKS = [
    line
    for line in """
json://127.0.0.1:PORT/x
jsons://127.0.0.1:PORT/x?verify=no
json://localhost:PORT/x
json://LOCALHOST:PORT/x
json://0.0.0.0:PORT/x
json://0:PORT/x
json://2130706433:PORT/x
json://0x7f000001:PORT/x
json://0x7f.0.0.1:PORT/x
json://0177.0.0.1:PORT/x
json://127.1:PORT/x
json://127.0.0.2:PORT/x
json://127.255.255.254:PORT/x
json://[::1]:PORT/x
json://[0:0:0:0:0:0:0:1]:PORT/x
json://[::]:PORT/x
json://[::ffff:127.0.0.1]:PORT/x
json://[::ffff:7f00:1]:PORT/x
json://[::127.0.0.1]:PORT/x
json://[64:ff9b::7f00:1]:PORT/x
json://[64:ff9b:1::7f00:1]:PORT/x
json://[2002:7f00:1::]:PORT/x
json://[2001::1]:PORT/x
json://[fe80::1]:PORT/x
json://[fec0::1]:PORT/x
json://[fd00::1]:PORT/x
json://[ff02::1]:PORT/x
json://[fd00:ec2::254]/latest/meta-data
json://169.254.169.254/latest/meta-data
json://168.63.129.16/machine
json://100.100.100.200/latest
json://10.0.0.1:PORT/
json://172.16.0.1/
json://192.168.1.1/
json://192.0.0.192/
json://100.64.0.1/
json://198.18.0.1/
json://192.0.2.1/
json://224.0.0.1/
json://240.0.0.1/
json://255.255.255.255/
xml://127.0.0.1:PORT/x
form://127.0.0.1:PORT/x
gotify://localhost:PORT/abcdefghijklmno
ntfy://localhost:PORT/topic
mailto://u:p@localhost:PORT/?to=a@example.com&smtp=localhost&from=x@example.com
mailtos://u:p@127.0.0.1:PORT/?to=a@example.com&from=x@example.com&mode=ssl
irc://u:p@127.0.0.1:PORT/#channel
matrix://u:p@127.0.0.1:PORT/#room
apprise://127.0.0.1:PORT/token
gorush://127.0.0.1:PORT/devicetoken
onebot://127.0.0.1:PORT/12345678
rocket://u:p@127.0.0.1:PORT/#room
kodi://127.0.0.1:PORT
signal://127.0.0.1:PORT/+15555550100/+15555550101
session://127.0.0.1:PORT/x
amqp://127.0.0.1:PORT/queue
mqtt://127.0.0.1:PORT/topic
xmpp://u:p@127.0.0.1:PORT/a@b.example
syslog://
rsyslog://127.0.0.1:PORT
dbus://
gnome://
macosx://
windows://
glib://
blink1://
growl://127.0.0.1:PORT
SYSLOG://
workflows://127.0.0.1:PORT/WorkflowID/Sig?template=http://127.0.0.1:PORT/t
discord://1234567890/abcdefghij?template=http://127.0.0.1:PORT/t
Discord://1/2?TEMPLATE=/etc/passwd
discord://1/2?%74emplate=/etc/passwd
discord://1/2?%2574emplate=/etc/passwd
discord://1/2?a=b;template=/etc/passwd
discord://1/2?+template=/etc/passwd
slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#a?template=file:///etc/passwd
fcm://project@APIKEY/device?keyfile=http://127.0.0.1:PORT/k
vapid://a@example.com/x?subfile=/etc/passwd
mailto://u:p@127.0.0.1:PORT?pgppub=/etc/passwd
mailto://u:p@127.0.0.1:PORT?pgp_key=1&path_prefix=/etc
file:///etc/passwd
http://127.0.0.1:PORT/
json://example.com, json://127.0.0.1:PORT/
json:/127.0.0.1:PORT/x
json:\\\\127.0.0.1:PORT/x
json://127.0.0.1:PORT/x?+X-A=b%0d%0aEvil:%201
json://user@evil.example:80@127.0.0.1:PORT/x
""".splitlines()
    if line
]


def test_the_corpus_of_attacks_is_large_enough():
    assert len(set(ATTACKS)) >= 80


@pytest.mark.parametrize("attack", ATTACKS)
async def test_an_attack_reaches_nobody(outside: SandboxedNotifier, lair: Trap, attack: str):
    result = await outside.send(attack.replace("PORT", str(lair.port)), MESSAGE)
    assert result.outcome is not Outcome.delivered
    assert lair.visitors == []


LITERAL = [
    attack for attack in ATTACKS if attack.startswith(("json://1", "json://[", "json://0", "json://2"))
]


@pytest.mark.parametrize("attack", LITERAL)
async def test_a_private_address_is_refused_by_policy_not_by_luck(
    outside: SandboxedNotifier, lair: Trap, attack: str
):
    result = await outside.send(attack.replace("PORT", str(lair.port)), MESSAGE)
    assert result.outcome is Outcome.refused


async def test_the_trap_would_have_noticed(lair: Trap):
    notifier = SandboxedNotifier([f"127.0.0.1:{lair.port}"])
    try:
        before = len(lair.visitors)
        result = await notifier.send(f"json://127.0.0.1:{lair.port}/x", MESSAGE)
        assert result.outcome is not Outcome.delivered
        assert len(lair.visitors) > before
    finally:
        await notifier.close()
        lair.visitors.clear()


async def test_an_allowed_port_does_not_open_another_one(lair: Trap, web: WebReceiver):
    notifier = SandboxedNotifier([f"localhost:{web.port}"])
    try:
        allowed = await notifier.send(f"json://127.0.0.1:{web.port}/ok", MESSAGE)
        assert allowed.outcome is Outcome.delivered
        other = await notifier.send(f"json://127.0.0.1:{lair.port}/ok", MESSAGE)
        assert (other.outcome, other.detail) == (Outcome.refused, "private address")
        assert lair.visitors == []
    finally:
        await notifier.close()


async def test_a_redirect_is_not_followed_even_to_an_allowed_place(web: WebReceiver):
    notifier = SandboxedNotifier(["127.0.0.0/8"])
    web.received.clear()
    try:
        result = await notifier.send(f"json://127.0.0.1:{web.port}/redirect?redirect=yes", MESSAGE)
        assert result.detail == "http 307"
        assert [got.path.split("?")[0] for got in web.received] == ["/redirect"]
    finally:
        await notifier.close()


# What a service that has been taken over might try, run inside a real child after its hook is set.
TRIES = {
    "reading a file": "open('/etc/passwd').read()",
    "reading a file by descriptor": "__import__('os').open('/etc/passwd', 0)",
    "listing a folder": "__import__('os').listdir('/')",
    "writing a file": "open('/tmp/amends-jail', 'w')",
    "writing into its own library": "open(__import__('amends').__file__, 'a')",
    "writing by descriptor": "__import__('os').open('/tmp/amends-jail', 65)",
    "removing a file": "__import__('os').remove('/tmp/amends-jail')",
    "making a folder": "__import__('os').mkdir('/tmp/amends-jail')",
    "running a program": "__import__('subprocess').run(['/bin/true'])",
    "running a shell": "__import__('os').system('true')",
    "becoming a program": "__import__('os').execv('/bin/true', ['true'])",
    "spawning": "__import__('os').posix_spawn('/bin/true', ['true'], {})",
    "forking": "__import__('os').fork()",
    "killing": "__import__('os').kill(__import__('os').getppid(), 0)",
    "loading a library": "__import__('ctypes').CDLL('libc.so.6')",
    "listening": "__import__('socket').create_server(('127.0.0.1', 0))",
    "connecting to a name": (
        "__import__('socket').socket().connect(('localhost', int(__import__('sys').argv[2])))"
    ),
    "a datagram": (
        "(s := __import__('socket')).socket(s.AF_INET, s.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 514))"
    ),
    "a datagram to a name": (
        "(s := __import__('socket')).socket(s.AF_INET, s.SOCK_DGRAM).sendto(b'x', ('localhost', 514))"
    ),
    "a local socket": "(s := __import__('socket')).socket(s.AF_UNIX).connect('/run/systemd/journal/stdout')",
    "the log": "__import__('syslog').syslog('hello')",
}

INSIDE = """
import sys
sys.path.append(sys.argv[1])
from amends.gateways.notifier import guard, jail
import ctypes, subprocess, syslog
refusals = []
guard.install(refusals, may_connect=jail._judge([]))
for line in sys.stdin:
    refusals.clear()
    try:
        eval(line)
        print("done", flush=True)
    except PermissionError as error:
        print("refused" if refusals == [str(error)] else "by the system", flush=True)
    except BaseException as error:
        print("refused" if refusals else "other " + repr(error), flush=True)
"""


def test_whatever_a_service_tries_is_refused(lair: Trap):
    backend = str(Path(addresses.__file__).parents[3])
    told = subprocess.run(
        [sys.executable, "-I", "-W", "ignore", "-c", INSIDE, backend, str(lair.port)],
        input="\n".join(TRIES.values()),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    assert dict(zip(TRIES, told, strict=False)) == dict.fromkeys(TRIES, "refused")
    assert lair.visitors == []


async def test_the_child_gets_nothing_from_our_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("AMENDS_SECRET_KEY", "CANARY")
    child = await Child.start([])
    try:
        environment = await asyncio.to_thread(Path(f"/proc/{child.id}/environ").read_text)
        assert not {"CANARY", "PROXY"} & set(environment.replace("=", " ").replace("_", " ").split())
        assert environment.count("=") == 3
    finally:
        await child.kill()


async def test_a_child_without_a_parent_ends():
    child = await Child.start([])
    assert child._process.stdin is not None
    child._process.stdin.close()
    await child.ended()
    with pytest.raises(ProcessLookupError):
        os.kill(child.id, 0)
    await child.kill()


def test_the_enabled_services_are_those_that_were_reviewed():
    """When this fails after an upgrade of Apprise: review each new service, then write schemas.txt anew."""
    code = "from amends.gateways.notifier.jail import enabled_schemas; print(*enabled_schemas())"
    reviewed = addresses.enabled_schemas()
    assert printed(code) == sorted(reviewed)
    assert not reviewed & addresses.NEVER


def printed(code: str) -> list[str]:
    """The words that a fresh interpreter prints, sorted."""
    command = [sys.executable, "-W", "ignore", "-c", code]
    return sorted(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_only_the_child_imports_apprise():
    code = (
        "import sys; from amends.gateways.notifier.policy import explain; explain('x'); print(*sys.modules)"
    )
    assert not [module for module in printed(code) if module.split(".")[0] == "apprise"]
