"""Access to a case for a member, one at a time; no other way leads to one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import instant, run
from amends.errors import Conflict, NotFound
from amends.i18n import gettext as _
from amends.rules.case.erased_cases import is_only_read
from amends.rules.person.customer_links import CheckInAnswer
from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import (
    CustomerStatus,
    FollowUpKind,
    FollowUpState,
    Nature,
    Outcome,
    Role,
    Severity,
    Stage,
)
from amends.rules.workflow.guards import USUAL_RULES, CaseFacts, Mover
from amends.services.case import holds
from amends.services.case.authors import SAME_PERSON
from amends.services.case.timeline import CaseIsGone
from amends.services.case.undelivered import ON_CASE
from amends.services.team import absences, reply_rules
from amends.services.team.members import Member


class CaseUnknown(NotFound):
    "Case not found."


class CaseChanged(Conflict):
    "Someone else has changed this case in the meantime."


class CaseIsClosed(Conflict):
    """This case is closed."""


class CaseErased(Conflict):
    """Who wrote this case was erased."""


class CaseRef(msgspec.Struct, frozen=True):
    """What names a case to those outside; `owner` is a name."""

    number: int
    stage: Stage
    owner: str | None


async def find(number: int, *, by: Member) -> tables.Case:
    """The case with this number that the member may see. Raises CaseUnknown."""
    case = await tables.Case.objects().where(tables.Case.number == number).first()
    if case is None:
        raise await unknown(number)
    return case


REMOVED = """
SELECT r.reason, member.name FROM removed_case AS r LEFT JOIN member ON member.id = r.member
WHERE r.number = :number
"""


async def unknown(number: int) -> CaseUnknown:
    """The error for a number that no case has, or has no longer: then with who removed it, and why."""
    rows = await run(REMOVED, number=number)
    if not rows:
        return CaseUnknown(_("There is no case #%(number)s.") % {"number": number})
    who = rows[0]["name"] or _("someone who has left")
    said = {"number": number, "name": who, "reason": rows[0]["reason"]}
    if not said["reason"]:
        return CaseUnknown(_("Case #%(number)s was captured by mistake: %(name)s undid it.") % said)
    return CaseUnknown(_("Case #%(number)s was removed by %(name)s: %(reason)s") % said)


async def take(number: int, *, by: Member | None, version: int | None = None) -> tables.Case:
    """Step: the case, held until the transaction ends; its version goes up.

    `version` is the one that the member saw. Nobody of ours takes it where the person wrote by a link.
    Raises CaseUnknown, and CaseChanged when it is another version now.
    """
    rows = (
        await tables.Case.update({tables.Case.version: tables.Case.version + 1})
        .where(tables.Case.number == number)
        .returning(*tables.Case.all_columns())
    )
    if not rows:
        raise await unknown(number)
    case = tables.Case(**rows[0])
    if version is not None and case.version != version + 1:
        raise CaseChanged(
            _("Someone else has changed this case in the meantime. Look at it again, then decide.")
        )
    return case


async def take_to_write(number: int, *, by: Member, version: int | None = None) -> tables.Case:
    """Step: as `take`, for what is said of a case or of its person. Raises CaseErased, too."""
    case = await take(number, by=by, version=version)
    if is_only_read(case.outcome):
        raise CaseErased(
            _("Case #%(number)s was erased. Nothing can be written to it any more.") % {"number": number}
        )
    return case


def must_be_open(case: tables.Case) -> None:
    """Raises CaseIsClosed, with the sentence that says what to do."""
    if case.stage == Stage.CLOSED:
        raise CaseIsClosed(_("Case #%(number)s is closed. Reopen it first.") % {"number": case.number})


REFERENCE = """
SELECT c.number, c.stage, member.name AS owner_name
FROM case_file AS c LEFT JOIN member ON member.id = c.owner WHERE c.id = :case_id
"""


async def reference(case_id: UUID) -> CaseRef:
    """Number, stage and owner's name of a case that has just been there. Raises CaseIsGone."""
    rows = await run(REFERENCE, case_id=case_id)
    if not rows:
        raise CaseIsGone
    return CaseRef(rows[0]["number"], Stage(rows[0]["stage"]), rows[0]["owner_name"])


OFFERED = """
(SELECT COUNT(*) FROM remedy AS r WHERE r."case" = {case} AND r.state = 'asked') AS remedies_asked,
(SELECT COUNT(*) FROM remedy AS r WHERE r."case" = {case} AND r.state = 'declined') AS remedies_declined,
(SELECT COUNT(*) FROM remedy AS r WHERE r."case" = {case} AND r.state IN ('offered', 'accepted'))
    AS remedies_open
"""
"""How the offers on a case stand, in SQL; `case` is where its id comes from."""
BESIDE = f"SELECT {OFFERED.format(case=':case_id')}, {ON_CASE.format(case=':case_id')} AS undelivered"
"""What other tables tell of one case, in one statement: its offers, and whether a message did not arrive."""
NO_OFFERS = {"remedies_asked": 0, "remedies_declined": 0, "remedies_open": 0}


LINK_UNTIL = """CASE WHEN {case}.stage = 'contact' THEN (
    SELECT MAX(posted.expires_at) FROM customer_link AS posted
    WHERE posted."case" = {case}.id AND posted.purpose = 'hand_off' AND posted.posted_at IS NOT NULL
    AND posted.answers = 0) END"""
"""Until when the person may answer by a private link that stands under their post, in SQL."""


async def facts_of(case: tables.Case) -> CaseFacts:
    """What the rules need to know of a case."""
    owed = tables.FollowUp
    live = await owed.select(owed.kind, owed.due_at, owed.owner).where(
        (owed.case == case.id) & (owed.state == FollowUpState.DUE)
    )
    kept = {column._meta.name: getattr(case, column._meta.name) for column in tables.Case.all_columns()}
    kept["opted_out"] = await _opted_out(case)
    kept |= await holds.of_case(case.number)
    link_until = await _link_until(case)
    kept["has_measure"] = await tables.Measure.exists().where(tables.Measure.case == case.id)
    rules = await reply_rules.current()
    newer_open = await _newer_open_case(case)
    [beside] = await run(BESIDE, case_id=case.id)
    kept["undelivered"] = beside["undelivered"]
    return facts_from(kept, live, newer_open=newer_open, rules=rules, remedies=beside, link_until=link_until)


def facts_from(
    case: Mapping[str, Any],
    live: Sequence[Mapping[str, Any]],
    *,
    newer_open: bool,
    rules: ReplyRules = USUAL_RULES,
    remedies: Mapping[str, Any] = NO_OFFERS,
    link_until: datetime | None = None,
) -> CaseFacts:
    """The same from rows: of the case, with its author's wish, and of the follow-ups that are due."""
    due = {FollowUpKind(row["kind"]): row for row in live}
    approval, ending = due.get(FollowUpKind.APPROVAL), due.get(FollowUpKind.PUBLIC_ENDING)
    return CaseFacts(
        stage=Stage(case["stage"]),
        outcome=Outcome(case["outcome"]) if case["outcome"] else None,
        severity=Severity.stored(case["severity"]),
        nature=Nature(case["nature"]) if case["nature"] else None,
        customer_status=CustomerStatus(case["customer_status"]),
        opted_out=bool(case["opted_out"]),
        second_chance_used=case["second_chance_used"],
        approval=case["approval"],
        draft_by=case["draft_by"],
        reader=case["draft_reader"],
        held_until=case["draft_held_until"],
        public_replies=case["public_replies"],
        plan_given=bool(case["plan_given"]),
        place_given=bool(case["place_given"]),
        thread_ended=case["thread_ended_at"] is not None,
        rules=rules,
        pings=case["pings"],
        failed_fixes=case["failed_fixes"],
        open_promises=sum(row["kind"] == FollowUpKind.PROMISE for row in live),
        newer_open_case=newer_open and case["stage"] == Stage.SECOND_CHANCE,
        remedies_asked=remedies["remedies_asked"],
        remedy_declined=bool(remedies["remedies_declined"]) and not remedies["remedies_open"],
        due={kind: row["due_at"] for kind, row in due.items()},
        owner=case["owner"],
        due_kind=FollowUpKind(case["due_kind"]) if case["due_kind"] else None,
        due_at=case["due_at"],
        read_by=approval["owner"] if approval else None,
        read_until=approval["due_at"] if approval else None,
        ending_until=ending["due_at"] if ending else None,
        link_until=link_until,
        answer=CheckInAnswer(case["check_in_answer"]) if case["check_in_answer"] else None,
        came_back=case["came_back_at"] is not None,
        snoozed_until=case["snoozed_until"],
        has_measure=bool(case.get("has_measure")),
        **{name: bool(case[name]) for name in ("on_hold", "threat_hold", "undelivered")},
    )


async def mover_of(member: Member, *, now: datetime) -> Mover:
    """A member as the rules see them: with their role, and whether they stand in for an absent lead."""
    leads = member.role.reaches(Role.LEAD)
    return Mover(member.id, member.role, stands_in=not leads and await _deputises(member.id, now=now))


async def _deputises(member: UUID, *, now: datetime) -> bool:
    absent = [away for away, deputy in (await absences.away(now=now)).items() if deputy == member]
    if not absent:
        return False
    table = tables.Member
    leading = table.role.is_in([Role.LEAD, Role.ADMIN]) & table.disabled_at.is_null()
    return await table.exists().where(table.id.is_in(absent) & leading)


async def _link_until(case: tables.Case) -> datetime | None:
    if case.stage != Stage.CONTACT:
        return None
    until = instant(LINK_UNTIL.format(case="c"), "link_until")
    statement = f"SELECT {until} FROM case_file AS c WHERE c.id = :case_id"  # noqa: S608 - of ours
    [row] = await run(statement, case_id=case.id)
    found: datetime | None = row["link_until"]
    return found


async def _opted_out(case: tables.Case) -> bool:
    if case.author is None:
        return False
    rows = await tables.Author.select(tables.Author.opted_out).where(tables.Author.id == case.author)
    return bool(rows and rows[0]["opted_out"])


NEWER_OPEN = f"""
SELECT c.id FROM case_file AS c
WHERE c.number > :number AND c.stage <> 'closed' AND c.author IN ({SAME_PERSON}) LIMIT 1
"""  # noqa: S608 - a statement of ours


async def _newer_open_case(case: tables.Case) -> bool:
    if case.author is None or case.stage != Stage.SECOND_CHANCE:
        return False
    return bool(await run(NEWER_OPEN, author=case.author, number=case.number))
