"""Main program of the child process in which one mail of strangers is read.

Started by `mail_reader.py` as an isolated interpreter with an empty environment. It may open no connection,
start no program and write no file. The bytes come by standard input, their facts go back as JSON.
"""

import sys

import msgspec

from amends.gateways.bounded_child import limit_resources
from amends.gateways.notifier import guard
from amends.rules.capture.mail_messages import read_mail

ROOM = 768 * 1024 * 1024
"""Bytes of address space: 25 MB of one mail, its parts decoded, and the answer."""
SECONDS = 30
"""Of processor time."""


def main() -> None:
    """Read the mail of standard input, within the limits."""
    _import_late_ones()
    limit_resources(seconds=SECONDS, room=ROOM)
    guard.install([], may_connect=lambda _host, _port: False)
    sys.stdout.buffer.write(msgspec.json.encode(read_mail(sys.stdin.buffer.read())))
    sys.stdout.buffer.flush()


def _import_late_ones() -> None:
    """What the standard library imports at its first use, which the guard could refuse later."""
    read_mail(b"Content-Type: text/plain; charset=utf-8\r\nSubject: =?utf-8?q?a?=\r\n\r\na")
