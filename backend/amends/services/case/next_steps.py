"""Facts of the next step, read with the rows of cases, and the step as one member sees it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import FollowUpKind, Role
from amends.rules.workflow.guards import USUAL_RULES, CaseFacts, Mover
from amends.rules.workflow.next_step import Step, next_step
from amends.services.case.access import facts_from, mover_of
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

NAMES = (
    *("stage", "outcome", "severity", "nature", "customer_status", "second_chance_used", "approval"),
    *("draft_by", "draft_reader", "draft_held_until", "public_replies", "plan_given", "place_given"),
    *("thread_ended_at", "pings", "failed_fixes", "owner", "due_kind", "due_at", "check_in_answer"),
    *("came_back_at", "snoozed_until"),
)
"""Columns of a case from which its next step follows."""
READ = (*NAMES, "opted_out", "newer_open_cases", "read_by", "read_until")


def columns(prefix: str = "", *, besides: Iterable[str] = ()) -> str:
    """What `facts_of_row` reads, of a case `c` with its `author` and these joins; the names begin so.

    `besides` are columns of the case that the statement selects already.
    """
    selected = frozenset(besides)
    own = ", ".join(f"c.{name} AS {prefix}{name}" for name in NAMES if name not in selected)
    return f"""{own}, author.opted_out AS {prefix}opted_out,
CASE WHEN c.stage = 'second_chance' THEN {NEWER_OPEN} ELSE 0 END AS {prefix}newer_open_cases,
reading.owner AS {prefix}read_by, reading.due_at AS {prefix}read_until"""


JOINS = """
LEFT JOIN follow_up AS reading ON c.approval = 'pending' AND reading."case" = c.id
    AND reading.kind = 'approval' AND reading.state = 'due'
"""
"""Who has to read a draft, and until when: looked up for drafts that wait alone."""


def facts_of_row(row: Mapping[str, Any], prefix: str = "") -> CaseFacts:
    """The facts in a row with these columns, whoever looks at it; by the usual rules of answering."""
    case = {name: row[prefix + name] for name in READ}
    live = [{"kind": case["due_kind"], "due_at": case["due_at"], "owner": None}] if case["due_kind"] else []
    if case["read_until"]:
        reading = {"kind": FollowUpKind.APPROVAL, "due_at": case["read_until"], "owner": case["read_by"]}
        live.append(reading)
    return facts_from(case, live, newer_open=case["newer_open_cases"] > 0)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at cases, and by which rules the team answers."""

    mover: Mover
    rules: ReplyRules = field(default=USUAL_RULES, hash=False)

    def step(self, facts: CaseFacts, *, now: datetime) -> Step:
        """What comes next on a case, as this member sees it."""
        known = replace(facts, rules=self.rules) if facts.approval == "ready" else facts
        return next_step(known, by=self.mover, now=now)


async def viewer(act: Act, cases: Iterable[CaseFacts]) -> Viewer:
    """This member before these cases; nothing is read that none of them depends on."""
    drafts = {facts.approval for facts in cases}
    mover = await mover_of(act.by, now=act.now) if "pending" in drafts else Mover(act.by.id, act.by.role)
    return Viewer(mover, await reply_rules.current() if "ready" in drafts else USUAL_RULES)
