"""Sentences of an incident, for the one message that those concerned get."""

from amends.i18n import gettext as _
from amends.i18n import ngettext, number


def sentence(*, title: str, cases: int, mine: int, on_hold: bool, spokesperson: str) -> str:
    """What goes on, how many of the reader's cases belong to it, whether they may answer, and who speaks."""
    said = [_("Incident “%(title)s”: %(cases)s.") % {"title": title, "cases": _cases(cases)}]
    if mine:
        said.append(
            ngettext("%(num)s of them is yours.", "%(num)s of them are yours.", mine) % {"num": number(mine)}
        )
    if on_hold:
        said.append(_("Replies are on hold: post nothing on these cases."))
    if spokesperson:
        said.append(_("%(name)s speaks for the team.") % {"name": spokesperson})
    return " ".join(said)


def _cases(cases: int) -> str:
    return ngettext("%(num)s case", "%(num)s cases", cases) % {"num": number(cases)}
