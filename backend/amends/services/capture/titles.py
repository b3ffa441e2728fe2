"""Title of a case in the language of the team."""

from amends.i18n import use_language
from amends.rules.capture.titles import title_of
from amends.rules.vocabulary import Language
from amends.services.team import teams


async def in_team_language(
    *, title: str, text: str, url: str, rating: float | None, rating_max: float | None
) -> str:
    """The title of a post's case; without words of the author it is ours, and all members read it."""
    team = None if title or text else await teams.find()
    with use_language(team.language if team else Language.ENGLISH):
        return title_of(title=title, text=text, url=url, rating=rating, rating_max=rating_max)
