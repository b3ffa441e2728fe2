"""Escaping of outgoing messages: no control characters, mentions or header injection."""

import re

from amends.gateways.notifier.contract import Message

LONGEST_TITLE = 120
LONGEST_BODY = 20_000
HEADER = "X-Amends-Reference"

QUIET = "\u2060"
"""A word joiner after an @ keeps `@everyone` readable and rings nobody's bell."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
_MENTION = re.compile(r"(?<![\w.+-])@(?=\w)|(?<=<)[@!#](?=\S)")
_PLAIN = frozenset(
    {"mailto", "mailtos", "json", "jsons", "xml", "xmls", "form", "forms", "apprise", "apprises"}
)


def title_line(message: Message) -> str:
    """The title as one line of at most 120 characters: no CR, LF or other control reaches a header (R-45)."""
    # `=?` begins an encoded word in mail (RFC 2047): a reader would decode what a stranger wrote.
    line = " ".join(_clean(message.title).replace("=?", "= ?").split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1].rstrip()}…"


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


def outgoing(message: Message, *, schema: str) -> dict[str, str]:
    """The parts that one service gets; in chats, a stranger's @mention is made harmless."""
    title, body = title_line(message), body_text(message)
    if schema not in _PLAIN:
        title, body = quiet(title), quiet(body)
    html = _clean(message.html or "") if schema.startswith("mailto") else ""
    return {"title": title, "body": body, "html": html, "reference": reference_word(message)}


def quiet(text: str) -> str:
    """The text with a joiner in `@name`, `<@id>`, `<!channel>`, `<#room>`; mail addresses stay whole."""
    return _MENTION.sub(lambda found: found[0] + QUIET, text)


def _clean(text: str) -> str:
    """Without control characters and lone surrogates, with LF as the only line break (R-47)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).encode("utf-8", "replace").decode("utf-8")
