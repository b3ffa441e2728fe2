"""Themes of a case: chosen by members, and suggested."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Set
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.case.searches import words_in
from amends.rules.desk import themes as rules
from amends.rules.desk.themes import Labelled, Suggestion
from amends.rules.vocabulary import EntryKind
from amends.services.case import timeline
from amends.services.case.access import find, take_to_write
from amends.services.desk import themes
from amends.services.desk.themes import ThemeUnknown
from amends.services.team.members import Act, Member

REMEMBERED = 300
"""Themes of past cases by which new ones are suggested, the newest first."""
COMPARED = 200
"""Cases of the last time, whether they have a theme or not."""
CHARACTERS_READ = 2_000
"""Of each post; what it is about is said by then."""


class ThemedOften(Conflict):
    "A case can have at most ten themes."


class ThemeRetired(Conflict):
    "This theme is offered no more."


class CaseThemes(msgspec.Struct, frozen=True):
    """The themes that members gave a case, and those that may fit."""

    given: frozenset[UUID]
    suggested: tuple[Suggestion, ...]


GIVEN = "SELECT theme FROM case_theme WHERE number = :number AND given"


async def given_to(number: int) -> frozenset[UUID]:
    """The themes that members gave this case."""
    return frozenset(row["theme"] for row in await run(GIVEN, number=number))


async def of_case(number: int, *, by: Member) -> CaseThemes:
    """What a case is about and may be about. Raises CaseUnknown."""
    await find(number, by=by)
    given = await given_to(number)
    fits = [one for one in await _suggested(number) if one.theme not in given]
    return CaseThemes(given, tuple(fits))


async def choose(
    act: Act, number: int, *, add_to: Collection[UUID] = (), take_from: Collection[UUID] = ()
) -> bool:
    """Gives a case some themes and takes others away, and leaves the rest as others chose them.

    Whether anything changed. Raises CaseUnknown, ThemeUnknown, ThemeRetired, ThemedOften.
    """
    async with transaction():
        await find(number, by=act.by)
        before = await given_to(number)
        after = (before - set(take_from)) | set(add_to)
        if after == before:
            return False
        await _change(act, await take_to_write(number, by=act.by), before=before, after=after)
    return True


async def give(act: Act, case: tables.Case, wanted: Collection[UUID]) -> None:
    """Step: gives these themes to a held case, besides those it has.

    Raises ThemeUnknown, ThemeRetired, ThemedOften.
    """
    before = await given_to(case.number)
    after = before | set(wanted)
    if after != before:
        await _change(act, case, before=before, after=after)


async def _change(act: Act, case: tables.Case, *, before: Set[UUID], after: Set[UUID]) -> None:
    names = await _write(case.number, after, offered=after - before)
    await timeline.record(
        case.id,
        EntryKind.THEMED,
        by=act.by,
        now=act.now,
        added=sorted(names[one] for one in after - before) or None,
        removed=sorted(names[one] for one in before - after) or None,
    )


async def take_over(kept: int, joined: int) -> None:
    """Step: the kept case is about what the one was about that was joined to it, too; at most ten themes."""
    had = await given_to(kept)
    fresh = sorted(await given_to(joined) - had, key=str)
    if fresh:
        await _write(kept, had | set(fresh[: rules.MOST_OF_A_CASE - len(had)]), offered=())


async def _write(number: int, given: Iterable[UUID], *, offered: Iterable[UUID]) -> dict[UUID, str]:
    """Step: these are the themes, with the wider ones that follow; the names of all that there are.

    `offered` are those that somebody chooses now: what a case has stays, also when it is retired.
    """
    known = {one.id: one for one in await themes.everything()}
    wanted = set(given)
    if not wanted <= known.keys():
        raise ThemeUnknown
    if retired := [known[one].name for one in offered if known[one].retired]:
        raise ThemeRetired(
            _("The theme “%(name)s” is offered no more. Choose another one.") % {"name": retired[0]}
        )
    if len(wanted) > rules.MOST_OF_A_CASE:
        raise ThemedOften(
            _("A case can have at most %(most)s themes. Remove one first.") % {"most": rules.MOST_OF_A_CASE}
        )
    wider = {parent for one in wanted if (parent := known[one].parent)} - wanted
    table = tables.CaseTheme
    await table.delete().where(table.number == number)
    for theme in wanted | wider:
        await add(table, id=uuid4(), number=number, theme=theme, given=theme in wanted)
    return {one.id: one.name for one in known.values()}


SAID = """
SELECT SUBSTR(capture.title || ' ' || capture.text, 1, :most) AS said
FROM case_file AS c JOIN post ON post."case" = c.id JOIN capture ON capture.post = post.id
WHERE c.number = :number
"""
PAST = """
SELECT t.number, t.theme, theme.retired_at IS NULL AS offered,
    SUBSTR(capture.title || ' ' || capture.text, 1, :most) AS said
FROM (SELECT number, theme FROM case_theme WHERE given AND number <> :number
    ORDER BY number DESC LIMIT :remembered) AS t
JOIN theme ON theme.id = t.theme
JOIN case_file AS c ON c.number = t.number
JOIN post ON post."case" = c.id JOIN capture ON capture.post = post.id
"""
"""What the posts say alone: what we answered is much the same everywhere."""
OTHERS = """
SELECT SUBSTR(capture.title || ' ' || capture.text, 1, :most) AS said, c.number
FROM (SELECT id, number FROM case_file WHERE number <> :number ORDER BY number DESC LIMIT :compared) AS c
JOIN post ON post."case" = c.id JOIN capture ON capture.post = post.id
"""
"""By these one knows what is said everywhere, be it that hardly a case has a theme yet."""


async def _suggested(number: int) -> tuple[Suggestion, ...]:
    posts = await run(SAID, number=number, most=CHARACTERS_READ)
    rows = await run(PAST, number=number, most=CHARACTERS_READ, remembered=REMEMBERED)
    others = await run(OTHERS, number=number, most=CHARACTERS_READ, compared=COMPARED)
    about: dict[int, set[UUID]] = defaultdict(set)
    said: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        if row["offered"]:
            about[row["number"]].add(row["theme"])
    for row in (*rows, *others):
        said[row["number"]].add(row["said"])
    past = [Labelled(frozenset(about[one]), _words(said[one])) for one in said]
    return rules.suggested(_words(row["said"] for row in posts), past)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words_in(text))
