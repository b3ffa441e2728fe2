"""Customer links of a case."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import GIVEN, columns_of, convert, run, transaction
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.person import customer_links as rules
from amends.rules.person.customer_links import ContactRequest, Purpose
from amends.rules.vocabulary import EntryKind, Language, Stage
from amends.services.case import timeline
from amends.services.case.access import find, must_be_open, take
from amends.services.reply import variants
from amends.services.team import teams
from amends.services.team.members import Act


class LinkNotHere(Conflict):
    "This kind of link cannot be created at this stage."


class CustomerLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link of a case as members see it; `is_live` while it may still be answered."""

    purpose: Purpose
    code: str
    made_at: datetime
    expires_at: datetime
    posted_at: datetime | None
    answers: int
    is_live: Annotated[bool, GIVEN]


OF_CASE = f"""
SELECT {columns_of(CustomerLink, table="l")}
FROM customer_link AS l JOIN case_file AS c ON c.id = l."case" WHERE c.number = :number
ORDER BY l.made_at DESC
"""


async def of_case(number: int, *, now: datetime) -> list[CustomerLink]:
    """The links of a case, the newest first."""
    rows = await run(OF_CASE, number=number)
    return [convert(row, CustomerLink, is_live=is_live(row, now)) for row in rows]


async def make(act: Act, number: int, purpose: Purpose) -> str:
    """A fresh link; those made before for the same are dead. Returns its code.

    Raises CaseUnknown, CaseIsClosed, LinkNotHere.
    """
    async with transaction():
        case = await take(number, by=act.by)
        must_be_open(case)
        if Stage(case.stage) not in rules.stages_of(purpose):
            raise LinkNotHere(
                _("This kind of link belongs to another stage. Look at the next step of the case.")
            )
        await _end(case.id, purpose, now=act.now)
        team = await teams.find()
        otherwise = Language(team.language) if team else Language.ENGLISH
        code = "".join(secrets.choice(rules.ALPHABET) for _each in range(rules.LETTERS))
        made = tables.CustomerLink(
            id=uuid4(),
            case=case.id,
            purpose=purpose,
            code=code,
            language=await variants.spoken(case, otherwise=otherwise),
            made_by=act.by.id,
            made_at=act.now,
            expires_at=act.now + rules.GOOD_FOR,
        )
        await tables.CustomerLink.insert(made)
        await timeline.record(
            case.id, EntryKind.CONTACT_ASKED, by=act.by, now=act.now, purpose=purpose, deed="made"
        )
    return code


async def note_posting(act: Act, case: tables.Case, text: str, *, move: str = "") -> None:
    """Step: a public reply of ours is out; where it has the link of its case, the person was asked by it.

    `move` is the one that recorded the reply: taking it back takes this back, too.
    """
    link = tables.CustomerLink
    fresh = (link.case == case.id) & (link.expires_at > act.now) & link.posted_at.is_null()
    rows = await link.select(link.id, link.code, link.purpose).where(fresh)
    for row in (one for one in rows if rules.stands_in(one["code"], text)):
        await link.update({link.posted_at: act.now}).where(link.id == row["id"])
        if case.contact_request is None:
            await note_request(case.id, ContactRequest.ASKED)
        told = {"purpose": row["purpose"], "deed": "posted", "move": move or None}
        await timeline.record(case.id, EntryKind.CONTACT_ASKED, by=act.by, now=act.now, **told)


async def forget_posting(case_id: UUID, *, since: datetime) -> None:
    """Step: the reply was not posted after all, so its link was not, either."""
    link = tables.CustomerLink
    await link.update({link.posted_at: None}).where((link.case == case_id) & (link.posted_at >= since))


async def withdraw(act: Act, number: int, purpose: Purpose) -> None:
    """Nobody can answer by it any more; one that is dead already is left as it is. Raises CaseUnknown."""
    async with transaction():
        case = await take(number, by=act.by)
        if await _end(case.id, purpose, now=act.now):
            kind = EntryKind.CONTACT_ASKED
            await timeline.record(case.id, kind, by=act.by, now=act.now, purpose=purpose, deed="withdrawn")


async def note_refusal(act: Act, number: int) -> None:
    """They give us no way to reach them, which is a signal and kept (P50).

    Raises CaseUnknown, CaseIsClosed.
    """
    async with transaction():
        case = await take(number, by=act.by)
        must_be_open(case)
        await note_request(case.id, ContactRequest.REFUSED)
        await timeline.record(case.id, EntryKind.CONTACT_ASKED, by=act.by, now=act.now, deed="refused")


LIVE = """
SELECT code FROM customer_link WHERE "case" = :case_id AND purpose = :purpose AND expires_at > :now
AND answers < :most ORDER BY made_at DESC LIMIT 1
"""


async def address(case_id: UUID, *, at: str, now: datetime) -> str:
    """Where a case's person can go on in private by the link that is alive; "" when there is none."""
    if not at:
        return ""
    most = rules.most_answers(Purpose.HAND_OFF)
    rows = await run(LIVE, case_id=case_id, purpose=Purpose.HAND_OFF, now=now, most=most)
    return f"{at}/h/{rules.shown(rows[0]['code'])}" if rows else ""


async def hand_off_address(act: Act, number: int, *, at: str) -> str:
    """Where the person can go on in private; the link is made where none is alive.

    Raises CaseUnknown, CaseIsClosed, LinkNotHere.
    """
    case = await find(number, by=act.by)
    if known := await address(case.id, at=at, now=act.now):
        return known
    return f"{at}/h/{rules.shown(await make(act, number, Purpose.HAND_OFF))}"


async def _end(case_id: UUID, purpose: Purpose, *, now: datetime) -> bool:
    """Step: whether there was one that could be answered."""
    link = tables.CustomerLink
    live = (link.case == case_id) & (link.purpose == purpose) & (link.expires_at > now)
    return bool(await link.update({link.expires_at: now}).where(live).returning(link.id))


async def note_request(case_id: UUID, state: ContactRequest) -> None:
    """Step: how asking for a way to reach the person stands."""
    await tables.Case.update({tables.Case.contact_request: state.value}).where(tables.Case.id == case_id)


def is_live(row: Mapping[str, Any], now: datetime) -> bool:
    """Whether a link may still be answered, as far as it is concerned itself."""
    return bool(row["expires_at"] > now and row["answers"] < rules.most_answers(Purpose(row["purpose"])))
