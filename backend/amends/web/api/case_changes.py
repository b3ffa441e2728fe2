"""API: changes of a case besides moves: owner, severity, facts, location, snooze, watch and themes."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.vocabulary import CustomerStatus, Nature, Severity, Stage
from amends.services.desk import case_themes, cases, watches
from amends.services.workflow import case_commands, case_facts, case_locations, severities
from amends.web.api.changes import change
from amends.web.api.kit import Asked, Moment, Text, as_seen, must_be_plausible
from amends.web.security import Policy


class OwnerWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The new owner, null for the pool, and a word on the way."""

    owner: UUID | None
    note: Text = ""


class SeverityWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How bad it is; where it is less bad than before, whether dates may come later."""

    severity: Severity
    later: bool = False


class FactsWanted(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What the case is about; all three are set."""

    nature: Nature | None
    customer_status: CustomerStatus
    fault: Literal["ours", "shared", "theirs", "nobodys", "unclear"] | None


class LocationWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The shop or brand that the case belongs to; null for none."""

    location: UUID | None


class SnoozeWanted(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Until when the case sleeps, and whether an answer wakes it; the third time asks why."""

    until: Moment
    wake_on_reply: bool = True
    reason: Text = ""


class WatchWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the member keeps an eye on the case."""

    watch: bool


class ThemesWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Themes to give, and to take away; the rest stays as others chose it."""

    add: Annotated[list[UUID], Meta(max_length=10)] = []
    remove: Annotated[list[UUID], Meta(max_length=10)] = []


class CaseChange(msgspec.Struct, frozen=True, kw_only=True):
    """Where the case is, and its version now."""

    number: int
    stage: Stage
    version: int


class CaseThemesSent(msgspec.Struct, frozen=True):
    """The ids of the themes of a case."""

    themes: list[UUID]


async def changed(asked: Asked, number: int) -> CaseChange:
    """How a case stands after it was changed."""
    case = await cases.find(number, by=asked.member)
    return CaseChange(number=number, stage=Stage(case.stage), version=case.version)


@change("/cases/{number:int}/owner", "assignCase", tag="cases", matches=True)
async def assign(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[OwnerWanted]
) -> CaseChange:
    """Gives the case and what is owed on it to a member, or back to the pool."""
    with as_seen(asked) as version:
        await case_commands.assign(asked.act, number, owner=data.owner, note=data.note, version=version)
    return await changed(asked, number)


@change("/cases/{number:int}/severity", "weighCase", tag="cases", matches=True)
async def weigh(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[SeverityWanted]
) -> CaseChange:
    """Weighs the case anew; dates follow."""
    with as_seen(asked) as version:
        await severities.weigh(asked.act, number, severity=data.severity, later=data.later, version=version)
    return await changed(asked, number)


@change("/cases/{number:int}/facts", "correctFacts", tag="cases", matches=True)
async def correct(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[FactsWanted]
) -> CaseChange:
    """Puts right what was said of the case; what the customer is reaches their other open cases."""
    facts = case_facts.CaseFacts(nature=data.nature, customer_status=data.customer_status, fault=data.fault)
    with as_seen(asked) as version:
        await case_facts.correct(asked.act, number, facts, version=version)
    return await changed(asked, number)


@change("/cases/{number:int}/location", "locateCase", tag="cases", matches=True)
async def locate(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[LocationWanted]
) -> CaseChange:
    """Gives the case to a location, or to none."""
    with as_seen(asked) as version:
        await case_locations.locate(asked.act, number, data.location, version=version)
    return await changed(asked, number)


@change("/cases/{number:int}/snooze", "snoozeCase", tag="cases", matches=True)
async def snooze(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[SnoozeWanted]
) -> CaseChange:
    """Lets the case sleep; promises and what members asked of each other go on."""
    must_be_plausible(asked, data)
    with as_seen(asked) as version:
        await case_commands.snooze(
            asked.act,
            number,
            until=data.until,
            wake_on_reply=data.wake_on_reply,
            reason=data.reason,
            version=version,
        )
    return await changed(asked, number)


@change("/cases/{number:int}/wake", "wakeCase", tag="cases", matches=True)
async def wake(asked: NamedDependency[Asked], number: FromPath[int]) -> CaseChange:
    """Wakes the case now."""
    with as_seen(asked) as version:
        await case_commands.wake(asked.act, number, version=version)
    return await changed(asked, number)


@put(
    "/cases/{number:int}/watch",
    operation_id="watchCase",
    opt={"policy": Policy.TOKEN_WRITE},
    tags=["cases"],
)
async def watch(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[WatchWanted]
) -> CaseChange:
    """Lets the member keep an eye on the case, or no longer; the case itself does not change."""
    if data.watch:
        await watches.begin(asked.act, number)
    else:
        await watches.end(number, by=asked.member)
    return await changed(asked, number)


@get(
    "/cases/{number:int}/themes",
    operation_id="listCaseThemes",
    opt={"policy": Policy.TOKEN_READ},
    tags=["themes"],
)
async def themes_of(asked: NamedDependency[Asked], number: FromPath[int]) -> CaseThemesSent:
    """Lists what a case is about, by the ids of `listThemes`."""
    found = await case_themes.of_case(number, by=asked.member)
    return CaseThemesSent(sorted(found.given))


@change("/cases/{number:int}/themes", "chooseThemes", tag="themes")
async def choose(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[ThemesWanted]
) -> CaseThemesSent:
    """Gives a case themes and takes others away."""
    await case_themes.choose(asked.act, number, add_to=data.add, take_from=data.remove)
    return CaseThemesSent(sorted(await case_themes.given_to(number)))


routes = (assign, weigh, locate, correct, snooze, wake, watch, themes_of, choose)
