"""What was done about a threat, in the words of its timeline, and the words of its forms."""

from collections.abc import Mapping
from typing import Any

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.vocabulary import ContactRole, DossierGiven, NudgeState, Telling, ThreatDeed

FLAG = N_("This is a threat")
"""The button that flags a case, and what can be undone of it."""
EFFECT = N_(
    "Tells those on duty at once, or else the leads, holds replies and opens the plan. You can take it back."
)
"""What the button does, said beside it."""
ROLES = {
    ContactRole.LEGAL: N_("Legal"),
    ContactRole.HR: N_("Human resources"),
    ContactRole.MANAGEMENT: N_("Management"),
    ContactRole.SECURITY: N_("Security"),
    ContactRole.POLICE: N_("Police"),
    ContactRole.OTHER: N_("Someone else"),
}
ALERTS = {
    NudgeState.READY: N_("not sent yet"),
    NudgeState.SENDING: N_("being sent"),
    NudgeState.SENT: N_("sent"),
    NudgeState.VOID: N_("not sent: no longer needed there"),
    NudgeState.DEAD: N_("could not be sent"),
}
"""How far a message of the threat to one of us came."""
TELLINGS = {
    Telling.PHONE: N_("By phone"),
    Telling.IN_PERSON: N_("In person"),
    Telling.EMAIL: N_("By email"),
    Telling.LETTER: N_("By letter"),
    Telling.ONLINE: N_("By an online form"),
}
DOSSIERS = {
    DossierGiven.NONE: N_("Without a dossier"),
    DossierGiven.ATTACHED: N_("I handed over the dossier as a file"),
    DossierGiven.LINK: N_("I sent the link to the dossier"),
}
GIVEN = {
    DossierGiven.ATTACHED: N_("dossier handed over as a file"),
    DossierGiven.LINK: N_("link to the dossier sent"),
}
"""The same as a fact of an entry."""
TOLD = {
    ThreatDeed.FLAGGED: N_("flagged the case as a threat; its replies are held"),
    ThreatDeed.DANGER: N_("said that someone may be in danger; Amends tells the leads whom it can reach"),
    ThreatDeed.TOLD: N_("told %(contact)s about the threat"),
    ThreatDeed.LINK_MADE: N_("made a link to a dossier for %(contact)s"),
    ThreatDeed.LINK_REVOKED: N_("revoked the link to a dossier for %(contact)s"),
    ThreatDeed.LINK_OPENED: N_("A dossier was fetched for the first time by the link for %(contact)s"),
    ThreatDeed.LIFTED: N_("lifted the hold on replies"),
    ThreatDeed.WITHDRAWN: N_("said that it was no threat"),
}


def told(particulars: Mapping[str, Any]) -> str:
    """What an entry of the timeline says of a threat; a reason stands below it."""
    return _(TOLD[ThreatDeed(particulars["deed"])]) % {"contact": particulars.get("contact", "")}


def facts(particulars: Mapping[str, Any]) -> list[str]:
    """How a contact was told, and what they got."""
    if particulars.get("deed") != ThreatDeed.TOLD:
        return []
    how, given = Telling(particulars["how"]), DossierGiven(particulars["dossier"])
    return [_(TELLINGS[how]), *([_(GIVEN[given])] if given in GIVEN else [])]
