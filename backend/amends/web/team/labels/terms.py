"""Labels of policies, terms and units."""

from amends.i18n import N_, ngettext
from amends.i18n import gettext as _
from amends.rules.team.policies import LIMIT, OWN, REVIEWS
from amends.rules.team.terms import Term, Unit
from amends.rules.vocabulary import FollowUpKind, Severity
from amends.web.labels import label

POLICIES = {
    "small_shop": N_("Small shop"),
    "review_led": N_("Hotel or restaurant: review-led"),
    "regulated_fr": N_("Bank or insurance in France"),
    "solo": N_("Solo: twice the time"),
    OWN: N_("Custom times"),
}

NOTES = {
    "small_shop": N_("Answers within half a working day."),
    "review_led": N_("Reviews first; a second chance after three to six weeks."),
    "regulated_fr": N_("Answers in 10 working days, a solution in 59 days."),
    "solo": N_("The small shop’s times, doubled."),
}

VARIANTS = {
    LIMIT: N_("Answer in public on working days: at the latest"),
    REVIEWS: N_("Answer in public: review sites"),
    "wait_ping_2": N_("Write again, second time"),
    "watch_review_2": N_("Recheck, from the second time on"),
}

UNITS = {
    Unit.MINUTES: N_("minutes, real time"),
    Unit.HOURS: N_("hours, real time"),
    Unit.DAYS: N_("days, real time"),
    Unit.WORKING_HOURS: N_("working hours"),
    Unit.WORKING_DAYS: N_("working days"),
}


def policy(name: str) -> str:
    """What a policy is called."""
    return _(POLICIES.get(name, POLICIES[OWN]))


def note(name: str) -> str:
    """What a preset is like, in a sentence."""
    return _(NOTES[name])


def duty(row: str) -> str:
    """What a row of the table is called."""
    return _(VARIANTS[row]) if row in VARIANTS else label(FollowUpKind(row))


def back_to_pool() -> list[tuple[str, str]]:
    """Which cases may go back to the pool by themselves, to choose from."""
    return [
        ("", _("none")),
        (Severity.S1.value, _("critical only")),
        (Severity.S2.value, _("critical and serious")),
        (Severity.S3.value, _("all but rants")),
        (Severity.S4.value, _("all")),
    ]


def units() -> list[tuple[str, str]]:
    """The units that a form chooses from."""
    return [(unit.value, _(name)) for unit, name in UNITS.items()]


def brief(given: Term | None) -> str:
    """A term as a table has room for it: "4 h", which is working time, or "1 h, real time"."""
    if given is None:
        return "–"
    words = _brief(given.unit, given.amount) % {"count": given.amount}
    return words if given.is_working else _("%(time)s, real time") % {"time": words}


def _brief(unit: Unit, amount: int) -> str:
    match unit:
        case Unit.MINUTES:
            return _("%(count)d min")
        case Unit.HOURS | Unit.WORKING_HOURS:
            return _("%(count)d h")
        case Unit.DAYS | Unit.WORKING_DAYS:
            return ngettext("%(count)d day", "%(count)d days", amount)


def term(given: Term | None) -> str:
    """A term in words: "4 hours of work"; a dash where nothing is owed."""
    if given is None:
        return "–"
    return _counted(given.unit, given.amount) % {"count": given.amount}


def _counted(unit: Unit, amount: int) -> str:
    match unit:
        case Unit.MINUTES:
            return ngettext("%(count)d minute", "%(count)d minutes", amount)
        case Unit.HOURS:
            return ngettext("%(count)d hour", "%(count)d hours", amount)
        case Unit.DAYS:
            return ngettext("%(count)d day", "%(count)d days", amount)
        case Unit.WORKING_HOURS:
            return ngettext("%(count)d working hour", "%(count)d working hours", amount)
        case Unit.WORKING_DAYS:
            return ngettext("%(count)d working day", "%(count)d working days", amount)
