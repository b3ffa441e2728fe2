"""Places to watch of the demonstration: reviews and a search, visited in turns, one of them today."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from amends import tables
from amends.rules.vocabulary import Language
from amends.services.desk import watched_places
from amends.services.desk.watched_places import Given
from amends.services.operation.demo import people
from amends.services.team import teams
from amends.services.team.members import Act, Member

DAY = timedelta(days=1)
PLACES = (
    ("Our reviews on Trustpilot", "Nos avis sur Trustpilot", "https://www.trustpilot.com/", 1, 2),
    ("Search on X", "Recherche sur X", "https://x.com/search?q=demo&f=live", 3, 0),
    ("Forum of the region", "Forum de la région", f"https://forum.{people.DOMAIN}/shops", 7, None),
)
"""Each by its names, its page, every how many days, and what its last visit found, if there was one."""


async def add_places(crew: Sequence[Member], now: datetime) -> None:
    """Three places, each with the whole crew in turns; the lead added them."""
    team = await teams.find()
    french = team is not None and team.language is Language.FRENCH
    for at, (english, name, address, every, found) in enumerate(PLACES):
        ids = [one.id for one in (*crew[at:], *crew[:at])]
        given = Given(name=name if french else english, address=address, every=every, members=ids)
        place = await watched_places.add_place(Act(crew[1], now - 7 * DAY), given)
        if found is not None:
            await watched_places.visit(Act(crew[at], now - every * DAY), place, found=found)


async def remove_places() -> None:
    """Step, before its members go: what they added."""
    place = tables.WatchedPlace
    await place.delete().where(place.made_by.email.like(people.EMAILS))
