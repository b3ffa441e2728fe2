"""Attached files: accepted kinds by content, limits, and the names under which they are kept (R-50)."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from amends.rules.case.texts import clean_name

MEGABYTE = 1024 * 1024


class Limits(msgspec.Struct, frozen=True):
    """How much may be attached: files, and bytes of them."""

    at_once: int = 10
    file_bytes: int = 15 * MEGABYTE
    sent_bytes: int = 30 * MEGABYTE
    """Of all files that one form sends: they are in memory until they are kept."""
    on_case: int = 50
    case_bytes: int = 200 * MEGABYTE
    name: int = 120
    """Characters of a name, with its ending."""


LIMITS = Limits()

MESSAGE, TEXT, PDF = "message/rfc822", "text/plain", "application/pdf"
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/webp": (".webp",),
    PDF: (".pdf",),
    MESSAGE: (".eml",),
    TEXT: (".txt", ".log"),
}
"""The kinds that are accepted, each with the endings that its name may keep; else it gets the first one."""
PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})

BEGINNINGS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"%PDF-\d"), PDF),
)
NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
HEAD = 64 * 1024
"""Bytes of a mail in which its header is looked for."""
HEADER_LINE = re.compile(rb"([\x21-\x39\x3b-\x7e]+):")
FOLDED = (b" ", b"\t", b">", b"From ")
"""How lines of a header begin that are none: folded ones, and the first one of a mailbox."""
SENT_BY = frozenset({b"from", b"sender", b"received", b"return-path"})
MARKS_OF_MAIL = frozenset({b"date", b"subject", b"to", b"message-id", b"mime-version"})


class Problem(StrEnum):
    """Why a file is not attached."""

    EMPTY = "empty"
    FILE_TOO_LARGE = "file_too_large"
    KIND = "kind"
    TOO_MANY = "too_many"
    SENT_TOO_LARGE = "sent_too_large"
    CASE_FULL = "case_full"
    CASE_TOO_LARGE = "case_too_large"


def kind_of(content: bytes, name: str) -> str | None:
    """The media type of an accepted file, None for any other; a picture is still to be decoded.

    Pictures and PDF are known by their content alone. Text and mails have no mark of their own: both the name
    and the content have to say so, and HTML or SVG under its own name is neither.
    """
    for beginning, media_type in BEGINNINGS:
        if beginning.match(content):
            return media_type
    ending = _ending(name)
    if NOT_IN_TEXT.search(content):
        return None
    if ending in ENDINGS[MESSAGE]:
        return MESSAGE if _is_mail(content) else None
    return TEXT if ending in ENDINGS[TEXT] else None


def kept_name(name: str, media_type: str) -> str:
    """The name that a file is kept under: one line, no folders, and an ending that its kind has (R-51)."""
    last = re.split(r"[/\\]", clean_name(name, limit=1_000))[-1].strip()
    endings = ENDINGS[media_type]
    ending = next((one for one in endings if last.lower().endswith(one)), "")
    stem = (last[: len(last) - len(ending)] if ending else last).strip(" .")
    ending = ending or endings[0]
    return (stem[: LIMITS.name - len(ending)].rstrip(" .") or "file") + ending


def shown_name(name: str) -> str:
    """The name of a file that is not kept, as it is told to whoever sent it."""
    return clean_name(name, limit=LIMITS.name) or "file"


def problem_of(size: int, media_type: str | None) -> Problem | None:
    """Why this one file is not accepted; its size is in bytes."""
    if not size:
        return Problem.EMPTY
    if size > LIMITS.file_bytes:
        return Problem.FILE_TOO_LARGE
    return None if media_type else Problem.KIND


def problem_of_all(sizes: Sequence[int]) -> Problem | None:
    """Why the files of one form are not accepted together."""
    if len(sizes) > LIMITS.at_once:
        return Problem.TOO_MANY
    return Problem.SENT_TOO_LARGE if sum(sizes) > LIMITS.sent_bytes else None


def problem_on_case(sizes: Sequence[int], *, files: int, total: int) -> Problem | None:
    """Why a case that has so many files of so many bytes takes no more."""
    if files + len(sizes) > LIMITS.on_case:
        return Problem.CASE_FULL
    return Problem.CASE_TOO_LARGE if total + sum(sizes) > LIMITS.case_bytes else None


def _ending(name: str) -> str:
    _stem, dot, ending = clean_name(name, limit=1_000).rpartition(".")
    return dot + ending.lower()


def _is_mail(content: bytes) -> bool:
    """Whether it begins with the header of a mail: who sent it, and one more field that mails have."""
    names, lines = set(), content[:HEAD].removeprefix(b"\xef\xbb\xbf").splitlines()
    for line in lines[:-1] if len(content) > HEAD else lines:
        if not line:
            break
        found = HEADER_LINE.match(line)
        if not found and not line.startswith(FOLDED):
            return False
        if found:
            names.add(found[1].lower())
    return bool(names & SENT_BY) and bool(names & MARKS_OF_MAIL)
