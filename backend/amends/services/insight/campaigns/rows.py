"""Reading of campaigns: the list, and one with its checks, decisions, replies and cases."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import Selected, columns_of, converter, read, run
from amends.errors import NotFound
from amends.i18n import gettext as _
from amends.rules.vocabulary import Verdict
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.team.names import Name

MOST_LISTED = 100
MOST_CASES = 200
"""Cases that the page of a campaign shows; the list of cases has them all."""


class CampaignUnknown(NotFound):
    "Campaign not found."


LAST = "SELECT d.verdict FROM campaign_decision AS d WHERE d.campaign = p.id ORDER BY d.position DESC LIMIT 1"
CASES = "SELECT COUNT(*) FROM campaign_case AS l WHERE l.campaign = p.id AND l.linked"
OPEN = "SELECT COUNT(*) FROM campaign_check AS k WHERE k.campaign = p.id AND NOT k.done"


class CampaignRow(msgspec.Struct, frozen=True, kw_only=True):
    """One campaign of the list: its last verdict, how many cases came of it, what is still to be checked."""

    number: int
    name: str
    first: date
    last: date
    verdict: Annotated[Verdict | None, Selected(f"({LAST})")]
    cases: Annotated[int, Selected(f"({CASES})")]
    open_checks: Annotated[int, Selected(f"({OPEN})")]


LISTED = f"""
SELECT {columns_of(CampaignRow, table="p")} FROM campaign AS p ORDER BY p.number DESC LIMIT {MOST_LISTED}
"""


async def listed() -> list[CampaignRow]:
    """The campaigns, the newest first."""
    return await read(converter(CampaignRow), LISTED)


class CheckRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to check, and who found what."""

    id: UUID
    words: str
    done: bool
    note: str
    settled_by: Annotated[Name | None, Selected("k.settled_by", join="settler")]
    settled_at: datetime | None


class DecisionRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a lead decided, and why."""

    verdict: Verdict
    reason: str
    member: Annotated[Name | None, Selected("d.member", join="decider")]
    at: datetime


class ReplyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A prepared reply that was chosen."""

    id: Annotated[UUID, Selected("t.id")]
    title: Annotated[str, Selected("t.title")]
    text: Annotated[str, Selected("t.text")]
    language: Annotated[str, Selected("t.language")]


class CampaignDetail(msgspec.Struct, frozen=True, kw_only=True):
    """One campaign with everything on its page; the newest decision and case first."""

    campaign: tables.Campaign
    checks: list[CheckRow]
    decisions: list[DecisionRow]
    replies: list[ReplyRow]
    cases: list[CaseRow]
    more_cases: int

    @property
    def verdict(self) -> Verdict | None:
        """The decision that counts."""
        return self.decisions[0].verdict if self.decisions else None


CHECKS = f"""
SELECT {columns_of(CheckRow, table="k")} FROM campaign_check AS k
LEFT JOIN member AS settler ON settler.id = k.settled_by WHERE k.campaign = :campaign ORDER BY k.position
"""
DECISIONS = f"""
SELECT {columns_of(DecisionRow, table="d")} FROM campaign_decision AS d
LEFT JOIN member AS decider ON decider.id = d.member WHERE d.campaign = :campaign
ORDER BY d.position DESC LIMIT 100
"""
REPLIES = f"""
SELECT {columns_of(ReplyRow, table="l")} FROM campaign_reply AS l
JOIN reply_template AS t ON t.id = l.template WHERE l.campaign = :campaign ORDER BY t.title, t.id
"""
LINKED = f"""
SELECT {COLUMNS} FROM campaign_case AS l JOIN case_file AS c ON c.id = l."case" {JOINS}
WHERE l.campaign = :campaign AND l.linked ORDER BY c.number DESC LIMIT {MOST_CASES}
"""
COUNT = "SELECT COUNT(*) AS cases FROM campaign_case WHERE campaign = :campaign AND linked"


async def find(number: int) -> tables.Campaign:
    """One campaign. Raises CampaignUnknown."""
    found = await tables.Campaign.objects().where(tables.Campaign.number == number).first()
    if found is None:
        raise CampaignUnknown(_("There is no campaign %(number)s.") % {"number": number})
    return found


async def detail(number: int) -> CampaignDetail:
    """Everything that the page of a campaign shows. Raises CampaignUnknown."""
    campaign = await find(number)
    of: dict[str, Any] = {"campaign": campaign.id}
    cases = [row_of(row) for row in await run(LINKED, **of)]
    more = (await run(COUNT, **of))[0]["cases"] - len(cases) if len(cases) == MOST_CASES else 0
    return CampaignDetail(
        campaign=campaign,
        checks=await read(converter(CheckRow), CHECKS, **of),
        decisions=await read(converter(DecisionRow), DECISIONS, **of),
        replies=await read(converter(ReplyRow), REPLIES, **of),
        cases=cases,
        more_cases=more,
    )
