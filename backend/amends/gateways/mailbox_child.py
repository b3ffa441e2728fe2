"""Main program of the child process that fetches new mails of one IMAP mailbox.

Started by `mailboxes.py` as an isolated interpreter with an empty environment, behind the guard of
guarded_http. Mails are taken by their UID, never by their flags, and only what was said to be stored is
marked as read. One job comes by standard input, one answer goes back, both as JSON.
"""

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator
from datetime import date
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderStatusError, MailboxLoginError

from amends.gateways import guarded_http
from amends.rules.capture.mail_messages import MOST_BYTES

SECONDS = 90
"""Of processor time; the parent gives up sooner than a slow network would let it."""
PATIENCE = 20
"""Seconds in which the server has to say something."""
MOST_AT_ONCE = 20
ROOM_AT_ONCE = 30_000_000
"""Bytes of mails in one answer."""
MOST_OF_HEADER = 64_000
"""Of a mail that is too large only its header is taken."""
SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")


class LoginRefused(Exception):
    """The server refuses a user or password with letters beyond ASCII."""


def main(*allowed: str) -> None:
    """Does the job of standard input, within the limits."""
    guarded_http.do_one(outcome, allowed, seconds=SECONDS)


def outcome(job: dict[str, Any], context: ssl.SSLContext, refusals: list[str]) -> dict[str, Any]:
    """What became of the job, in a word of ours where it failed; never what the server said."""
    try:
        return _visit(job, context)
    except (MailboxLoginError, LoginRefused):
        return {"outcome": "login"}
    except MailboxFolderStatusError:
        return {"outcome": "folder"}
    except ssl.SSLError:
        return {"outcome": "certificate"}
    except TimeoutError:
        return {"outcome": "slow"}
    except (OSError, imaplib.IMAP4.error, ImapToolsError, ValueError, IndexError, TypeError):
        return {"outcome": "private" if refusals else "unreachable"}


def _visit(job: dict[str, Any], context: ssl.SSLContext) -> dict[str, Any]:
    box = _connected(job, context)
    try:
        _log_in(box, job["user"], job["password"])
        status = box.folder.status(job["folder"], ["UIDVALIDITY", "UIDNEXT", "MESSAGES"])
        told = {"outcome": "fetched", "validity": status["UIDVALIDITY"], "next": status["UIDNEXT"]}
        if job["deed"] == "look":
            return {**told, "messages": status["MESSAGES"]}
        box.folder.set(job["folder"])
        is_same = job["validity"] == status["UIDVALIDITY"]
        if is_same and job["marked"] < job["last"]:
            box.client.uid("STORE", f"{job['marked'] + 1}:{job['last']}", "+FLAGS.SILENT", "(\\Seen)")
        found = _new(box, job["last"] if is_same else 0, since=None if is_same else job["since"])
        mails = list(_taken(box, found))
        return {**told, "mails": mails, "more": len(found) > len(mails)}
    finally:
        _leave(box)


def _connected(job: dict[str, Any], context: ssl.SSLContext) -> BaseMailBox:
    guarded_http.judge_literal(job["host"], job["port"])
    if job["plain"]:
        return MailBoxUnencrypted(job["host"], job["port"], timeout=PATIENCE)
    return MailBox(job["host"], job["port"], timeout=PATIENCE, ssl_context=context)


def _log_in(box: BaseMailBox, user: str, password: str) -> None:
    if (user + password).isascii():
        box.login(user, password, initial_folder=None)
        return
    try:
        box.login_utf8(user, password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as refused:
        raise LoginRefused from refused


def _leave(box: BaseMailBox) -> None:
    """Says goodbye; whatever the server makes of that, what it gave was given."""
    try:
        box.client.logout()
    except (OSError, imaplib.IMAP4.error):
        box.client.shutdown()


def _new(box: BaseMailBox, last: int, *, since: str | None) -> list[int]:
    """The UIDs after the last one; `n:*` names the last mail even where it is older.

    In a mailbox that was made anew only those since a day: the rest is known by what it says.
    """
    words = ["SINCE", _imap_day(since)] if since else []
    _type, data = box.client.uid("SEARCH", "UID", f"{last + 1}:*", *words)
    numbers = (data[0] or b"").split() if data else []
    return sorted(uid for uid in map(int, numbers) if uid > last)


def _imap_day(day: str) -> str:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    at = date.fromisoformat(day)
    return f"{at.day}-{months[at.month - 1]}-{at.year}"


def _taken(box: BaseMailBox, found: list[int]) -> Iterator[dict[str, Any]]:
    """The mails that fit into one answer, at least one; peeking marks none as read."""
    room = ROOM_AT_ONCE
    for uid in found[:MOST_AT_ONCE]:
        size = _size(box, uid)
        is_whole = size <= MOST_BYTES
        part = "BODY.PEEK[]" if is_whole else f"BODY.PEEK[HEADER]<0.{MOST_OF_HEADER}>"
        if is_whole and size > room:
            return
        content = _content(box, uid, part)
        room -= len(content)
        yield {
            "uid": uid,
            "size": size,
            "is_whole": is_whole,
            "content": base64.b64encode(content).decode(),
        }


def _size(box: BaseMailBox, uid: int) -> int:
    _type, data = box.client.uid("FETCH", str(uid), "(RFC822.SIZE)")
    told = SIZE.search(b" ".join(part for part in data if isinstance(part, bytes)))
    return int(told[1]) if told else 0


def _content(box: BaseMailBox, uid: int, part: str) -> bytes:
    """The bytes; nothing of a mail that was deleted meanwhile."""
    _type, data = box.client.uid("FETCH", str(uid), f"({part})")
    return next((bytes(one[1]) for one in data if isinstance(one, tuple) and len(one) > 1), b"")
