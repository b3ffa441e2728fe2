"""Theme list of the team."""

from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import Selected, add, bound, columns_of, converter, read, run, run_with_rows, transaction
from amends.database import counted as few
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.desk import themes as rules
from amends.services.case import weekly
from amends.services.case.weekly import Counts
from amends.services.team.members import Act, Member
from amends.services.team.seen import must_be_as_seen

AT_ONCE = 5_000
"""Rows of one statement."""


class ThemeNameless(Invalid):
    """Give the theme a name."""


class ThemeThere(Invalid):
    "This theme already exists."


class TooManyThemes(Conflict):
    "Too many themes."


class ThemeUnknown(NotFound):
    "Theme not found."


class ThemeTooDeep(Invalid):
    "Themes have at most two levels."


class ThemeInUse(Conflict):
    "This theme is still in use."


class ThemeShown(msgspec.Struct, frozen=True):
    """One theme; `parent` is the wider one, `retired` when it is offered no more."""

    id: UUID
    name: str
    parent: UUID | None
    retired: Annotated[bool, Selected("theme.retired_at IS NOT NULL")]


ALL = f"SELECT {columns_of(ThemeShown, table='theme')} FROM theme"  # noqa: S608


async def everything() -> tuple[ThemeShown, ...]:
    """The list: wide themes by name, each followed by its narrower ones."""
    return _in_order(tuple(await read(converter(ThemeShown), ALL)))


@lru_cache(maxsize=16)
def _in_order(found: tuple[ThemeShown, ...]) -> tuple[ThemeShown, ...]:
    keys = {one.id: (rules.key_of(one.name), str(one.id)) for one in found}
    return tuple(
        sorted(found, key=lambda one: (keys[one.parent or one.id], one.parent is not None, keys[one.id]))
    )


@lru_cache(maxsize=32)
def paths(themes: tuple[ThemeShown, ...]) -> dict[UUID, str]:
    """Each theme after the wider one that it stands under: "Delivery › Late"."""
    names = {one.id: one.name for one in themes}
    return {one.id: f"{names[one.parent]} › {one.name}" if one.parent else one.name for one in themes}


COUNTS = f"SELECT id, {few('case_theme AS t WHERE t.theme = theme.id')} AS cases FROM theme"  # noqa: S608


async def counted() -> dict[UUID, int]:
    """How many cases each theme has, with those of its narrower ones, as far as anybody counts."""
    return {row["id"]: row["cases"] for row in await run(COUNTS) if row["cases"]}


WEEKLY = {
    # CROSS JOIN: SQLite begins with the cases of these weeks, and not with all that have a theme
    engine: f"SELECT t.theme, {weekly.COUNTED} FROM case_file AS c {join} case_theme AS t "  # noqa: S608
    f"ON t.number = c.number WHERE {weekly.LATELY} GROUP BY t.theme"
    for engine, join in {"sqlite": "CROSS JOIN", "postgres": "JOIN"}.items()
}


async def weekly_cases(*, now: datetime) -> dict[UUID, Counts]:
    """The cases a week of each theme, with those of its narrower ones; without any it is left out."""
    rows = await run(WEEKLY[bound().engine_type], **weekly.values(now))
    return {row["theme"]: weekly.counts_of(row) for row in rows}


async def make(act: Act, name: str, *, parent: UUID | None = None, theme_id: UUID | None = None) -> UUID:
    """One more theme; its id, which may be chosen.

    Raises ThemeNameless, ThemeThere, TooManyThemes, ThemeUnknown and ThemeTooDeep for its parent.
    """
    async with transaction():
        list_at_hand = await everything()
        if len(list_at_hand) >= rules.MOST:
            raise TooManyThemes(_("There are already %(most)s. Remove one first.") % {"most": rules.MOST})
        called = _checked(name, list_at_hand, but=None)
        _must_be_wide(parent, list_at_hand)
        theme_id = theme_id or uuid4()
        key = rules.key_of(called)
        values: dict[str, Any] = {"name": called, "key": key, "parent": parent, "made_at": act.now}
        if not await add(tables.Theme, unless="key", id=theme_id, **values):
            raise _there(called)  # another lead was faster
    return theme_id


def values_of(theme: ThemeShown) -> dict[str, object]:
    """What can be changed of a theme, by the names of the fields."""
    return {"name": theme.name, "parent": theme.parent}


async def change(theme_id: UUID, name: str, *, parent: UUID | None, by: Member, seen: str = "") -> None:
    """Another name, another place; its cases stay its own, and are found under the wider theme at once.

    `seen` is the fingerprint of both before. Raises as `make`, and ThemeUnknown, ChangedMeanwhile.
    """
    async with transaction():
        await tables.Theme.update({tables.Theme.name: tables.Theme.name}).where(tables.Theme.id == theme_id)
        list_at_hand = await everything()
        old = _found(theme_id, list_at_hand)
        must_be_as_seen(seen, values_of(old), {"name": name.strip(), "parent": parent})
        called = _checked(name, list_at_hand, but=theme_id)
        if parent != old.parent:
            _must_be_wide(parent, list_at_hand)
            if parent and any(one.parent == theme_id for one in list_at_hand):
                raise ThemeTooDeep(
                    fields={"parent": _("Other themes are grouped under it. Move those first.")}
                )
            if parent == theme_id:
                raise ThemeTooDeep(fields={"parent": _("Choose another theme, or none.")})
        table = tables.Theme
        values: dict[Any, Any] = {
            table.name: called,
            table.key: rules.key_of(called),
            table.parent: parent,
        }
        await table.update(values).where(table.id == theme_id)
        if parent != old.parent:
            await _move_cases(theme_id, old.parent, parent)


async def retire(act: Act, theme_id: UUID) -> None:
    """It is offered no more, and stays on its cases. Raises ThemeUnknown."""
    await _set_retired(theme_id, act.now)


async def bring_back(theme_id: UUID, *, by: Member) -> None:
    """It is offered again. Raises ThemeUnknown."""
    await _set_retired(theme_id, None)


async def remove(theme_id: UUID, *, by: Member) -> None:
    """Takes a theme out of the list that no case has. Raises ThemeUnknown, ThemeInUse."""
    async with transaction():
        list_at_hand = await everything()
        _found(theme_id, list_at_hand)
        of_case = tables.CaseTheme
        if await of_case.exists().where(of_case.theme == theme_id):
            raise ThemeInUse(
                _("Some cases have this theme. Retire it instead: it will no longer be offered.")
            )
        if any(one.parent == theme_id for one in list_at_hand):
            raise ThemeInUse(_("Other themes are grouped under it. Move or remove those first."))
        await tables.Theme.delete().where(tables.Theme.id == theme_id)


async def _set_retired(theme_id: UUID, at: datetime | None) -> None:
    table = tables.Theme
    changed = await table.update({table.retired_at: at}).where(table.id == theme_id).returning(table.id)
    if not changed:
        raise ThemeUnknown


def _checked(name: str, list_at_hand: tuple[ThemeShown, ...], *, but: UUID | None) -> str:
    called = rules.checked_name(name)
    if not called:
        raise ThemeNameless(fields={"name": _("Give the theme a name.")})
    key = rules.key_of(called)
    if any(rules.key_of(one.name) == key and one.id != but for one in list_at_hand):
        raise _there(called)
    return called


def _there(called: str) -> ThemeThere:
    return ThemeThere(fields={"name": _("There is already a theme “%(name)s”.") % {"name": called}})


def _found(theme_id: UUID, list_at_hand: tuple[ThemeShown, ...]) -> ThemeShown:
    found = next((one for one in list_at_hand if one.id == theme_id), None)
    if found is None:
        raise ThemeUnknown
    return found


def _must_be_wide(parent: UUID | None, list_at_hand: tuple[ThemeShown, ...]) -> None:
    if parent and _found(parent, list_at_hand).parent:
        raise ThemeTooDeep(fields={"parent": _("That theme is itself grouped under another one.")})


LEAVE = """
DELETE FROM case_theme WHERE theme = :old AND NOT given AND NOT EXISTS (
    SELECT 1 FROM case_theme AS o JOIN theme ON theme.id = o.theme
    WHERE o.number = case_theme.number AND o.given AND theme.parent = :old)
"""
ARRIVE = (
    "INSERT INTO case_theme (id, number, theme, given) VALUES :rows ON CONFLICT (number, theme) DO NOTHING"
)


async def _move_cases(theme_id: UUID, old: UUID | None, new: UUID | None) -> None:
    """Step: its cases are found under the wider theme where it stands now, and not where it stood."""
    if old:
        await run(LEAVE, old=old)
    if new:
        cases = await run("SELECT number FROM case_theme WHERE theme = :theme AND given", theme=theme_id)
        rows = [(uuid4(), case["number"], new, False) for case in cases]
        for start in range(0, len(rows), AT_ONCE):
            await run_with_rows(ARRIVE, rows[start : start + AT_ONCE], types=("uuid", "int", "uuid", "bool"))
