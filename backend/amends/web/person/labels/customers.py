"""Labels of customer links and their answers."""

from collections.abc import Mapping
from typing import Any

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.person.customer_links import CheckInAnswer, ContactRequest, Purpose
from amends.rules.team.policies import Reference

WORDS: dict[object, str] = {
    Purpose.HAND_OFF: N_("Continue in private"),
    Purpose.CHECK_IN: N_("Ask how things are"),
    CheckInAnswer.WELL: N_("Yes, all is well"),
    CheckInAnswer.PARTLY: N_("Better, but not quite"),
    CheckInAnswer.BADLY: N_("No, it is not solved"),
    ContactRequest.ASKED: N_("asked for"),
    ContactRequest.GIVEN: N_("given"),
    ContactRequest.REFUSED: N_("refused"),
    ContactRequest.IGNORED: N_("not answered"),
    Reference.ORDER: N_("Order or customer number"),
    Reference.BOOKING: N_("Booking number, or date and room or table"),
    Reference.CONTRACT: N_("Contract or customer number"),
}


def word(value: object) -> str:
    """What a value is called in the reader's language."""
    return _(WORDS[value])


def told(particulars: Mapping[str, Any]) -> str:
    """What was done about a link, or about reaching the person, as a predicate."""
    named = {"name": particulars.get("person", "")}
    deeds = {
        "made": _("created a private link"),
        "posted": _("posted a private link in a public reply"),
        "withdrawn": _("revoked a private link"),
        "refused": _("recorded that no contact details were given"),
        "contributor": _("asked %(name)s for help, by link") % named,
        "contributor_withdrawn": _("revoked the help link of %(name)s") % named,
    }
    return deeds.get(str(particulars.get("deed")), deeds["made"])
