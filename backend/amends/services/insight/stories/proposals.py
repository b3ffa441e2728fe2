"""Proposals of case stories: the facts of a case, and the names that must not stand in its story."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import json

import msgspec

from amends import tables
from amends.database import run
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.case.exchanges import said_by_themselves
from amends.rules.case.fields import said_in
from amends.rules.insight import stories as rules
from amends.rules.insight.redaction import Whole
from amends.rules.insight.stories import Facts
from amends.rules.vocabulary import FieldKind, Outcome, Stage
from amends.services.case import access, field_values, timeline
from amends.services.case.authors import SAME_PERSON
from amends.services.desk.cases.captures import captures_of
from amends.services.follow_up import remedies
from amends.services.insight.stories.rows import StoryRow, find
from amends.services.team.members import Member

NUMBERS = (FieldKind.ORDER_NUMBER,)
"""Kinds of fields whose values tell who somebody is."""


class StoryTooEarly(Conflict):
    """A story is told of a case that is resolved or closed."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What the form of a case begins with: its facts, the story that is kept of it, its author's name."""

    number: int
    facts: Facts
    author: str
    story: StoryRow | None


NAMES = f"""
SELECT a.name, a.handle FROM author AS a WHERE a.id IN ({SAME_PERSON})
UNION SELECT w.name, w.handle FROM post JOIN capture ON capture.post = post.id
JOIN author AS w ON w.id = capture.author WHERE post."case" = :case_id
UNION SELECT p.name, '' FROM author AS own JOIN person AS p ON p.id = own.person WHERE own.id = :author
"""


GIVEN = f"""
SELECT p.body FROM case_file AS c JOIN entry AS e ON e."case" = c.id JOIN particulars AS p ON p.entry = e.id
WHERE (c.id = :case_id OR c.author IN ({SAME_PERSON})) AND e.kind IN ('touchpoint', 'moved', 'reopened')
"""
"""What they wrote about themselves by a private link or a mail, on any of their cases."""


async def propose(number: int, *, by: Member) -> Proposal:
    """What a story of this case can be made of. Raises CaseUnknown, StoryTooEarly."""
    case = await access.find(number, by=by)
    story = await find(number)
    if story is None:
        must_have_ended(case)
    author = await tables.Author.objects().get(tables.Author.id == case.author) if case.author else None
    return Proposal(
        number=number,
        facts=await facts(case, await names_of(case)),
        author=(author.name or author.handle) if author else "",
        story=story,
    )


async def names_of(case: tables.Case) -> list[str]:
    """Every name, handle and number that must not stand in an anonymous story, the longest first."""
    rows = await run(NAMES, author=case.author, case_id=case.id)
    known = {row[what] for row in rows for what in ("name", "handle") if row[what]}
    return sorted({*known, *await _given(case)}, key=len, reverse=True)


async def _given(case: tables.Case) -> set[str]:
    given = set[str]()
    for row in await run(GIVEN, author=case.author, case_id=case.id):
        told = json.loads(row["body"] or "{}")
        if said_by_themselves(told):
            given.add(str(told.get("person") or ""))
            given |= {Whole(told["contact"])} if told.get("contact") else set()
            given |= {Whole(one.after) for one in said_in(told, "given") if one.kind in NUMBERS}
    standing = await field_values.of_case(case.number)
    given |= {Whole(one.value) for one in standing if one.kind in NUMBERS}
    return given - {""}


async def facts(case: tables.Case, names: list[str]) -> Facts:
    """What a story of the case can say, without these names."""
    return rules.facts_of(
        await captures_of(case.id),
        await timeline.of_case(case.id),
        await remedies.of_case(case.id),
        opened_at=case.opened_at,
        outcome=Outcome(case.outcome) if case.outcome else None,
        names=names,
    )


def must_have_ended(case: tables.Case) -> None:
    """Raises StoryTooEarly."""
    if not rules.may_be_told(Stage(case.stage), Outcome(case.outcome) if case.outcome else None):
        raise StoryTooEarly(
            _("Case #%(number)s has no end that can be told: resolve it first.") % {"number": case.number}
        )
