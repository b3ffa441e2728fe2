"""Labels of waves: how they look, and what speaks for it."""

from amends.i18n import N_
from amends.rules.insight.waves import Sign, Verdict

VERDICTS = {
    Verdict.ISOLATED: N_("Isolated"),
    Verdict.SHARED: N_("Shared"),
    Verdict.COORDINATED: N_("Coordinated"),
    Verdict.SPREADING: N_("Spreading"),
}
MEANINGS = {
    Verdict.ISOLATED: N_("one or two people"),
    Verdict.SHARED: N_("several people with one concern"),
    Verdict.COORDINATED: N_("many signs of coordinated action"),
    Verdict.SPREADING: N_("it is growing, or reaching other sites"),
}
FOR = {
    Sign.ONE_TEXT: N_("%(count)s of %(all)s wrote nearly the same text"),
    Sign.NEVER_SEEN: N_("%(count)s of %(all)s were never seen here before"),
    Sign.WITHIN_HOURS: N_("%(count)s of %(all)s wrote within six hours"),
    Sign.CUSTOMERS: N_("customers, known or by their own word: %(count)s of %(all)s"),
}
FACTS = {
    Sign.ONE_TEXT: "alike",
    Sign.NEVER_SEEN: "new",
    Sign.WITHIN_HOURS: "soon",
    Sign.CUSTOMERS: "customers",
}
"""Which number each sign is about."""
