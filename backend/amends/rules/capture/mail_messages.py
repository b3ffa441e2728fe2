"""Mails of strangers: their bytes read into a few bounded facts; nothing in them is executed or fetched."""

import hashlib
import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32
from email.utils import getaddresses
from html import unescape

from amends.errors import Invalid
from amends.rules.capture.feeds import plain
from amends.rules.capture.mail_quotes import new_words
from amends.rules.capture.mail_returns import ReturnedMail, returned_of
from amends.rules.case.texts import clean, clean_name

MOST_BYTES = 25_000_000
MOST_PARTS = 100
LONGEST_HEADER = 4_000
LONGEST_TEXT = 200_000
LONGEST_ID = 250
MOST_REFERENCES = 50
MOST_RECEIVERS = 50
MOST_LINKS = 50
LINK = re.compile(r"https?://[^\s<>\"'\\]{4,1000}", re.IGNORECASE)
IDENTITY = re.compile(r"<[^<>\s]{3,248}>")
ADDRESS = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,189}")
BULK = frozenset({"bulk", "junk", "list", "auto_reply"})


class MailIsTooLarge(Invalid):
    "This mail is larger than 25 MB."


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that came with a mail: the name that its sender gave, what it is said to be, its bytes."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """What is known of one mail. `sender` is an address in small letters, or nothing; it may be forged.

    `words` are what is new in `text`, `links` the web addresses in it. `automatic` is why no person wrote it
    (RFC 3834), `ours` the Amends that sent it, `returned` which message of ours comes back with
    it. `digest` is the same for the same mail, whichever way it came: SHA-256 of who wrote what and when.
    """

    identity: str
    sender: str
    name: str
    subject: str
    references: tuple[str, ...]
    text: str
    words: str
    files: tuple[MailFile, ...]
    automatic: str
    ours: str
    receivers: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    digest: str = ""
    returned: ReturnedMail | None = None


def read_mail(content: bytes) -> Mail:
    """The facts of a mail, whatever it is made of. Raises MailIsTooLarge."""
    if len(content) > MOST_BYTES:
        raise MailIsTooLarge
    message = _parsed(content)
    leaves = _leaves(message)
    text = _text(leaves)
    name, sender = _sender(message)
    files = tuple(_file(part) for part in leaves if _is_file(part))
    return Mail(
        identity=next(iter(IDENTITY.findall(_header(message, "Message-ID"))), ""),
        sender=sender,
        name=name,
        subject=clean_name(_header(message, "Subject")),
        references=_references(message),
        text=text,
        words=new_words(text),
        files=files,
        automatic=_automatic(message),
        ours=_header(message, "X-Amends-Instance").strip()[:LONGEST_ID],
        receivers=_receivers(message),
        links=_links(leaves),
        digest=_digest(message, text, files),
        returned=returned_of(message),
    )


def _digest(message: Message, text: str, files: tuple[MailFile, ...]) -> str:
    """Without what programs on the way add or how they end lines: by a mailbox and a pipe it is the same."""
    said = [_header(message, name) for name in ("Message-ID", "Date", "From", "Subject")]
    held = [hashlib.sha256(one.content.replace(b"\r\n", b"\n")).hexdigest() for one in files]
    return hashlib.sha256("\0".join([*said, text, *held]).encode(errors="replace")).hexdigest()


def _receivers(message: Message) -> tuple[str, ...]:
    """The addresses that it was sent to, in small letters, as far as its headers tell."""
    names = ("To", "Cc", "Delivered-To", "X-Original-To")
    found = _addresses([one for name in names for one in _written(message, name)[:1]])
    return tuple(dict.fromkeys(address for _name, address in found))[:MOST_RECEIVERS]


def _sender(message: Message) -> tuple[str, str]:
    """Name and address of who wrote it; no address where there are several: a server has checked only one."""
    found = _addresses(_written(message, "From"))
    names = [name for name, _address in found if name]
    addresses = {address for _name, address in found}
    return next(iter(names), ""), addresses.pop() if len(addresses) == 1 else ""


def _addresses(written: list[str]) -> list[tuple[str, str]]:
    """Names and addresses of headers as they came; names are decoded afterwards, so that they name nobody."""
    try:
        found = getaddresses(written)
    except RecursionError:  # comments within comments
        return []
    return [(clean_name(_words(name)), one.lower()) for name, one in found if ADDRESS.fullmatch(one)]


def _links(leaves: list[Message]) -> tuple[str, ...]:
    """The web addresses in its words and behind them; nothing is fetched."""
    found: dict[str, None] = {}
    for part in leaves:
        if part.get_content_type() in ("text/plain", "text/html") and not _is_file(part):
            words = _decoded(part)[: 5 * LONGEST_TEXT]
            found |= dict.fromkeys(unescape(one).rstrip(".,;:!?)]") for one in LINK.findall(words))
    return tuple(found)[:MOST_LINKS]


def _parsed(content: bytes) -> Message:
    """The parts of a mail; of one that is nested without end, its headers alone."""
    try:
        return BytesParser(policy=compat32).parsebytes(content)
    except RecursionError:
        return BytesHeaderParser(policy=compat32).parsebytes(content)


def _leaves(message: Message) -> list[Message]:
    """Its parts that hold no others, the first hundred, without recursion; a mail within a mail is none."""
    waiting, found = [message], list[Message]()
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop(0)
        inside = part.get_payload()
        if part.is_multipart() and isinstance(inside, list):
            if part.get_content_maintype() == "multipart":
                waiting[:0] = [one for one in inside[:MOST_PARTS] if isinstance(one, Message)]
        else:
            found.append(part)
    return found


def _text(leaves: list[Message]) -> str:
    """The first plain text, else the words of the first HTML."""
    for kind in ("text/plain", "text/html"):
        for part in leaves:
            if part.get_content_type() == kind and not _is_file(part):
                words = _decoded(part)[: 5 * LONGEST_TEXT]
                words = plain(words) if kind == "text/html" else words
                if words.strip():
                    return clean(words, LONGEST_TEXT).text.strip()
    return ""


def _decoded(part: Message) -> str:
    """By its own charset, else as UTF-8, else as Windows writes: what is said of it is often wrong."""
    return _of_bytes(_content(part), _charset(part))


def _of_bytes(content: bytes, said: str) -> str:
    for charset in (said, "utf-8"):
        try:
            words = content.decode(charset)
            words.encode()  # UTF-7 and escapes can yield halves of characters, which nothing can store
        except (LookupError, ValueError):
            continue
        if "\ufffd" not in words:
            return words
    return content.decode("cp1252", "replace")


def _charset(part: Message) -> str:
    try:
        named = part.get_content_charset() or "utf-8"
    except (LookupError, ValueError, TypeError):
        return "utf-8"
    return named if named.replace("-", "").replace("_", "").isalnum() else "utf-8"


def _content(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (LookupError, ValueError, TypeError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def _is_file(part: Message) -> bool:
    return bool(_filename(part)) or part.get_content_disposition() == "attachment"


def _file(part: Message) -> MailFile:
    return MailFile(_filename(part) or "attachment", part.get_content_type()[:100], _content(part))


def _filename(part: Message) -> str:
    try:
        named = part.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        return ""
    return clean_name(_words(named)).replace("/", "_").replace("\\", "_").lstrip(".")[:120]


def _header(message: Message, name: str) -> str:
    """One header in words, cut; what cannot be decoded stands as it came."""
    return _words(next(iter(_written(message, name)), ""))


def _written(message: Message, name: str) -> list[str]:
    """All headers of this name as they came, each cut; bytes that are not ASCII as UTF-8, else as Windows."""
    found = [str(held) for named, held in message.raw_items() if named.lower() == name.lower()]
    cut = [one[:LONGEST_HEADER].encode("utf-8", "surrogateescape") for one in found[:MOST_PARTS]]
    return [_of_bytes(one, "utf-8") for one in cut]


def _words(written: str) -> str:
    try:
        return clean(str(make_header(decode_header(written)))).text
    except (HeaderParseError, LookupError, ValueError):
        return clean(written).text


def _references(message: Message) -> tuple[str, ...]:
    named = f"{_header(message, 'In-Reply-To')} {_header(message, 'References')}"
    return tuple(dict.fromkeys(IDENTITY.findall(named)))[:MOST_REFERENCES]


def _automatic(message: Message) -> str:
    """Why nobody answers it: a header of RFC 3834, of lists, or of Exchange; nothing for a person's mail."""
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return "auto-submitted"
    if _header(message, "Precedence").strip().lower() in BULK or message.get("List-Id"):
        return "list"
    if message.get("X-Auto-Response-Suppress") or message.get("X-Autoreply"):
        return "auto-response"
    return "null-sender" if _header(message, "Return-Path").strip() == "<>" else ""
