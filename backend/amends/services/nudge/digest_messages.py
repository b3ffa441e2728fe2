"""Text of a digest for mail and chat, in its reader's language and zone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec
from markupsafe import Markup

from amends.gateways.notifier import Message
from amends.i18n import N_, ngettext, use_language
from amends.i18n import gettext as _
from amends.rules.case.texts import shortened
from amends.rules.follow_up.kinds import KINDS
from amends.rules.nudge.digests import Owed, Section
from amends.rules.operation import own_texts
from amends.rules.team import written_days
from amends.rules.team.relative_times import due
from amends.rules.vocabulary import Language
from amends.services.nudge import message_markup as markup
from amends.services.nudge import step_words
from amends.services.nudge.nudge_messages import TOGETHER, when

SHOWN = 10
"""So many follow-ups of a section are listed; the others are counted."""

HEADINGS = {
    Section.STUCK: N_("Stuck"),
    Section.OVERDUE: N_("Overdue"),
    Section.TODAY: N_("Due today"),
    Section.SOON: N_("Due soon"),
    Section.PROMISES: N_("Promises"),
    Section.WAITING: N_("Waiting too long"),
    Section.SECOND_CHANCES: N_("Second chances this week"),
}
LATE = frozenset({Section.STUCK, Section.OVERDUE, Section.WAITING})


class Week(msgspec.Struct, frozen=True):
    """The team's last seven days, for leads; `anchor` is the hash of the newest one, empty without any.

    `leaving` closed cases are erased from the day `leaving_on` on, unless a lead keeps them.
    """

    overdue: int
    unowned: int
    opened: int
    closed: int
    won_back: int
    anchor: str = ""
    leaving: int = 0
    leaving_on: date | None = None


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """What one member is told today; `win` is a case that they won back, with its title.

    `told` counts what is not listed because a nudge has just told them.
    """

    sections: Mapping[Section, Sequence[Owed]]
    told: int = 0
    win: tuple[int, str] | None
    week: Week | None
    language: Language
    zone: str


class Line(msgspec.Struct, frozen=True):
    """One line of a digest, with the address that it leads to; a heading has none."""

    words: str
    address: str = ""
    is_heading: bool = False


def message(digest: Digest, *, reference: str, base_url: str, now: datetime) -> Message:
    """The digest as plain text, and as HTML for mail. What people complain of stays here (policy, 10)."""
    with use_language(digest.language):
        told = list(lines(digest, base_url, now))
        return Message(
            title=title(digest),
            body="\n".join(_plain(line) for line in told).strip() + f"\n\n{base_url}/",
            html=_html(told, base_url),
            reference=reference,
            brief=_("Open Amends to read it."),
            opens=f"{base_url}/",
        )


def title(digest: Digest) -> str:
    """How much there is, in the language that is spoken just now."""
    late = sum(len(some) for section, some in digest.sections.items() if section in LATE)
    today = len(digest.sections.get(Section.TODAY, ()))
    parts = []
    if late:
        parts.append(ngettext("%(count)s late", "%(count)s late", late) % {"count": late})
    if today:
        parts.append(ngettext("%(count)s due today", "%(count)s due today", today) % {"count": today})
    return " · ".join([_("Your day"), *parts])


def lines(digest: Digest, base_url: str, now: datetime) -> Iterator[Line]:
    """What it says, line by line, in the language that is spoken just now."""
    for section, owed in digest.sections.items():
        yield Line(_(HEADINGS[section]), is_heading=True)
        for one in owed[:SHOWN]:
            yield Line(_told(one, section, digest.zone, now), f"{base_url}/cases/{one.number}")
        if len(owed) > SHOWN:
            more = len(owed) - SHOWN
            yield Line(ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more})
    if digest.told:
        words = ngettext(
            "%(count)s more was sent to you within the last hour and is not repeated here.",
            "%(count)s more were sent to you within the last hour and are not repeated here.",
            digest.told,
        )
        yield Line(words % {"count": digest.told})
    if digest.win:
        yield Line(_("Won back"), is_heading=True)
        yield Line(step_words.numbered(digest.win[0]), f"{base_url}/cases/{digest.win[0]}")
    if digest.week:
        yield from _of_the_week(digest.week, base_url)


def _told(owed: Owed, section: Section, zone: str, now: datetime) -> str:
    at = due(owed.due_at, now=now, zone=zone) if section in LATE else when(owed.due_at, zone)
    what = step_words.words(owed.step) if owed.step else _(KINDS[owed.kind].to_do)
    words = shortened(own_texts.words(owed.words), TOGETHER)
    return " · ".join(filter(None, (step_words.numbered(owed.number), what, words, at, owed.owner)))


def _of_the_week(week: Week, base_url: str) -> Iterator[Line]:
    yield Line(_("The team’s week"), is_heading=True)
    for words, count in (
        (N_("Cases opened: %(count)s"), week.opened),
        (N_("Cases closed: %(count)s"), week.closed),
        (N_("Customers won back: %(count)s"), week.won_back),
        (N_("Cases overdue now: %(count)s"), week.overdue),
        (N_("Of these, without an owner: %(count)s"), week.unowned),
    ):
        yield Line(_(words) % {"count": count})
    if week.leaving and week.leaving_on:
        yield Line(_("Retention"), is_heading=True)
        yield Line(_("Closed cases that are to be erased: %(count)s") % {"count": week.leaving})
        first = written_days.long(week.leaving_on)
        yield Line(
            _("From %(day)s on. Keep any of them longer in time:") % {"day": first}, f"{base_url}/retention"
        )
    if week.anchor:
        yield Line(_("Records"), is_heading=True)
        yield Line(_("Anchor: %(hash)s") % {"hash": week.anchor})
        yield Line(_("Keep this message: it can show later that nothing recorded before it was altered."))


def _plain(line: Line) -> str:
    if line.is_heading:
        return f"\n{line.words}"
    return f"- {line.words}" + (f"\n  {line.address}" if line.address else "")


def _html(lines: Sequence[Line], base_url: str) -> str:
    foot = markup.paragraph(markup.link(f"{base_url}/", _("Open Today")))
    return markup.letter([*(_markup(line) for line in lines), foot, markup.settings(base_url)])


def _markup(line: Line) -> Markup:
    if line.is_heading:
        return markup.heading(line.words)
    return markup.paragraph(markup.link(line.address, line.words) if line.address else line.words)
