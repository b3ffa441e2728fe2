"""Labels of reply templates and the outcomes of their cases."""

from amends.i18n import N_, ngettext
from amends.i18n import gettext as _
from amends.rules.case.platforms import SiteKind, label
from amends.rules.reply import reply_templates as rules
from amends.rules.reply.reply_lint import Weight
from amends.services.reply.reply_templates import Uses

KINDS = {
    rules.ANYWHERE: N_("Anywhere"),
    SiteKind.SOCIAL: N_("Social accounts"),
    SiteKind.REVIEWS: N_("Review sites"),
    SiteKind.FORUMS: N_("Forums"),
}
"""Where a reply may be used that is not for one site alone."""

VARIABLES = {
    "author": N_("the name of the author"),
    "team": N_("the name of your team"),
    "product": N_("what you sell"),
    "private_place": N_("where the conversation continues in private"),
    "case_number": N_("the number of the case"),
    "incident_line": N_("the holding statement of the incident, as published"),
    "problem_line": N_("what may be said in public of the problem behind the case"),
    "signature": N_("the first name of the member who answers"),
}

WEIGHTS = {Weight.ERROR: N_("Error"), Weight.WARNING: N_("Warning"), Weight.NOTE: N_("Hint")}


def source(value: str) -> str:
    """Where a prepared reply may be used."""
    return _(KINDS[value]) if value in KINDS else label(value)


def sources() -> list[tuple[str, str]]:
    """Every place to choose from."""
    return [(value, source(value)) for value in rules.SOURCES]


def uses(shown: Uses) -> str:
    """On how many cases it was used, and how those ended: "12 cases · 4 won back · 1 lost"."""
    if not shown.cases:
        return _("Not used yet")
    parts = [
        ngettext("%(num)d case", "%(num)d cases", shown.cases) % {"num": shown.cases},
        *(sentence % {"num": count} for count, sentence in _endings(shown) if count),
    ]
    return " · ".join(parts)


def _endings(shown: Uses) -> list[tuple[int, str]]:
    return [
        (shown.won_back, _("%(num)d won back")),
        (shown.settled, _("%(num)d settled")),
        (shown.lost, _("%(num)d lost")),
        (shown.otherwise, _("%(num)d with another outcome")),
    ]
