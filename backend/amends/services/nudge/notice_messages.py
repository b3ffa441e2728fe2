"""Text of a notice: what a member was given, or is late with, as it is true when the message leaves."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from amends.database import run
from amends.gateways.notifier import Message
from amends.i18n import N_, ngettext, use_language
from amends.i18n import gettext as _
from amends.rules.case.texts import shortened
from amends.rules.team import rotas as rules
from amends.services.nudge import incident_words, wave_words
from amends.services.nudge import message_markup as markup
from amends.services.nudge.nudge_messages import when
from amends.services.team import members, rotas, teams

LONGEST_TITLE = 80
TITLED = 3
"""So many different things are named in a title."""


class GivenKind(StrEnum):
    """What a member was given."""

    DUTY = "duty"
    WEEKLY = "weekly"
    TURNS = "turns"
    DEPUTY = "deputy"


WORDS = {
    GivenKind.DUTY: N_("You are on duty from %(begin)s to %(end)s."),
    GivenKind.WEEKLY: N_("You are on duty every week, next from %(begin)s to %(end)s."),
    GivenKind.TURNS: N_("You are in the duty rotation, next from %(begin)s to %(end)s."),
    GivenKind.DEPUTY: N_(
        "You are deputy for %(name)s from %(begin)s to %(end)s: their reminders come to you during that time."
    ),
}


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a member was given; `name` is whose place they take."""

    kind: GivenKind
    begins_at: datetime
    ends_at: datetime
    name: str = ""


class News(NamedTuple):
    """Something that goes on: the title of its message, its sentence, and the page that shows it."""

    title: str
    said: str
    link: tuple[str, str]


ABOUT = "(SELECT about FROM notice WHERE nudge = :nudge)"
DUTIES = f"""
SELECT begins_at, ends_at FROM duty
WHERE id IN {ABOUT} AND member = :member AND ends_at > :now ORDER BY begins_at
"""
DEPUTIES = f"""
SELECT a.begins_at, a.ends_at, m.name FROM absence AS a JOIN member AS m ON m.id = a.member
WHERE a.id IN {ABOUT} AND a.deputy = :member AND a.ends_at > :now AND m.disabled_at IS NULL
ORDER BY a.begins_at, m.name
"""
WAVES = f"""
SELECT w.scope, w.hours, w.people, w.usual, w.line, COALESCE(t.name, '') AS theme FROM wave AS w
LEFT JOIN theme AS t ON 'theme:' || CAST(t.id AS VARCHAR(36)) = w.scope
WHERE w.id IN {ABOUT} AND w.ended_at IS NULL ORDER BY w.people DESC
"""
INCIDENTS = f"""
SELECT i.number, i.title, i.on_hold, COALESCE((
    SELECT m.name FROM incident_member AS r JOIN member AS m ON m.id = r.member
    WHERE r.incident = i.id AND r.role = 'spokesperson'), '') AS spokesperson,
(SELECT COUNT(*) FROM incident_case AS l WHERE l.incident = i.id AND l.linked) AS cases,
(SELECT COUNT(*) FROM incident_case AS l JOIN case_file AS c ON c.number = l.number
    WHERE l.incident = i.id AND l.linked AND c.owner = :member) AS mine
FROM incident AS i WHERE i.id IN {ABOUT} AND i.state = 'open' ORDER BY i.number
"""
ROTATION = f"SELECT id FROM rotation WHERE id IN {ABOUT}"


async def message(member_id: UUID, nudge: UUID, *, base_url: str, now: datetime) -> Message | None:
    """The notice as it leaves; None when nothing of it is theirs any more, or all of it is over."""
    given = [*await _on_duty(member_id, nudge, now), *await _standing_in(member_id, nudge, now)]
    waves, incidents = await _waves(nudge), await _incidents(nudge, member_id)
    late, work = await _late_places(nudge, now), await run(WORK, nudge=nudge)
    unstamped = bool(await run(UNSTAMPED, nudge=nudge))
    ended = [str(row["name"]) for row in await run(ENDED, nudge=nudge)]
    if not (given or waves or incidents or late or work or unstamped or ended):
        return None
    reader = await members.find(member_id)
    with use_language(reader.language):
        news = [
            *_of_incidents(incidents, base_url),
            *_of_waves(waves, base_url),
            *_of_places(late, base_url),
            *_of_work(work, base_url),
            *_of_unstamped(unstamped, base_url),
            *_of_ended(ended, base_url),
        ]
        said = [*(one.said for one in news), *(_words(one, reader.zone) for one in given)]
        links = [*dict.fromkeys(one.link for one in news), *_links(given, base_url)]
        parts = [*map(markup.paragraph, said), *(markup.paragraph(markup.link(*one)) for one in links)]
        return Message(
            title=" · ".join([*dict.fromkeys(one.title for one in news), *_titles(given)]),
            body="\n\n".join([*said, *(address for address, _words in links)]),
            html=markup.letter([*parts, markup.settings(base_url)]),
            reference=f"notice-{nudge.hex[:8]}",
            brief="\n".join(said),
            opens=next((address for address, _words in links), f"{base_url}/"),
        )


async def _on_duty(member: UUID, nudge: UUID, now: datetime) -> list[Given]:
    zone = await rotas.zone()
    rows = await run(DUTIES, member=member, nudge=nudge, now=now)
    found = [Given(kind=GivenKind.DUTY, **row) for row in rows]
    about = {row["about"] for row in await run("SELECT about FROM notice WHERE nudge = :nudge", nudge=nudge)}
    spans = [
        (GivenKind.WEEKLY, rules.next_duty(rotas.rule_of(one), zone, now))
        for one in await rotas.weekly()
        if one.id in about and one.member == member
    ]
    turns = await rotas.rotation()
    if turns and await run(ROTATION, nudge=nudge):
        spans.append((GivenKind.TURNS, rules.next_turn(turns, zone, member, now)))
    return found + [Given(kind=kind, begins_at=span[0], ends_at=span[1]) for kind, span in spans if span]


async def _standing_in(member: UUID, nudge: UUID, now: datetime) -> list[Given]:
    rows = await run(DEPUTIES, member=member, nudge=nudge, now=now)
    return [Given(kind=GivenKind.DEPUTY, **row) for row in rows]


async def _waves(nudge: UUID) -> list[dict[str, Any]]:
    """What more people than usual write about, as it stands when the message leaves."""
    return [dict(row) for row in await run(WAVES, nudge=nudge)]


def _of_waves(waves: Sequence[dict[str, Any]], base_url: str) -> Iterator[News]:
    link = (f"{base_url}/problems", _("See what it is about"))
    for wave in waves:
        yield News(_("More complaints than usual"), wave_words.sentence(**wave), link)


async def _incidents(nudge: UUID, member: UUID) -> list[dict[str, Any]]:
    """The incidents that go on, as they stand when the message leaves."""
    return [dict(row) for row in await run(INCIDENTS, nudge=nudge, member=member)]


def _of_incidents(incidents: Sequence[dict[str, Any]], base_url: str) -> Iterator[News]:
    for row in incidents:
        link = (f"{base_url}/incidents/{row.pop('number')}", _("Open the incident"))
        title = _("Incident") + _(": ") + shortened(row["title"], LONGEST_TITLE)
        yield News(title, incident_words.sentence(**row), link)


PLACES = f"""
SELECT p.name FROM watched_place AS p WHERE p.id IN {ABOUT} AND p.due_on < :today ORDER BY p.due_on, p.name
"""


async def _late_places(nudge: UUID, now: datetime) -> list[str]:
    """The places that are still to be visited; a visit by somebody else ends it."""
    today = now.astimezone(ZoneInfo((await teams.calendar()).zone)).date()
    return [row["name"] for row in await run(PLACES, nudge=nudge, today=today)]


def _of_places(late: Sequence[str], base_url: str) -> Iterator[News]:
    if not late:
        return
    title = ngettext("%(num)d place to visit", "%(num)d places to visit", len(late))
    said = ngettext(
        "It is your turn, and a visit is late: %(places)s.",
        "It is your turn, and visits are late: %(places)s.",
        len(late),
    )
    link = (f"{base_url}/places", _("Open the places to watch"))
    yield News(title % {"num": len(late)}, said % {"places": ", ".join(late)}, link)


WORK = f"SELECT name, is_retried FROM recurring_work WHERE id IN {ABOUT} AND problem <> '' ORDER BY name"
OF_WORK = {
    ("backup", True): (
        N_("A backup failed"),
        N_("The backup that was due could not be made. It is tried again every hour."),
        "/settings/backups",
        N_("Open the backups"),
    ),
    ("verification", False): (
        N_("Something recorded was altered"),
        N_("The nightly look at timelines, posts and files found something that does not fit."),
        "/settings/records",
        N_("See what was found"),
    ),
    ("verification", True): (
        N_("The nightly check failed"),
        N_("Timelines, posts and files could not be looked at. It is tried again every hour."),
        "/settings/worker#work",
        N_("See how it stands"),
    ),
    ("anchor", True): (
        N_("The anchor of the day failed"),
        N_("The anchor of all timelines could not be made. It is tried again every hour."),
        "/settings/worker#work",
        N_("See how it stands"),
    ),
}
"""Title, sentence, page and link, by the work that recurs and whether the work itself failed."""


def _of_work(rows: Sequence[Mapping[str, Any]], base_url: str) -> Iterator[News]:
    for row in rows:
        title, said, page, link = OF_WORK[row["name"], row["is_retried"]]
        yield News(_(title), _(said), (f"{base_url}{page}", _(link)))


UNSTAMPED = f"SELECT problem FROM time_stamp WHERE id IN {ABOUT} AND problem <> '' AND token = ''"


def _of_unstamped(missing: bool, base_url: str) -> Iterator[News]:
    if missing:
        link = (f"{base_url}/settings/records#stamps", _("See what became of the time stamps"))
        yield News(
            _("There is no time stamp"),
            _("The authority for time stamps gave none that can be trusted. It is asked again."),
            link,
        )


ENDED = f"SELECT name FROM webhook WHERE id IN {ABOUT} AND ended <> '' ORDER BY name"


def _of_ended(names: Sequence[str], base_url: str) -> Iterator[News]:
    link = (f"{base_url}/settings/webhooks", _("See what was answered"))
    for name in names:
        said = _("The webhook “%(name)s” was switched off: its endpoint accepted nothing, or is gone.")
        yield News(_("A webhook was switched off"), said % {"name": name}, link)


def _titles(given: Sequence[Given]) -> list[str]:
    named = dict.fromkeys(
        _("You are deputy for %(name)s") % {"name": one.name}
        if one.kind is GivenKind.DEPUTY
        else _("You are on duty")
        for one in given
    )
    return list(named)[:TITLED]


def _words(given: Given, zone: str) -> str:
    values = {"name": given.name, "begin": when(given.begins_at, zone), "end": when(given.ends_at, zone)}
    return _(WORDS[given.kind]) % values


def _links(given: Sequence[Given], base_url: str) -> Iterator[tuple[str, str]]:
    """The pages that show it, with what their links say."""
    kinds = {one.kind for one in given}
    if kinds - {GivenKind.DEPUTY}:
        yield f"{base_url}/settings/duties", _("See who is on duty")
    if GivenKind.DEPUTY in kinds:
        yield f"{base_url}/settings/reminders#absences", _("See who is away")
