"""How is a calendar file written? iCalendar (RFC 5545): every text escaped, every line folded."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

LINE_OCTETS = 75
ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
LINE_END = re.compile("\r\n?|[\u2028\u2029\x85]")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: of whole days where it starts on a date, and then it ends before its last; else of instants.

    `written_at` is when it was last written down, `sequence` how often it was moved (RFC 5545, 3.8.7).
    """

    uid: str
    written_at: datetime
    starts: date
    ends: date
    summary: str
    sequence: int | None = None
    url: str = ""


def written(product: str, events: Iterable[Event], *, name: str = "", refresh: str = "") -> bytes:
    """The file. `product` is what it is; `name` and `refresh` (such as PT1H) are for whoever subscribes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Amends//{product}//EN"]
    if name:
        lines += [f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}"]
    if refresh:
        lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{refresh}", f"X-PUBLISHED-TTL:{refresh}"]
    for event in events:
        lines += _lines(event)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _lines(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}@amends"
    yield f"DTSTAMP:{_instant(event.written_at)}"
    yield f"DTSTART{_when(event.starts)}"
    yield f"DTEND{_when(event.ends)}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.sequence is not None:
        yield f"SEQUENCE:{event.sequence}"
    if event.url:
        yield f"URL:{CONTROL.sub('', event.url)}"
        yield f"DESCRIPTION:{escaped(event.url)}"  # some calendars show no URL
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _when(at: date) -> str:
    return f":{_instant(at)}" if isinstance(at, datetime) else f";VALUE=DATE:{at:%Y%m%d}"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A text that begins no line of its own and no other property, whoever wrote it."""
    lines = CONTROL.sub(" ", LINE_END.sub("\n", text))
    return "".join(ESCAPES.get(letter, letter) for letter in lines)


def folded(line: str) -> str:
    """Lines of at most 75 octets; each that follows begins with a space."""
    if len(line.encode()) <= LINE_OCTETS:
        return line
    parts, size = [""], 0
    for letter in line:
        size += len(letter.encode())
        if size > LINE_OCTETS:
            parts.append("")
            size = 1 + len(letter.encode())
        parts[-1] += letter
    return "\r\n ".join(parts)
