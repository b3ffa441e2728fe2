"""Facts of the next step, read with the rows of cases, and the step as one member sees it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec.structs import asdict

from amends.database import Selected, columns_of, convert
from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import FollowUpKind, Role, Stage
from amends.rules.workflow.guards import USUAL_RULES, CaseFacts, Mover
from amends.rules.workflow.moves import onward
from amends.rules.workflow.next_step import Step, next_step
from amends.services.case.access import LINK_UNTIL, facts_from, mover_of
from amends.services.case.holds import ON_HOLD, THREAT_HOLD
from amends.services.case.undelivered import ON_CASE
from amends.services.team import reply_rules
from amends.services.team.members import Act

ANYBODY = Mover(UUID(int=0), Role.AGENT)
"""Who reads a message that goes to the whole team."""

OF_PERSON = """(
    (SELECT COUNT(*) FROM case_file AS k WHERE k.author = c.author {which})
    + (SELECT COUNT(*) FROM author AS s CROSS JOIN case_file AS k
        WHERE s.person = author.person AND s.id <> c.author AND k.author = s.id {which}))"""
"""How many cases `k` who wrote a case `c` has, by that account and by those joined to it.

Apart: an OR over both makes SQLite read every account. CROSS JOIN: it begins with the accounts.
"""
NEWER_OPEN = OF_PERSON.format(which="AND k.number > c.number AND k.stage <> 'closed'")

READING = """CASE WHEN c.approval = 'pending' THEN (
    SELECT {what} FROM follow_up AS reading LEFT JOIN member AS reader ON reader.id = reading.owner
    WHERE reading."case" = c.id AND reading.kind = 'approval' AND reading.state = 'due') END"""
"""Who has to read a draft of a case `c`, or until when: looked up for drafts that wait alone."""
ENDING = """CASE WHEN c.stage IN ('second_chance', 'checked_in') THEN (
    SELECT ending.due_at FROM follow_up AS ending
    WHERE ending."case" = c.id AND ending.kind = 'public_ending' AND ending.state = 'due') END"""
"""Until when readers of the post of a case `c` are owed how it ended."""
READER = READING.format(what="reader.name")
"""Their name; NULL where it is anybody's."""
NEWER = f"CASE WHEN c.stage = 'second_chance' THEN {NEWER_OPEN} ELSE 0 END"


class FactColumns(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of a case `c` with its `author` from which its next step follows."""

    stage: str
    outcome: str | None
    severity: str | None
    nature: str | None
    customer_status: str
    second_chance_used: bool
    approval: str | None
    draft_by: UUID | None
    draft_reader: UUID | None
    draft_held_until: datetime | None
    public_replies: int
    plan_given: bool
    place_given: bool
    thread_ended_at: datetime | None
    pings: int
    failed_fixes: int
    owner: UUID | None
    due_kind: str | None
    due_at: datetime | None
    check_in_answer: str | None
    came_back_at: datetime | None
    snoozed_until: datetime | None
    on_hold: Annotated[bool, Selected(ON_HOLD.format(number="c.number"))]
    threat_hold: Annotated[bool, Selected(THREAT_HOLD.format(case="c.id"))]
    undelivered: Annotated[bool, Selected(ON_CASE.format(case="c.id"))]
    opted_out: Annotated[bool | None, Selected("author.opted_out")]
    newer_open_cases: Annotated[int, Selected(NEWER)]
    read_by: Annotated[UUID | None, Selected(READING.format(what="reading.owner"))]
    read_until: Annotated[datetime | None, Selected(READING.format(what="reading.due_at"))]
    ending_until: Annotated[datetime | None, Selected(ENDING)]
    link_until: Annotated[datetime | None, Selected(LINK_UNTIL.format(case="c"))]


def columns(prefix: str = "") -> str:
    """What `facts_of_row` reads; the names begin so."""
    return columns_of(FactColumns, table="c", prefix=prefix)


def facts_of_row(row: Mapping[str, Any], prefix: str = "") -> CaseFacts:
    """The facts in a row with these columns, whoever looks at it; by the usual rules of answering."""
    case = convert(row, FactColumns, prefix=prefix)
    live: list[dict[str, Any]] = []
    if case.due_kind:
        live.append({"kind": case.due_kind, "due_at": case.due_at, "owner": None})
    if case.read_until:
        live.append({"kind": FollowUpKind.APPROVAL, "due_at": case.read_until, "owner": case.read_by})
    if case.ending_until:
        live.append({"kind": FollowUpKind.PUBLIC_ENDING, "due_at": case.ending_until, "owner": None})
    return facts_from(asdict(case), live, newer_open=case.newer_open_cases > 0, link_until=case.link_until)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at cases, and by which rules the team answers."""

    mover: Mover
    rules: ReplyRules = field(default=USUAL_RULES, hash=False)

    def step(self, facts: CaseFacts, *, now: datetime) -> Step:
        """What comes next on a case, as this member sees it."""
        return next_step(self._known(facts), by=self.mover, now=now)

    def stages(self, facts: CaseFacts, *, now: datetime) -> tuple[Stage, ...]:
        """The open stages into which this member may bring a case, as far as a list knows it."""
        return tuple(onward(self._known(facts), by=self.mover, now=now))

    def _known(self, facts: CaseFacts) -> CaseFacts:
        return replace(facts, rules=self.rules) if facts.approval == "ready" else facts


async def viewer(act: Act, cases: Iterable[CaseFacts]) -> Viewer:
    """This member before these cases; nothing is read that none of them depends on."""
    drafts = {facts.approval for facts in cases}
    mover = await mover_of(act.by, now=act.now) if "pending" in drafts else Mover(act.by.id, act.by.role)
    return Viewer(mover, await reply_rules.current() if "ready" in drafts else USUAL_RULES)
