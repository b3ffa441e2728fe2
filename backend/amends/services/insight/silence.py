"""Cases that a lead may leave in silence when hours are short: proposed, left, taken back (P10)."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from amends.database import by_date, converter, read, run
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.case import stored_texts
from amends.rules.insight import silence as rules
from amends.rules.insight.silence import Unanswered
from amends.rules.vocabulary import Nature, Stage
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.stances import is_seen
from amends.services.case.next_steps import OF_PERSON
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.follow_up import active
from amends.services.insight import capacity, reports
from amends.services.team.members import Act
from amends.services.workflow import moves, undo_snapshots

LOOKED_AT, MOST = 200, 20
"""So many candidates are weighed, the soonest due first, and so many proposed at once."""
UNDO_FOR = timedelta(minutes=10)


class NotForSilence(Conflict):
    """This case can no longer be left in silence from here."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A case that may be left in silence, with its version and the reasons, sentences for the catalogue."""

    case: CaseRow
    version: int
    reasons: tuple[str, ...]


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """A case that this lead has just left in silence, with the way back."""

    number: int
    title: str
    nature: Nature | None
    lang: str
    undo: UUID


CANDIDATES = f"""
FROM case_file AS c {JOINS}
WHERE c.stage IN ('new', 'acknowledge') AND c.severity = 's4' AND c.nature IN ('criticism', 'harassment')
AND c.public_replies = 0 AND c.approval IS NULL AND c.came_back_at IS NULL AND {active.awake()}
AND {{which}} ORDER BY {by_date("c.due_at", "c.number")} LIMIT {LOOKED_AT}
"""
"""A coarse sieve for the database; `rules.insight.silence` decides."""
SHARED = """(
    EXISTS (SELECT 1 FROM follow_up AS f WHERE f."case" = c.id AND f.state = 'due'
        AND f.kind NOT IN ('triage', 'acknowledge'))
    OR EXISTS (SELECT 1 FROM problem_case AS l WHERE l."case" = c.id AND l.linked)
    OR EXISTS (SELECT 1 FROM incident_case AS l WHERE l.number = c.number AND l.linked))"""
KNOWN = OF_PERSON.format(which="AND k.id <> c.id AND k.stage <> 'closed'")
FOUND = f"""
SELECT {COLUMNS}, c.id, c.version, c.fault, {SHARED} AS is_shared,
    CASE WHEN c.author IS NULL THEN 0 ELSE {KNOWN} END AS others {CANDIDATES}
"""
POSTS = f"""
SELECT post."case" AS id, capture.title, capture.text, CAST(capture.metrics AS TEXT) AS metrics
FROM post JOIN capture ON capture.post = post.id WHERE post."case" IN (SELECT c.id {CANDIDATES})
"""
LEFT = """
SELECT c.number, c.title, c.nature, c.lang, u.id AS undo FROM undo AS u JOIN case_file AS c ON c.id = u."case"
WHERE u.member = :by AND u.move IN ('watch_in_silence', 'let_go') AND u.version = c.version
AND u.expires_at > :now ORDER BY u.expires_at DESC LIMIT 20
"""


async def proposed(*, now: datetime) -> list[Proposal]:
    """Cases that may be left in silence, the soonest due first; of those that wait."""
    return (await _weighed("TRUE", now=now))[:MOST]


async def _weighed(which: str, *, now: datetime, **values: int) -> list[Proposal]:
    posts: dict[UUID, list[Mapping[str, Any]]] = {}
    for row in await run(POSTS.format(which=which), quick=False, now=now, **values):
        posts.setdefault(row["id"], []).append(row)
    found = []
    for row in await run(FOUND.format(which=which), quick=False, now=now, **values):
        case = row_of(row)
        told = rules.reasons(_unanswered(case, row, posts.get(row["id"], [])), now=now)
        if told:
            found.append(Proposal(case=case, version=row["version"], reasons=told))
    return found


def _unanswered(case: CaseRow, row: Mapping[str, Any], posts: list[Mapping[str, Any]]) -> Unanswered:
    return Unanswered(
        facts=case.facts,
        fault=row["fault"],
        text="\n".join(f"{one['title']}\n{one['text']}" for one in posts),
        is_seen=any(is_seen(json.loads(one["metrics"] or "{}")) for one in posts),
        is_shared=bool(row["is_shared"]),
        is_known=row["others"] > 0,
    )


async def must_be_short(*, now: datetime) -> None:
    """Nothing is left in silence for want of hours when there are enough. Raises NotForSilence."""
    if not (await capacity.coming_week(now=now)).is_short:
        raise NotForSilence(_("There are enough hours again. Answer this case, or close it on its own page."))


async def leave(act: Act, number: int, *, version: int) -> UUID:
    """Leaves a proposed case in silence, with the reasons on its timeline; the way back, for ten minutes.

    A new one is watched for a week, one that waits for an answer is closed without. Step of a lead, one case
    at a time. Raises NotForSilence where it may no longer be, CaseUnknown, CaseChanged.
    """
    proposals = await _weighed("c.number = :number", now=act.now, number=number)
    if not proposals:
        raise NotForSilence(
            _("Something has happened on case #%(number)s. Open it, then decide.") % {"number": number}
        )
    [proposal] = proposals
    said = " ".join(_(one) for one in proposal.reasons)
    stage = proposal.case.stage
    review = await reports.today(act.now) + timedelta(days=rules.REVIEW_DAYS)
    given = MoveInput(
        reason=_(stored_texts.SHORT_OF_HOURS) % {"reasons": said},
        review_on=review if stage is Stage.NEW else None,
    )
    undo_id = await moves.make(act, number, rules.MOVES[stage], given, version=version)
    await undo_snapshots.keep_until(undo_id, act.now + UNDO_FOR)
    return undo_id


async def just_left(act: Act) -> list[Left]:
    """What this lead left in silence, as far as it can still be taken back, the latest first."""
    return await read(converter(Left), LEFT, by=act.by.id, now=act.now)
