"""Themes to choose for a case."""

from collections.abc import Collection, Mapping

import msgspec

from amends.i18n import gettext as _
from amends.services.desk.case_themes import CaseThemes
from amends.services.desk.themes import ThemeShown, paths
from amends.web.controls import Options
from amends.web.desk.labels import themes
from amends.web.page_kit import Typed
from amends.web.templating import query

Tag = tuple[str, str]
"""A theme's name, and the address of the cases that have it, closed ones too."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One theme to tick; `why` says by which words it was found."""

    value: str
    name: str
    ticked: bool
    narrow: bool
    why: str = ""


class ThemesPage(msgspec.Struct, frozen=True, kw_only=True):
    """The themes of one case to tick, those that may fit apart; `seen` are those it had when it was shown."""

    number: int
    suggested: list[Choice]
    others: list[Choice]
    seen: list[str]
    fresh: str
    wide: Options
    wrong: Mapping[str, str]
    problem: str


def tags(given: tuple[ThemeShown, ...]) -> tuple[Tag, ...]:
    """The themes of a case as links to the cases that are about the same."""
    return tuple((one.name, f"/cases{query({'theme': str(one.id), 'stage': 'all'})}") for one in given)


def fitting(
    found: CaseThemes, everything: tuple[ThemeShown, ...], *, ticked: Collection[str]
) -> list[Choice]:
    """The themes that a case may be about, with the words by which they were found."""
    names = paths(everything)
    return [
        Choice(
            value=str(one.theme),
            name=names[one.theme],
            ticked=str(one.theme) in ticked,
            narrow=False,
            why=_("as in other cases: %(words)s") % {"words": ", ".join(one.words)},
        )
        for one in found.suggested
        if one.theme in names
    ]


def page(
    number: int,
    found: CaseThemes,
    everything: tuple[ThemeShown, ...],
    *,
    ticked: Collection[str],
    seen: Collection[str],
    typed: Typed,
) -> ThemesPage:
    """The page on which the themes of a case are chosen."""
    errors = {"fresh" if name == "name" else name: words for name, words in typed.errors.items()}
    suggested = {one.theme for one in found.suggested}
    offered = [one for one in everything if not one.retired or one.id in found.given]
    return ThemesPage(
        number=number,
        suggested=fitting(found, everything, ticked=ticked),
        others=[
            Choice(
                value=str(one.id), name=one.name, ticked=str(one.id) in ticked, narrow=one.parent is not None
            )
            for one in offered
            if one.id not in suggested
        ],
        seen=sorted(seen),
        fresh=typed.values.get("fresh", ""),
        wide=themes.wide(everything),
        wrong=errors,
        problem=typed.problem,
    )
