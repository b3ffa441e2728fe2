"""Labels of policies, terms and units."""

from amends.i18n import N_, ngettext
from amends.i18n import gettext as _
from amends.rules.team.policies import LIMIT, OWN, REVIEWS
from amends.rules.team.terms import Term, Unit
from amends.rules.vocabulary import FollowUpKind, Severity
from amends.web.labels import label

POLICIES = {
    "small_shop": N_("Small shop"),
    "review_led": N_("Hotel or restaurant: reviews first"),
    "regulated_fr": N_("Bank or insurance in France"),
    "solo": N_("Alone: twice the time"),
    OWN: N_("Your own times"),
}

VARIANTS = {
    LIMIT: N_("Answer in public: at the latest, while you work"),
    REVIEWS: N_("Answer in public, on a site of reviews"),
    "wait_ping_2": N_("Write again, the second time"),
    "watch_review_2": N_("Look again, from the second time on"),
}

UNITS = {
    Unit.MINUTES: N_("minutes"),
    Unit.HOURS: N_("hours"),
    Unit.DAYS: N_("days"),
    Unit.WORKING_HOURS: N_("hours of work"),
    Unit.WORKING_DAYS: N_("days of work"),
}


def policy(name: str) -> str:
    """What a policy is called."""
    return _(POLICIES.get(name, POLICIES[OWN]))


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
            return ngettext("%(count)d hour of work", "%(count)d hours of work", amount)
        case Unit.WORKING_DAYS:
            return ngettext("%(count)d day of work", "%(count)d days of work", amount)
