"""Checks before sending: still due, member present, quiet hours, daily budget.

All of it was judged when the nudge was decided, and is judged again when it leaves: it may have waited for
the morning, for a service, or for a worker that was down.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from amends.database import Engine, bound, run, transaction
from amends.rules.follow_up import active
from amends.rules.follow_up import news as facts
from amends.rules.nudge import news
from amends.rules.nudge import nudges as rules
from amends.rules.team.calendars import Calendar
from amends.rules.vocabulary import Audience, News, NudgeKind, NudgeState, Role, Severity, Stage
from amends.services.nudge.nudges import settlement
from amends.services.nudge.nudges.planning import hand_on
from amends.services.nudge.nudges.receivers import quiet_hours
from amends.services.team import absences, teams

Nudges = list[dict[str, Any]]

KEPT_FOR = timedelta(seconds=30)
_calendars: WeakKeyDictionary[Engine, tuple[datetime, Calendar]] = WeakKeyDictionary()

HELD = frozenset({NudgeKind.RUNG, NudgeKind.NOTICE})
"""What waits for the end of quiet hours: a digest has its hour, and somebody waits for a test."""
HANDED_ON = frozenset({"away", "back", "member disabled"})
"""Its member has gone since it was decided, or stands in for an owner who is there again: others hear."""


async def apply(claimed: Nudges, holder: str, now: datetime) -> tuple[Nudges, list[NudgeState]]:
    """The nudges to send now, and the states in which the others were settled.

    The rest is untrue, tried too often, held until quiet hours end, or left to the digest.
    """
    reasons = {nudge["id"]: untrue(nudge, now) for nudge in claimed}
    states: list[NudgeState] = []
    for reason in sorted({reason for reason in reasons.values() if reason}):
        false = [nudge for nudge in claimed if reasons[nudge["id"]] == reason]
        async with transaction():
            states += await settlement.write_void(false, holder, reason, now)
            if reason in HANDED_ON:
                await hand_on([one for one in false if one["kind"] == NudgeKind.RUNG], now)
    true = [nudge for nudge in claimed if not reasons[nudge["id"]]]
    spent = [nudge for nudge in true if nudge["attempts"] > rules.LAST_ATTEMPT]
    if spent:
        states += await settlement.settle(spent, holder, None, now)
        true = [nudge for nudge in true if nudge not in spent]
    true, held = await _outside_quiet_hours(true, holder, now)
    states += held
    if doubled := _doubled(true):
        states += await settlement.void(doubled, holder, "overtaken", now)
        true = [nudge for nudge in true if nudge not in doubled]
    if true and await _is_over_budget(true, now):
        return [], [*states, *await settlement.void(true, holder, "left to the digest", now)]
    return true, states


async def _outside_quiet_hours(nudges: Nudges, holder: str, now: datetime) -> tuple[Nudges, list[NudgeState]]:
    """Without those whose member must not be disturbed now: they are held until then."""
    if not nudges or nudges[0]["member"] is None or nudges[0]["kind"] not in HELD:
        return nudges, []
    first, states = nudges[0], list[NudgeState]()
    quiet = quiet_hours({**first, "zone": first["member_zone"]}, await _calendar(now))
    ends = rules.after_quiet(quiet, now)
    if ends <= now:
        return nudges, states
    held = [one for one in nudges if not _ignores_quiet_hours(one) and not await _breaks_through(one, now)]
    if held:
        states = await settlement.hold(held, holder, ends)
    return [nudge for nudge in nudges if nudge not in held], states


def _ignores_quiet_hours(nudge: dict[str, Any]) -> bool:
    is_rung = nudge["kind"] == NudgeKind.RUNG
    return is_rung and news.ignores_quiet_hours(nudge["rung"], Audience(nudge["audience"]))


async def _calendar(now: datetime) -> Calendar:
    """The team's, half a minute old at most: each message would else read all closed days anew."""
    read_at, calendar = _calendars.get(bound(), (None, None))
    if calendar is None or read_at is None or not timedelta(0) <= now - read_at < KEPT_FOR:
        calendar = await teams.calendar()
        _calendars[bound()] = (now, calendar)
    return calendar


async def _breaks_through(nudge: dict[str, Any], now: datetime) -> bool:
    """An S1 does, for whoever is on duty and asked for it (nudge policy, 5)."""
    urgent = nudge["severity"] == Severity.S1 and nudge["hears_urgent"]
    return bool(urgent) and nudge["member"] in await absences.on_duty(now=now)


async def _is_over_budget(nudges: Nudges, now: datetime) -> bool:
    """Whether the member had enough messages today; an S1 always goes out (nudge policy, 3)."""
    first = nudges[0]
    urgent = any(nudge["severity"] == Severity.S1 for nudge in nudges)
    if urgent or first["kind"] != NudgeKind.RUNG or first["member"] is None or first["digest_at"] is None:
        return False
    return bool(await _told_today(first, now=now) >= first["daily_budget"])


def untrue(nudge: dict[str, Any], now: datetime) -> str | None:
    """Why a nudge that was planned may no longer be sent (nudge policy, 1 and 6)."""
    is_gone = nudge["disabled_at"] is not None
    if nudge["kind"] != NudgeKind.RUNG and is_gone:
        return "member disabled"
    if nudge["kind"] == NudgeKind.DIGEST:
        if nudge["member_away"]:
            return "away"
        return "of another day" if _local_day(nudge, now) != _local_day(nudge, nudge["created_at"]) else None
    if nudge["kind"] in (NudgeKind.TRIAL, NudgeKind.NOTICE, NudgeKind.REPORT):
        return None
    if nudge["rung"] in news.JUDGED_BY_CASE:
        return _outdated_news(nudge, news.NEWS[nudge["rung"]])
    silence = active.silence(
        nudge["duty"],
        state=nudge["owed_state"],
        paused_at=nudge["paused_at"],
        stage=nudge["stage"],
        snoozed_until=nudge["snoozed_until"],
        now=now,
        until_woken=True,
    )
    reasons = {
        "overtaken": nudge["overtaken"],
        "settled": silence == "settled",
        "moved": nudge["owed_generation"] != nudge["generation"],
        silence: silence is not None,
        "member disabled": is_gone,
        "away": nudge["member_away"],
        "back": _stood_in(nudge),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _outdated_news(nudge: dict[str, Any], told: News) -> str | None:
    """Why what was to be told of a case at once is no news any more; its dates may have moved meanwhile."""
    severity = Severity.stored(nudge["severity"])
    if not facts.is_true(told, stage=Stage(nudge["stage"]), severity=severity):
        return "settled"
    if nudge["disabled_at"] is not None:
        return "member disabled"
    return "away" if nudge["member_away"] else None


def _doubled(nudges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that go together with a later rung of the same follow-up, or with the same news of their case."""
    last: dict[UUID | None, int] = {}
    of_cases = {(nudge["case_id"], nudge["rung"]): nudge["id"] for nudge in nudges}
    for nudge in nudges:
        last[nudge["follow_up"]] = max(nudge["rung"], last.get(nudge["follow_up"], nudge["rung"]))
    return [
        nudge
        for nudge in nudges
        if nudge["rung"] < last[nudge["follow_up"]]
        or (nudge["rung"] in news.JUDGED_BY_CASE and of_cases[nudge["case_id"], nudge["rung"]] != nudge["id"])
    ]


async def _told_today(nudge: dict[str, Any], *, now: datetime) -> int:
    """How many messages a nudge's member has had since their midnight; digests and tests do not count."""
    zone = ZoneInfo(nudge["member_zone"])
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = await run(
        "SELECT count(DISTINCT message) AS messages FROM nudge "
        "WHERE member = :member AND state = 'sent' AND settled_at >= :midnight AND kind = 'rung'",
        member=nudge["member"],
        midnight=midnight,
    )
    return int(rows[0]["messages"])


def _stood_in(nudge: dict[str, Any]) -> bool:
    """Whether its member stood in for an owner or lead who is there again, or for another owner than now.

    That a case is nobody's again is told to its former owner.
    """
    owner, member = nudge["owner"], nudge["member"]
    if nudge["rung"] == news.GIVEN_BACK:
        return False
    if nudge["audience"] == Audience.LEAD:
        return not Role(nudge["member_role"]).reaches(Role.LEAD) and not nudge["leads_deputy"]
    is_another = nudge["audience"] == Audience.OWNER and member is not None and owner != member
    return is_another and not nudge["owner_away"]


def _local_day(nudge: dict[str, Any], at: datetime) -> object:
    return at.astimezone(ZoneInfo(nudge["member_zone"] or "UTC")).date()
