"""Problem of the demonstration: late deliveries, fixed, whose people wait to be told."""

from datetime import timedelta
from uuid import UUID

from amends import tables
from amends.database import run_with_rows
from amends.services.desk import problems
from amends.services.desk.problems import Given, Words
from amends.services.operation.demo import people, topics
from amends.services.team import teams
from amends.services.team.members import Act

DAY = timedelta(days=1)
TITLES = {"en": "The courier delivers late", "fr": "Le transporteur livre en retard"}
CAUSES = {"en": "A new depot without enough drivers.", "fr": "Un nouveau dépôt sans assez de chauffeurs."}
ACTIONS = {"en": "Another courier for the north.", "fr": "Un autre transporteur pour le nord."}
LINE = Words(
    en="We know that deliveries are late, and we are changing the courier.",
    fr="Nous savons que les livraisons prennent du retard, et nous changeons de transporteur.",
)
CHANGE = Words(
    en="Dear {author}, you told us that your parcel came late ({case_number}). We have changed the courier "
    "since. Thank you for saying so. {signature}",
    fr="Bonjour {author}, vous nous aviez dit que votre colis avait du retard ({case_number}). Depuis, nous "
    "avons changé de transporteur. Merci de l’avoir signalé. {signature}",
)


async def add_problem(lead: Act) -> None:
    """The problem with the cases of its theme, where there are any; a lead did it all a moment ago."""
    case_theme = tables.CaseTheme
    rows = await case_theme.select(case_theme.number).where(case_theme.theme == topics.id_of("Late"))
    if not rows:
        return
    team = await teams.find()
    language = team.language.value if team else "en"
    numbers = [row["number"] for row in rows]
    number = await problems.open_problem(lead, TITLES[language], numbers=numbers)
    given = Given(
        title=TITLES[language],
        cause=CAUSES[language],
        action=ACTIONS[language],
        owner=lead.by.id,
        due_at=lead.now + DAY,
    )
    await problems.change(lead, number, given, version=1)
    await problems.word(lead, number, LINE, version=2)
    await problems.announce(lead, number, CHANGE, version=3)
    await problems.approve(lead, number, version=4)
    await problems.fix(lead, number, version=5)


async def remove_problems(cases: list[UUID]) -> None:
    """Step, before its members go: what they own, where no real case belongs to it."""
    if not cases:
        return
    problem = tables.Problem
    rows = await problem.select(problem.id).where(problem.owner.email.like(people.EMAILS))
    real = await run_with_rows(REAL, [(one,) for one in cases], types=("uuid",))
    needed = {row["problem"] for row in real}
    gone = [row["id"] for row in rows if row["id"] not in needed]
    if gone:
        await problem.delete().where(problem.id.is_in(gone))


REAL = """
SELECT DISTINCT problem FROM problem_case WHERE linked AND "case" NOT IN (VALUES :rows)
"""
