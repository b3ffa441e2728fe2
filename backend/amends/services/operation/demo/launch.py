"""Campaign of the demonstration: checked, decided and running, with two cases that came of it."""

from datetime import timedelta

from amends import tables
from amends.rules.vocabulary import Verdict
from amends.services.insight import campaigns
from amends.services.insight.campaigns import Given
from amends.services.operation.demo import people, topics
from amends.services.team import teams
from amends.services.team.members import Act

DAY = timedelta(days=1)
NAMES = {"en": "Free delivery week", "fr": "Semaine de la livraison gratuite"}
PLACES = {"en": "Website, newsletter, both shops", "fr": "Site, lettre d’information, les deux magasins"}
KEPT = {
    "en": "No criticism. Insults and phone numbers may be hidden, after a screenshot.",
    "fr": "Aucune critique. Insultes et numéros de téléphone peuvent être masqués, après une capture.",
}
FOUND = {"en": "Looked at on Monday.", "fr": "Regardé lundi."}
REASONS = {
    "en": "Late deliveries are still the first theme: go, with the courier’s answer prepared.",
    "fr": "Les retards restent le premier thème : feu vert, avec la réponse sur le transporteur prête.",
}


async def add_campaign(lead: Act) -> None:
    """The campaign as a lead prepared it, with the cases of its theme that there are."""
    team = await teams.find()
    language = team.language.value if team else "en"
    first = lead.now.date() - 3 * DAY
    given = Given(
        name=NAMES[language],
        first=first,
        last=first + 9 * DAY,
        places=PLACES[language],
        kept=KEPT[language],
    )
    number = await campaigns.open_campaign(lead, given)
    for one in (await campaigns.detail(number)).checks:
        await campaigns.settle_check(lead, number, one.id, done=True, note=FOUND[language])
    await campaigns.decide(lead, number, Verdict.GO, REASONS[language])
    case_theme = tables.CaseTheme
    rows = await case_theme.select(case_theme.number).where(case_theme.theme == topics.id_of("Delivery"))
    if numbers := sorted({row["number"] for row in rows})[:2]:
        await campaigns.link(lead, number, numbers)


async def remove_campaigns() -> None:
    """Step, before its members go: the campaigns that they opened."""
    campaign = tables.Campaign
    await campaign.delete().where(campaign.opened_by.email.like(people.EMAILS))
