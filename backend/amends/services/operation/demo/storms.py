"""Incident of the demonstration: an update that breaks the app, an hour old, replies on hold."""

from datetime import timedelta
from uuid import UUID

from amends import tables
from amends.database import run
from amends.rules.vocabulary import FactState, IncidentKind, IncidentRole, PlaceState, TaskState
from amends.services.desk import incidents
from amends.services.desk.incidents import Opening
from amends.services.operation.demo import people
from amends.services.team import teams
from amends.services.team.members import Act, Member

HOUR = timedelta(hours=1)
WORDS = ("%app logs me out%", "%Depuis la mise à jour%")
"""What is written in the posts that belong to it."""
TITLES = {"en": "The app fails since its update", "fr": "L’application ne marche plus depuis sa mise à jour"}
FACTS = {
    "en": (
        (FactState.KNOWN, "Version 7.2 logs people out while they pay.", "App team"),
        (FactState.CHECKING, "Are old orders lost, or only hidden?", "App team"),
        (FactState.UNKNOWN, "How many people have updated.", ""),
    ),
    "fr": (
        (FactState.KNOWN, "La version 7.2 déconnecte les personnes pendant le paiement.", "Équipe appli"),
        (
            FactState.CHECKING,
            "Les anciennes commandes sont-elles perdues ou seulement masquées ?",
            "Équipe appli",
        ),
        (FactState.UNKNOWN, "Combien de personnes ont fait la mise à jour.", ""),
    ),
}
LINES = {
    "en": "Since today’s update our app logs people out while they pay. No payment is lost; a repaired "
    "version comes tonight.",
    "fr": "Depuis la mise à jour de ce jour, notre application déconnecte pendant le paiement. Aucun "
    "paiement n’est perdu ; une version corrigée arrive ce soir.",
}
TOLD = {"en": ("Management", "by phone"), "fr": ("La direction", "par téléphone")}
UPDATES = {"en": "The app team prepares version 7.2.1.", "fr": "L’équipe prépare la version 7.2.1."}


async def add_incident(lead: Act, speaker: Member) -> None:
    """The incident of these posts; a lead opened it and did the first steps a moment ago."""
    numbers = await _numbers()
    if not numbers:
        return
    team = await teams.find()
    language = team.language.value if team else "en"
    began = lead.now - HOUR
    opening = Opening(title=TITLES[language], kind=IncidentKind.OUTAGE, numbers=numbers, noticed_at=began)
    number = await incidents.open_incident(lead, opening)
    await incidents.name(lead, number, IncidentRole.SPOKESPERSON, speaker.id)
    for state, words, source in FACTS[language]:
        await incidents.add_fact(lead, number, state, words, source)
    await incidents.word(lead, number, en=LINES["en"], fr=LINES["fr"], version=0)
    await incidents.publish(lead, number)
    who, how = TOLD[language]
    await incidents.tell(lead, number, who=who, how=how)
    await incidents.update(lead, number, UPDATES[language], next_at=lead.now + HOUR)
    detail = await incidents.detail(number, now=lead.now)
    await incidents.speak(lead, number, detail.places[0].platform, PlaceState.LATER)
    repair = next(one for one in detail.tasks if one.step == "status")
    await incidents.settle(lead, number, repair.position, TaskState.DONE)


OF_WORDS = """
SELECT DISTINCT c.number FROM capture AS k JOIN post AS p ON p.id = k.post
JOIN case_file AS c ON c.id = p."case" WHERE k.text LIKE :words AND p.url LIKE :posts
"""


async def _numbers() -> set[int]:
    """The invented cases of it."""
    found = [await run(OF_WORDS, words=words, posts=people.POSTS) for words in WORDS]
    return {row["number"] for rows in found for row in rows}


async def remove_incidents(cases: list[UUID]) -> None:
    """Step, before its members go: the incidents of invented cases alone."""
    if not cases:
        return
    linked, case, incident = tables.IncidentCase, tables.Case, tables.Incident
    rows = await case.select(case.number).where(case.id.is_in(cases))
    invented = {row["number"] for row in rows}
    found: dict[UUID, set[int]] = {}
    for row in await linked.select(linked.incident, linked.number).where(
        linked.incident.is_in(linked.select(linked.incident).where(linked.number.is_in(list(invented))))
    ):
        found.setdefault(row["incident"], set()).add(row["number"])
    gone = [one for one, numbers in found.items() if numbers <= invented]
    if gone:
        await incident.delete().where(incident.id.is_in(gone))
