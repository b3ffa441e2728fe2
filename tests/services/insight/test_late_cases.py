"""Cases that wait past their date count where the figures of their answers count, and never twice."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from amends.rules.insight.day_figures import Dimension
from amends.rules.insight.periods import Period
from amends.services.insight.late_cases import late_cases
from amends.services.team import locations
from amends.services.team.locations import NewLocation
from amends.services.team.members import Act, Member
from tests.services.insight.test_counting import count
from tests.world import DAY, HOUR, MONDAY, lead_to, make_case

UTC = ZoneInfo("UTC")
WEEK = Period(date(2026, 5, 4), date(2026, 5, 10))


async def test_who_waits_past_the_date_is_counted_by_everything_that_a_report_is_split_by(alice: Member):
    rennes: UUID = await locations.make(Act(alice, MONDAY), NewLocation(name="Rennes"))
    await make_case(alice, lang="fr-CA", location=rennes)
    await make_case(alice, platform="trustpilot", severity="s2")
    answered = await make_case(alice)
    await lead_to(answered, "contact", by=alice, now=MONDAY + HOUR)
    await make_case(alice, now=MONDAY + 7 * DAY)
    await count()
    assert not await late_cases(WEEK, now=MONDAY, zone=UTC)
    assert await late_cases(WEEK, now=MONDAY + 20 * DAY, zone=UTC) == {
        (Dimension.ALL, ""): 2,
        (Dimension.PLATFORM, "x"): 1,
        (Dimension.PLATFORM, "trustpilot"): 1,
        (Dimension.SEVERITY, ""): 1,
        (Dimension.SEVERITY, "s2"): 1,
        (Dimension.LANG, "fr"): 1,
        (Dimension.LANG, "en"): 1,
        (Dimension.LOCATION, str(rennes)): 1,
    }
