"""Drills, ready to show: the list, one that runs, its score."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from amends.i18n import gettext as _
from amends.i18n import ngettext, number
from amends.rules.desk import incidents
from amends.rules.insight import drills as rules
from amends.rules.insight.drills import Score, Taken
from amends.rules.insight.invented_posts import InventedPost
from amends.rules.vocabulary import DrillDeed, IncidentRole, Language
from amends.services.insight.drills import DrillDetail, DrillRow, EventRow
from amends.services.nudge import wave_words
from amends.web import dates
from amends.web.dates import Moment
from amends.web.insight.labels import drills as labels
from amends.web.insight.labels import incidents as incident_labels
from amends.web.insight.labels import waves as wave_labels


class DrillLine(msgspec.Struct, frozen=True, kw_only=True):
    """One drill of the list; `ended` is None while it runs."""

    href: str
    title: str
    by: str
    started: Moment
    ended: Moment | None


class PostLine(msgspec.Struct, frozen=True, kw_only=True):
    """One invented post, and its place among all."""

    place: int
    author: str
    platform: str
    language: str
    words: str
    after: str
    looked_at: bool


class StepLine(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the plan; `ticks` where it is ticked, and not done elsewhere on the page."""

    name: str
    words: str
    is_done: bool
    ticks: bool


class DrillPage(msgspec.Struct, frozen=True, kw_only=True):
    """A drill that runs, as it stands."""

    number: int
    href: str
    title: str
    elapsed: str
    ends: Moment
    sums: str
    to_come: str
    warned: tuple[str, ...]
    verdict: str
    is_warned: bool
    is_acknowledged: bool
    on_hold: bool
    posts: tuple[PostLine, ...]
    steps: tuple[StepLine, ...]
    progress: str
    roles: tuple[tuple[str, str, str], ...]
    line: dict[str, str]
    updates: tuple[tuple[str, str], ...]


class TakenLine(msgspec.Struct, frozen=True, kw_only=True):
    """One measure of a score."""

    name: str
    after: str
    within: str
    is_done: bool
    is_late: bool


class ResultPage(msgspec.Struct, frozen=True, kw_only=True):
    """How a drill went."""

    number: int
    href: str
    title: str
    started: Moment
    ended: Moment
    sums: str
    in_time: str
    taken: tuple[TakenLine, ...]
    warned: tuple[str, ...]
    steps: tuple[str, ...]
    steps_done: str
    dangers: tuple[PostLine, ...]
    dangers_seen: str
    better: tuple[str, ...]


def line(row: DrillRow, *, now: datetime) -> DrillLine:
    """A drill as the list shows it."""
    ended = row.over_at(now)
    return DrillLine(
        href=_href(row),
        title=_title(row),
        by=row.started_by.name if row.started_by else "",
        started=dates.moment(row.started_at, now=now),
        ended=dates.moment(ended, now=now) if ended else None,
    )


def _href(row: DrillRow) -> str:
    return f"/incidents/drills/{row.number}"


def _title(row: DrillRow) -> str:
    return _("Drill %(number)s: %(kind)s") % {
        "number": row.number,
        "kind": _(incident_labels.KINDS[row.kind]),
    }


def page(detail: DrillDetail, *, now: datetime) -> DrillPage:
    """Everything that the page of a running drill shows."""
    drill, deeds = detail.drill, detail.deeds
    steps = _steps(detail)
    warned = rules.warned_of(detail.posts)
    verdict = rules.looks(detail.posts, doublings=max(0, len(warned) - 1))
    return DrillPage(
        number=drill.number,
        href=_href(drill),
        title=_title(drill),
        elapsed=stopwatch(now - drill.started_at),
        ends=dates.moment(drill.ends_at, now=now),
        sums=_sums(detail.posts),
        to_come=_to_come(detail.to_come),
        warned=_warned(detail),
        verdict=f"{_(wave_labels.VERDICTS[verdict])}{_(': ')}{_(wave_labels.MEANINGS[verdict])}",
        is_warned=bool(warned),
        is_acknowledged=any(one.kind is DrillDeed.ACKNOWLEDGED for one in deeds),
        on_hold=rules.is_on(deeds),
        posts=tuple(reversed(_posts(detail))),
        steps=steps,
        progress=_("%(done)s of %(all)s") % {"done": sum(one.is_done for one in steps), "all": len(steps)},
        roles=tuple(
            (role.value, _(incident_labels.ROLES[role]), _holder(detail.events, role))
            for role in IncidentRole
        ),
        line={one.value: _latest(detail.events, one) for one in Language},
        updates=tuple(
            (stopwatch(one.at - drill.started_at), one.words)
            for one in detail.events
            if one.kind is DrillDeed.UPDATED
        ),
    )


def result(detail: DrillDetail, *, over_at: datetime, now: datetime) -> ResultPage:
    """The score of a drill that is over."""
    drill = detail.drill
    score = rules.score(drill.kind, detail.posts, detail.deeds, began_at=drill.started_at)
    counts = {"done": score.in_time, "all": len(score.taken)}
    seen = {"done": score.all_dangers - len(score.dangers), "all": score.all_dangers}
    return ResultPage(
        number=drill.number,
        href=_href(drill),
        title=_title(drill),
        started=dates.moment(drill.started_at, now=now),
        ended=dates.moment(over_at, now=now),
        sums=_sums(detail.posts),
        in_time=_("%(done)s of %(all)s in time") % counts,
        taken=tuple(map(_taken, score.taken)),
        warned=_warned(detail),
        steps=tuple(_(incidents.STEPS[one]) for one in score.steps),
        steps_done=_("%(done)s of %(all)s")
        % {"done": score.all_steps - len(score.steps), "all": score.all_steps},
        dangers=tuple(one for one in _posts(detail) if detail.posts[one.place] in score.dangers),
        dangers_seen=_("%(done)s of %(all)s") % seen,
        better=_better(score),
    )


def stopwatch(span: timedelta) -> str:
    """Minutes and seconds, as a stopwatch shows them: "4:05", "61:00"."""
    minutes, seconds = divmod(max(0, int(span.total_seconds())), 60)
    return f"{minutes}:{seconds:02d}"


def _sums(posts: Sequence[InventedPost]) -> str:
    writers = len({one.author for one in posts})
    said = ngettext("%(num)s post", "%(num)s posts", len(posts)) % {"num": number(len(posts))}
    people = ngettext("%(num)s person", "%(num)s people", writers) % {"num": number(writers)}
    return f"{said} · {people}"


def _to_come(posts: int) -> str:
    if not posts:
        return _("All posts have come.")
    return ngettext("%(num)s post is still to come.", "%(num)s posts are still to come.", posts) % {
        "num": number(posts)
    }


def _warned(detail: DrillDetail) -> tuple[str, ...]:
    """Who would have been told, at which people, by the rule of a real storm."""
    names: dict[str, list[str]] = {}
    for one in detail.events:
        if one.kind is DrillDeed.WARNED:
            names.setdefault(one.what, []).append(one.member.name if one.member else _("a removed member"))
    said: list[str] = []
    for warned in rules.warned_of(detail.posts):
        grown = warned.growth
        sums = {"hours": grown.hours, "people": grown.people, "usual": grown.usual, "line": grown.line}
        words = wave_words.sentence(scope="all", theme="", **sums)
        told = ", ".join(names.get(str(grown.people), [])) or _("nobody: there is no member to tell")
        values = {"after": stopwatch(timedelta(seconds=warned.after)), "names": told, "words": words}
        said.append(_("%(after)s, to be told: %(names)s. %(words)s") % values)
    return tuple(said)


def _posts(detail: DrillDetail) -> list[PostLine]:
    looked = {one.what for one in detail.events if one.kind is DrillDeed.LOOKED}
    return [
        PostLine(
            place=place,
            author=one.author,
            platform=one.platform,
            language=one.language,
            words=one.words,
            after=stopwatch(timedelta(seconds=one.after)),
            looked_at=str(place) in looked,
        )
        for place, one in enumerate(detail.posts)
    ]


def _steps(detail: DrillDetail) -> tuple[StepLine, ...]:
    done = rules.done_steps(detail.deeds)
    return tuple(
        StepLine(
            name=one.name,
            words=_(one.words),
            is_done=one.name in done,
            ticks=rules.has_step(detail.drill.kind, one.name),
        )
        for one in incidents.CHECKLISTS[detail.drill.kind]
    )


def _holder(events: Sequence[EventRow], role: IncidentRole) -> str:
    """The id of who has a role now."""
    given = [one.member for one in events if one.kind is DrillDeed.ROLE and one.what == role]
    return str(given[-1].id) if given and given[-1] else ""


def _latest(events: Sequence[EventRow], language: Language) -> str:
    versions = [one.words for one in events if one.kind is DrillDeed.STATEMENT and one.what == language]
    return versions[-1] if versions else ""


def _taken(one: Taken) -> TakenLine:
    return TakenLine(
        name=_(labels.MEASURES[one.measure]),
        after=stopwatch(one.after) if one.after is not None else _("never"),
        within=stopwatch(one.within) if one.within else "",
        is_done=one.after is not None,
        is_late=one.is_late,
    )


def _better(score: Score) -> tuple[str, ...]:
    """What to do better, one sentence each."""
    said = [labels.BETTER[one.measure] for one in score.taken if one.is_late]
    said += [labels.BETTER_STEPS] if score.steps else []
    said += [labels.BETTER_DANGERS] if score.dangers else []
    return tuple(map(_, said))
