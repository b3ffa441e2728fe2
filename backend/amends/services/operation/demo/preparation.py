"""Playbook of the demonstration: damaged parcels, with the warehouse to call, at work on one case."""

from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from amends import tables
from amends.rules.vocabulary import PlaybookSubject, Stage, StepKind
from amends.services.follow_up import checklists, outside_contacts, playbooks
from amends.services.follow_up.outside_contacts import ContactThere, GivenContact
from amends.services.follow_up.playbooks import Given, Step
from amends.services.operation.demo import topics
from amends.services.operation.demo.people import DOMAIN
from amends.services.team import teams
from amends.services.team.members import Act

PLAYBOOK = uuid5(NAMESPACE_URL, f"https://{DOMAIN}/playbooks/damaged")
WAREHOUSE = uuid5(NAMESPACE_URL, f"https://{DOMAIN}/departments/warehouse")
NAMES = {"en": "Damaged parcel", "fr": "Colis abîmé"}
CONTACTS = {
    "en": GivenContact(name="Warehouse", reach="extension 214, quay 3", hours="Mon to Fri, 6:00 to 14:00"),
    "fr": GivenContact(name="Entrepôt", reach="poste 214, quai 3", hours="du lundi au vendredi, 6 h à 14 h"),
}
STEPS = {
    "en": (
        "Order number?",
        "Ask for a picture of the box and of the label",
        "Ask the warehouse what the box weighed when it left",
        "Send the replacement before the damaged one is back",
        "Report it to the courier",
    ),
    "fr": (
        "Numéro de commande ?",
        "Demander une photo du carton et de l’étiquette",
        "Demander à l’entrepôt le poids du carton au départ",
        "Envoyer le remplacement avant le retour du produit abîmé",
        "Le signaler au transporteur",
    ),
}
OPEN = (Stage.WORKING, Stage.CONTACT, Stage.ACKNOWLEDGE, Stage.WAITING)


async def add_playbook(lead: Act, agent: Act) -> None:
    """The playbook of a lead, started by an agent on an open case of its theme, if there is one."""
    team = await teams.find()
    language = team.language.value if team else "en"
    theme = topics.id_of("Broken on arrival")
    if not await tables.Theme.exists().where(tables.Theme.id == theme):
        return
    words = STEPS[language]
    contact = await _contact(CONTACTS[language])
    steps = (
        Step(row=1, words=words[0], kind=StepKind.ASK, variable="order_number"),
        Step(row=2, words=words[1]),
        Step(row=3, words=words[2], contact=contact, within_hours=6),
        Step(row=4, words=words[3], within_hours=16),
        Step(row=5, words=words[4]),
    )
    given = Given(name=NAMES[language], subject=PlaybookSubject.THEME, about=str(theme), steps=steps)
    await playbooks.make(lead, given, playbook_id=PLAYBOOK)
    await _work_through(agent, theme)


async def _contact(given: GivenContact) -> UUID | None:
    """The warehouse; None where the team has one of its own."""
    try:
        return await outside_contacts.add_contact(given, contact_id=WAREHOUSE)
    except ContactThere:
        return None


async def _work_through(act: Act, theme: UUID) -> None:
    of_theme, case = tables.CaseTheme, tables.Case
    rows = await of_theme.select(of_theme.number).where(of_theme.theme == theme)
    numbers = [row["number"] for row in rows]
    where = case.number.is_in(numbers) & case.stage.is_in([stage.value for stage in OPEN])
    found = await case.select(case.number, case.id).where(where).first() if numbers else None
    if found is None:
        return
    await checklists.start(act, found["number"], PLAYBOOK)
    [checklist] = await checklists.of_case(found["id"])
    later = Act(act.by, act.now + timedelta(seconds=1))
    await checklists.answer(later, found["number"], checklist.steps[0].id, "D-20417")
    await checklists.tick(later, found["number"], checklist.steps[1].id)


async def remove_playbook() -> None:
    """Step: its playbook and contact go; a checklist that was started on a real case stays."""
    await tables.Playbook.delete().where(tables.Playbook.id == PLAYBOOK)
    await tables.Contact.delete().where(tables.Contact.id == WAREHOUSE)
