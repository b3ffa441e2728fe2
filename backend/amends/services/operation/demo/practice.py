"""Drill and case story of the demonstration: a practised storm that is over, and a case that was won back."""

from datetime import datetime, timedelta

from amends.database import run
from amends.rules.insight.stories import Texts
from amends.rules.vocabulary import IncidentKind, IncidentRole, Language, TaskState
from amends.services.insight import drills, stories
from amends.services.operation.demo import people
from amends.services.team import members, teams
from amends.services.team.members import Act, Member

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
AGO = 3 * DAY
STATEMENTS = {
    Language.ENGLISH: "We know that the app fails for some of you. We write again within the hour.",
    Language.FRENCH: "Nous savons que l’application ne fonctionne plus chez certains d’entre vous. "
    "Nous nous en occupons et revenons vers vous d’ici une heure.",
}
UPDATES = {"en": "The app team looks for the cause.", "fr": "L’équipe appli cherche la cause."}
TOLD = {
    "en": Texts(
        title="From one star to four",
        said="",
        did="We replied in public on the same day.\nThe repair was done again, and we rang to ask.",
        ended="They changed their review from one star to four.",
    ),
    "fr": Texts(
        title="D’une étoile à quatre",
        said="",
        did="Nous avons répondu en public le jour même.\nLa réparation a été refaite, et nous avons rappelé.",
        ended="L’avis est passé d’une étoile à quatre.",
    ),
}
WON_BACK = """
SELECT DISTINCT c.number FROM case_file AS c JOIN post AS p ON p."case" = c.id
WHERE c.outcome = 'won_back' AND p.url LIKE :posts ORDER BY c.number LIMIT 1
"""


async def add_drill(lead: Act, speaker: Member) -> None:
    """A drill of three days ago, with what a team does in it and one measure that came too late."""
    began = lead.now - AGO
    number = await drills.start(Act(lead.by, began), kind=IncidentKind.OUTAGE, posts=12, minutes=5)

    def after(minutes: int) -> Act:
        return Act(lead.by, began + minutes * MINUTE)

    await drills.acknowledge(after(4), number)
    await drills.hold(after(7), number, on=True)
    holders = {IncidentRole.LEAD: lead.by.id, IncidentRole.SPOKESPERSON: speaker.id}
    await drills.name(after(9), number, holders)
    await drills.word(after(16), number, STATEMENTS)
    await drills.tick(after(18), number, "status", TaskState.DONE)
    await drills.update(after(50), number, UPDATES[await _language()])
    await drills.stop(after(52), number)


async def add_story(lead: Act) -> None:
    """The story of an invented case that was won back, with what its post said."""
    rows = await run(WON_BACK, posts=people.POSTS)
    if not rows:
        return
    proposal = await stories.propose(rows[0]["number"], by=lead.by)
    words = TOLD[await _language()]
    told = Texts(title=words.title, said=proposal.facts.said, did=words.did, ended=words.ended)
    await stories.keep(lead, proposal.number, told)


async def _language() -> str:
    team = await teams.find()
    return team.language.value if team else "en"


async def remove_drills(*, now: datetime) -> None:
    """Step, before its members go: the drills that they started; a story goes with its case."""
    invented = {one.id: one for one in await members.everyone() if one.email.endswith(f"@{people.DOMAIN}")}
    for drill in await drills.listed():
        if drill.started_by and (starter := invented.get(drill.started_by.id)):
            await drills.remove(Act(starter, now), drill.number)
