"""Commands on campaigns: open, change, check, choose replies, decide."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.i18n import use_language
from amends.rules.capture.addresses import canonical_url
from amends.rules.capture.links import safe_url
from amends.rules.case.texts import clean_name, typed_text
from amends.rules.insight import campaigns as rules
from amends.rules.vocabulary import Verdict
from amends.services.insight.campaigns.rows import CampaignUnknown
from amends.services.reply import reply_templates
from amends.services.team import counters, teams
from amends.services.team.members import Act

NAME_LIMIT, TEXT_LIMIT, CHECK_LIMIT = 120, 2_000, 300
MOST_CHECKS = 40


class CampaignChanged(Conflict):
    "Someone else has changed this campaign in the meantime."


class ChecksAreOpen(Conflict):
    """Something is still to be checked."""


class CheckUnknown(NotFound):
    "Check not found."


class CheckWithoutWords(Invalid):
    """Say what is to be checked."""


class ReasonMissing(Invalid):
    """Give the reason for the decision."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What members write down of a campaign; `kept` is what will not be deleted under it."""

    name: str
    first: date | None
    last: date | None
    places: str = ""
    url: str = ""
    kept: str = ""


async def open_campaign(act: Act, given: Given) -> int:
    """One more campaign, with what is usually checked in the team’s language; its number.

    Raises WrongCampaign, TextIsTooLong.
    """
    values = _checked(given)
    async with transaction():
        number = await counters.next_number("campaign")
        campaign = uuid4()
        opened: dict[str, Any] = {"opened_by": act.by.id, "opened_at": act.now}
        await add(tables.Campaign, id=campaign, number=number, **values, **opened)
        team = await teams.find()
        with use_language(team.language if team else act.by.language):
            usual = [_(words) for words in rules.USUAL_CHECKS]
        for position, words in enumerate(usual, start=1):
            await _add_check(campaign, position, words)
    return number


async def change(number: int, given: Given, *, version: int) -> None:
    """Other days, words or places. Raises CampaignUnknown, CampaignChanged, WrongCampaign, TextIsTooLong."""
    values = _checked(given)
    async with transaction():
        campaign = await _take(number, version=version)
        table = tables.Campaign
        columns = {getattr(table, name): value for name, value in values.items()}
        await table.update(columns).where(table.id == campaign)


async def add_check(number: int, words: str) -> None:
    """One more thing to check. Raises CampaignUnknown, CheckWithoutWords, TooManyChecks."""
    text = clean_name(words, limit=CHECK_LIMIT + 1)
    if not text or len(text) > CHECK_LIMIT:
        raise CheckWithoutWords(fields={"words": _("Say in a few words what is to be checked.")})
    async with transaction():
        campaign = await _take(number)
        table = tables.CampaignCheck
        there = await table.count().where(table.campaign == campaign)
        if there >= MOST_CHECKS:
            raise CheckWithoutWords(
                fields={"words": _("Use at most %(count)s checks.") % {"count": MOST_CHECKS}}
            )
        await _add_check(campaign, there + 1, text)


async def settle_check(act: Act, number: int, check: UUID, *, done: bool, note: str) -> None:
    """It was checked, with what was found; or is open again. Raises CampaignUnknown, CheckUnknown."""
    found = typed_text(note, limit=TEXT_LIMIT, field="note")
    async with transaction():
        campaign = await _take(number)
        table = tables.CampaignCheck
        settled: dict[Any, Any] = {
            table.done: done,
            table.note: found,
            table.settled_by: act.by.id if done else None,
            table.settled_at: act.now if done else None,
        }
        mine = (table.id == check) & (table.campaign == campaign)
        if not await table.update(settled).where(mine).returning(table.id):
            raise CheckUnknown(_("There is no such check on this campaign."))


async def decide(act: Act, number: int, verdict: Verdict, reason: str) -> None:
    """A lead lets it go ahead, or stops it. Raises CampaignUnknown, ReasonMissing, ChecksAreOpen."""
    why = typed_text(reason, limit=TEXT_LIMIT, field="reason")
    if not why:
        raise ReasonMissing(fields={"reason": _("Say why, so that it can be understood later.")})
    async with transaction():
        campaign = await _take(number)
        table, checks = tables.CampaignDecision, tables.CampaignCheck
        waiting = await checks.count().where((checks.campaign == campaign) & (checks.done == False))  # noqa: E712
        if verdict is Verdict.GO and not rules.may_go(waiting):
            raise ChecksAreOpen(_("Check everything first, or stop the campaign."))
        there = await table.count().where(table.campaign == campaign)
        told: dict[str, Any] = {"verdict": verdict, "reason": why, "member": act.by.id, "at": act.now}
        await add(table, id=uuid4(), campaign=campaign, position=there + 1, **told)


async def add_reply(number: int, template: UUID) -> None:
    """A prepared reply is chosen for it. Raises CampaignUnknown, TemplateUnknown."""
    async with transaction():
        campaign = await _take(number)
        await reply_templates.find(template)
        table = tables.CampaignReply
        if not await table.exists().where((table.campaign == campaign) & (table.template == template)):
            await add(table, id=uuid4(), campaign=campaign, template=template)


async def remove_reply(number: int, template: UUID) -> None:
    """It is no longer among them; it stays in the library. Raises CampaignUnknown."""
    async with transaction():
        campaign = await _take(number)
        table = tables.CampaignReply
        await table.delete().where((table.campaign == campaign) & (table.template == template))


async def _add_check(campaign: UUID, position: int, words: str) -> None:
    await add(tables.CampaignCheck, id=uuid4(), campaign=campaign, position=position, words=words)


def _checked(given: Given) -> dict[str, Any]:
    """The columns of what was written. Raises WrongCampaign, TextIsTooLong."""
    name = clean_name(given.name, limit=NAME_LIMIT)
    rules.check(name, given.first, given.last)
    url = safe_url(given.url.strip())
    if given.url.strip() and not url:
        raise rules.WrongCampaign(fields={"url": _("Enter a whole address, such as https://…")})
    texts = {
        field: typed_text(getattr(given, field), limit=TEXT_LIMIT, field=field)
        for field in ("places", "kept")
    }
    return {
        "name": name,
        "first": given.first,
        "last": given.last,
        "url": canonical_url(url) if url else "",
        **texts,
    }


TAKE = "UPDATE campaign SET version = version + 1 WHERE number = :number RETURNING id, version"


async def _take(number: int, *, version: int | None = None) -> UUID:
    """Step: the campaign, held until the transaction ends. Raises CampaignUnknown, CampaignChanged."""
    rows = await run(TAKE, number=number)
    if not rows:
        raise CampaignUnknown(_("There is no campaign %(number)s.") % {"number": number})
    if version is not None and rows[0]["version"] != version + 1:
        raise CampaignChanged(
            _("Someone else has changed this campaign in the meantime. Look at it again, then change it.")
        )
    found: UUID = rows[0]["id"]
    return found
