"""Escaping of outgoing messages: no control characters, mentions or header injection."""

import base64
import re
from typing import Any

from amends.gateways.notifier.contract import Message

LONGEST_TITLE = 120
LONGEST_BODY = 20_000
LONGEST_SENDER = 60
LARGEST_PICTURE = 200_000
"""Bytes; a logo of 600 × 200 pixels has less unless it is a photograph, and then the mail does without."""
_PNG = b"\x89PNG\r\n\x1a\n"
HEADER = "X-Amends-Reference"

QUIET = "\u2060"
"""A word joiner after an @ keeps `@everyone` readable and rings nobody's bell."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
_MENTION = re.compile(r"(?<![\w.+-])@(?=\w)|(?<=<)[@!#](?=\S)")
_MESSAGE_ID = re.compile(r"[\w.-]{1,100}@[\w.-]{1,150}", re.ASCII)
_MARK = re.compile(r"[0-9a-f]{32}", re.ASCII)
_PLAIN = frozenset(
    {"mailto", "mailtos", "json", "jsons", "xml", "xmls", "form", "forms", "apprise", "apprises"}
)


def title_line(message: Message) -> str:
    """The title as one line of at most 120 characters: no CR, LF or other control reaches a header (R-45)."""
    return _line(message.title, LONGEST_TITLE)


def _line(text: str, longest: int) -> str:
    # `=?` begins an encoded word in mail (RFC 2047): a reader would decode what a stranger wrote.
    line = " ".join(_clean(text).replace("=?", "= ?").split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def body_text(message: Message) -> str:
    """The body, ending with the line `Ref: …`."""
    text = _clean(message.body).rstrip()
    if len(text) > LONGEST_BODY:
        text = f"{text[: LONGEST_BODY - 1]}…"
    reference = reference_word(message)
    return f"{text}\n\nRef: {reference}" if reference else text


def reference_word(message: Message) -> str:
    """The reference as it may stand in a header: printable ASCII without spaces, at most 80 characters."""
    return re.sub(r"[^\x21-\x7e]", "", message.reference)[:80]


def outgoing(message: Message, *, schema: str) -> dict[str, Any]:
    """The parts that one service gets; in chats, a stranger's @mention is made harmless."""
    title, body = title_line(message), body_text(message)
    if schema not in _PLAIN:
        title, body = quiet(title), quiet(body)
    parts = {"title": title, "body": body, "html": "", "reference": reference_word(message)}
    return parts | (_mail(message) if schema.startswith("mailto") else {})


def _mail(message: Message) -> dict[str, Any]:
    """What only a mail has; programs are told not to answer it (RFC 3834, 5)."""
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if root := _id(message.thread_id):
        headers |= {"In-Reply-To": root, "References": root}
    if _MARK.fullmatch(message.instance):
        headers |= {"X-Amends-Instance": message.instance}
    return {
        "html": _clean(message.html or ""),
        "picture": base64.b64encode(message.picture).decode() if is_shown(message.picture) else "",
        "headers": headers,
        "message_id": _id(message.message_id),
        "sender": _line(message.sender, LONGEST_SENDER),
    }


def is_shown(picture: bytes) -> bool:
    """Whether a mail carries this picture: every mail program shows PNG, and none waits for a large one."""
    return picture.startswith(_PNG) and len(picture) <= LARGEST_PICTURE


def _id(words: str) -> str:
    """A message id in angle brackets; nothing when it is none (RFC 5322, 3.6.4)."""
    return f"<{words}>" if _MESSAGE_ID.fullmatch(words) else ""


def quiet(text: str) -> str:
    """The text with a joiner in `@name`, `<@id>`, `<!channel>`, `<#room>`; mail addresses stay whole."""
    return _MENTION.sub(lambda found: found[0] + QUIET, text)


def _clean(text: str) -> str:
    """Without control characters and lone surrogates, with LF as the only line break (R-47)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).encode("utf-8", "replace").decode("utf-8")
