"""Hand-over of a case, ready to show: its facts and what was said as plain text for another tool."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import quote

import msgspec

from amends.i18n import gettext as _
from amends.i18n import ngettext
from amends.rules.case import platforms
from amends.rules.team.mail_addresses import mailto
from amends.rules.vocabulary import FollowUpState
from amends.services.desk.cases import CaseDetail
from amends.web import dates
from amends.web.case.entries_view import Line, Voice, line
from amends.web.case.fields_view import lines_of
from amends.web.case.posts_view import writer
from amends.web.follow_up.follow_ups_view import duty
from amends.web.labels import label, reference
from amends.web.page_kit import Typed

LONGEST = 20_000
"""Letters: what tickets and mails take everywhere. The oldest entries are left out first."""
LONGEST_IN_MAIL = 1_500
"""Letters of an address that every mail program opens; a longer message is copied."""
ROOM_FOR_POST = 5_000


class HandOverPage(msgspec.Struct, frozen=True, kw_only=True):
    """The prepared message, and the form that notes where it went; `mail` opens the mail program."""

    number: int
    text: str
    rows: int
    mail: str
    fits_in_mail: bool
    with_notes: bool
    is_hostile: bool
    typed: Mapping[str, str]
    wrong: Mapping[str, str]
    problem: str


def page(detail: CaseDetail, typed: Typed, *, link: str, with_notes: bool, now: datetime) -> HandOverPage:
    """The page for one case."""
    subject = f"{reference(detail.row.number)} · {detail.row.title}"
    text = message(detail, link=link, with_notes=with_notes, now=now)
    fits = len(quote(text)) <= LONGEST_IN_MAIL
    return HandOverPage(
        number=detail.row.number,
        text=text,
        rows=min(24, text.count("\n") + 2),
        mail=mailto(subject[:200], body=text if fits else link),
        fits_in_mail=fits,
        with_notes=with_notes,
        is_hostile=detail.is_hostile,
        typed=typed.values,
        wrong=typed.errors,
        problem=typed.problem,
    )


def message(detail: CaseDetail, *, link: str, with_notes: bool, now: datetime) -> str:
    """What someone needs who goes on with the case elsewhere, in the reader's language, as plain text."""
    head = "\n\n".join(
        part for part in (_head(detail, link), _post(detail, now), _known(detail), _owed(detail, now)) if part
    )
    voices: frozenset[Voice] = frozenset({"ours", "theirs", "note"} if with_notes else {"ours", "theirs"})
    customer = writer(detail.author).name
    lines = (line(entry, customer=customer, now=now) for entry in detail.timeline)
    said = [_entry(one) for one in lines if one.voice in voices and not one.emptied]
    return "\n\n".join([head, *_history(said, LONGEST - len(head))])


def _head(detail: CaseDetail, link: str) -> str:
    row = detail.row
    who = writer(detail.author)
    facts = {
        _("Case"): f"{reference(row.number)} {link}",
        _("Title"): row.title,
        _("Stage"): label(row.stage),
        _("Severity"): label(row.severity) if row.severity else "",
        _("Author"): " ".join(part for part in (who.name, who.handle, who.url) if part),
        _("Owner"): row.owner.name if row.owner else "",
        _("Location"): row.location.name if row.location else "",
    }
    return _listed(facts.items())


def _post(detail: CaseDetail, now: datetime) -> str:
    """The post as it was last seen."""
    if not detail.captures:
        return ""
    last = detail.captures[-1]
    when = dates.moment(last.posted_at, now=now).exact if last.posted_at else ""
    first = " · ".join(part for part in (platforms.label(last.platform), when, last.url) if part)
    return f"{_('Post')}: {first}\n{_cut(last.text, ROOM_FOR_POST)}".strip()


def _known(detail: CaseDetail) -> str:
    return _listed((one.label, one.shown) for one in lines_of(detail.fields))


def _owed(detail: CaseDetail, now: datetime) -> str:
    duties = [duty(one, now=now) for one in detail.follow_ups if one.state is FollowUpState.DUE]
    told = [f"- {one.kind}{f': {one.said}' if one.said else ''} · {one.due.exact}" for one in duties]
    return "\n".join([_("What we owe"), *told]) if told else ""


def _entry(one: Line) -> str:
    """One entry: when, who, what, and the words of it."""
    first = " · ".join(part for part in (one.at.exact, one.who, one.told) if part)
    return "\n".join([first, *one.sayings, *one.facts])


def _history(said: list[str], room: int) -> list[str]:
    """The heading and the latest entries that fit, in order; a line says how many are left out."""
    kept: list[str] = []
    for entry in reversed(said):
        room -= len(entry) + 2
        if room < 0:
            break
        kept.insert(0, entry)
    if not said:
        return []
    left_out = len(said) - len(kept)
    told = ngettext(
        "%(count)s earlier entry is in the case.", "%(count)s earlier entries are in the case.", left_out
    )
    more = [told % {"count": left_out}] if left_out else []
    return [_("What was said and done"), *more, *kept]


def _listed(facts: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in facts if value)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]} […]"
