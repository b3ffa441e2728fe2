"""Themes of the demonstration, under ids of their own."""

from uuid import NAMESPACE_URL, UUID, uuid5

from amends import tables
from amends.services.desk import case_themes, themes
from amends.services.desk.themes import ThemeThere
from amends.services.operation.demo.people import DOMAIN
from amends.services.operation.demo.stories import THEMES, Story
from amends.services.team import teams
from amends.services.team.members import Act


def id_of(name: str) -> UUID:
    """The id of the demonstration's theme with this English name."""
    return uuid5(NAMESPACE_URL, f"https://{DOMAIN}/themes/{name}")


async def add_themes(act: Act) -> None:
    """The themes, in the team's language; what the team has under the same name stays its own."""
    team = await teams.find()
    language = team.language.value if team else "en"
    for one in THEMES:
        english = one.names["en"]
        parent = id_of(one.wide) if one.wide and await _is_there(id_of(one.wide)) else None
        try:
            await themes.make(act, one.names[language], parent=parent, theme_id=id_of(english))
        except ThemeThere:
            continue


async def tell(act: Act, number: int, story: Story) -> None:
    """Gives the case of a story the themes whose words it has."""
    fits = [id_of(one.names["en"]) for one in THEMES if any(word in story.text for word in one.words)]
    there = [one for one in fits if await _is_there(one)]
    await case_themes.choose(act, number, add_to=there)


async def remove_themes() -> None:
    """Step: those of the demonstration that no real case has, the narrow ones first."""
    for one in sorted(THEMES, key=lambda theme: not theme.wide):
        theme_id, of_case, table = id_of(one.names["en"]), tables.CaseTheme, tables.Theme
        is_needed = await of_case.exists().where(of_case.theme == theme_id)
        if not is_needed and not await table.exists().where(table.parent == theme_id):
            await table.delete().where(table.id == theme_id)


async def _is_there(theme_id: UUID) -> bool:
    return bool(await tables.Theme.exists().where(tables.Theme.id == theme_id))
