"""Labels of waves: how they look, and what speaks for it."""

from amends.i18n import N_
from amends.rules.insight.waves import Sign, Verdict

VERDICTS = {
    Verdict.ISOLATED: N_("Isolated"),
    Verdict.SHARED: N_("Shared concern"),
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
    Sign.ONE_LINK: N_("%(count)s of %(all)s name one and the same address"),
    Sign.YOUNG: N_("accounts younger than thirty days: %(count)s of %(all)s whose age is known"),
    Sign.NEVER_SEEN: N_("%(count)s of %(all)s were never seen here before"),
    Sign.WITHIN_HOURS: N_("%(count)s of %(all)s wrote within six hours"),
    Sign.CUSTOMERS: N_("customers, known or by their own word: %(count)s of %(all)s of whom it is known"),
}
UNKNOWN = {
    Sign.ONE_LINK: N_("whether they name one address: not known yet"),
    Sign.YOUNG: N_("how old their accounts are: not known"),
    Sign.CUSTOMERS: N_("whether they are customers: not known"),
}
"""Where a number is not there, or is known of fewer than five people."""
FACTS = {
    Sign.ONE_TEXT: ("alike", "people"),
    Sign.ONE_LINK: ("link", "people"),
    Sign.YOUNG: ("young", "young_known"),
    Sign.NEVER_SEEN: ("new", "people"),
    Sign.WITHIN_HOURS: ("soon", "people"),
    Sign.CUSTOMERS: ("customers", "customers_known"),
}
"""Which number each sign is about, and of how many."""
REACH = N_("reach as captured: %(count)s, known of %(known)s of %(all)s people")
NO_REACH = N_("reach: not known")
