"""Sentences of a wave, the same in a message and on the page."""

from amends.i18n import gettext as _
from amends.i18n import ngettext, number
from amends.rules.case import platforms


def sentence(*, scope: str, theme: str, hours: int, people: int, usual: int, line: int) -> str:
    """How many people wrote about what, how many usually do, and from how many on we warn."""
    values = {"num": number(people), "time": _time(hours)}
    people_in = ngettext("%(num)s person in %(time)s", "%(num)s people in %(time)s", people) % values
    return _("%(about)s: %(people)s; usual: %(usual)s; we warn from %(line)s.") % {
        "about": about(scope, theme),
        "people": people_in,
        "usual": number(usual),
        "line": number(line),
    }


def about(scope: str, theme: str) -> str:
    """What a wave is about."""
    kind, _colon, value = scope.partition(":")
    if kind == "theme":
        return _("“%(theme)s”") % {"theme": theme or _("a removed theme")}
    if kind == "platform":
        return platforms.label(value)
    return _("Nearly the same text") if kind == "text" else _("Overall")


def _time(hours: int) -> str:
    days = hours // 24
    if days:
        return ngettext("%(num)d day", "%(num)d days", days) % {"num": days}
    return ngettext("%(num)d hour", "%(num)d hours", hours) % {"num": hours}
