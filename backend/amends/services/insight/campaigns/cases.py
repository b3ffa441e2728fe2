"""Cases of a campaign: tied by hand, or suggested by its days and its post."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Collection
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Invalid
from amends.rules.capture.addresses import platform_of
from amends.rules.desk.case_numbers import chosen as chosen_of
from amends.rules.insight.periods import DAY
from amends.rules.vocabulary import EntryKind
from amends.services.case import locks, timeline
from amends.services.case.access import take as take_case
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.insight import reports
from amends.services.insight.campaigns.rows import find
from amends.services.team.members import Act

MOST_AT_ONCE = 200
MOST_SUGGESTED = 20


class NoCaseTicked(Invalid):
    """Choose at least one case."""


UNDER_POST = """EXISTS (
    SELECT 1 FROM post JOIN capture ON capture.post = post.id
    WHERE post."case" = c.id AND (capture.page_url = :url OR capture.url = :url)
)"""
SUGGESTED = f"""
SELECT {COLUMNS} FROM case_file AS c {JOINS}
WHERE c.opened_at >= :since@ AND c.opened_at < :until@ AND {{where}}
AND NOT EXISTS (SELECT 1 FROM campaign_case AS l WHERE l.campaign = :campaign AND l."case" = c.id)
ORDER BY c.number DESC LIMIT {MOST_SUGGESTED}
"""


async def suggested(campaign: tables.Campaign) -> list[CaseRow]:
    """Cases of its days that were never tied nor taken out, the newest first.

    With its post they are those under that post and on that site; without it, all.
    """
    zone = await reports.zone()
    days = {
        "since": datetime.combine(campaign.first, time(), zone),
        "until": datetime.combine(campaign.last + DAY, time(), zone),
    }
    asked: dict[str, Any] = {"campaign": campaign.id, **days}
    where = "TRUE"
    if campaign.url:
        where = f"(c.platform = :platform OR {UNDER_POST})"
        asked |= {"url": campaign.url, "platform": platform_of(campaign.url)}
    return [row_of(row) for row in await run(SUGGESTED.format(where=where), **asked)]


async def link(act: Act, number: int, cases: Collection[int]) -> None:
    """These cases came of the campaign. Raises CampaignUnknown, CaseUnknown, NoCaseTicked."""
    chosen = chosen_of(cases, most=MOST_AT_ONCE, refusal=NoCaseTicked)
    async with transaction():
        campaign = await find(number)
        await locks.hold_cases(chosen)
        for one in chosen:
            await _link(act, campaign, one)


async def _link(act: Act, campaign: tables.Campaign, number: int) -> None:
    """Step: one entry in a case that was not tied before."""
    table = tables.CampaignCase
    case = await take_case(number, by=act.by)
    here = (table.campaign == campaign.id) & (table.case == case.id)
    if await table.exists().where(here & (table.linked == True)):  # noqa: E712 - SQL
        return
    await table.delete().where(here)
    made: dict[str, Any] = {"linked_by": act.by.id, "linked_at": act.now}
    await add(table, id=uuid4(), campaign=campaign.id, case=case.id, **made)
    told: dict[str, Any] = {"to_campaign": campaign.number, "title": campaign.name}
    await timeline.record(case.id, EntryKind.LINKED, by=act.by, now=act.now, held=True, **told)


async def unlink(act: Act, number: int, case_number: int) -> None:
    """It has nothing to do with the campaign, and is suggested no more.

    Raises CampaignUnknown, CaseUnknown.
    """
    async with transaction():
        campaign = await find(number)
        case = await take_case(case_number, by=act.by)
        table = tables.CampaignCase
        mine = (table.campaign == campaign.id) & (table.case == case.id) & (table.linked == True)  # noqa: E712
        if await table.update({table.linked: False}).where(mine).returning(table.id):
            told: dict[str, Any] = {"from_campaign": campaign.number, "title": campaign.name}
            await timeline.record(case.id, EntryKind.LINKED, by=act.by, now=act.now, held=True, **told)
