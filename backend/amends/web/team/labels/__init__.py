"""Labels of roles and languages."""

from amends.i18n import N_
from amends.rules.vocabulary import Language, Role

ROLES = {
    Role.READER: N_("Reader"),
    Role.AGENT: N_("Agent"),
    Role.APPROVER: N_("Approver"),
    Role.LEAD: N_("Lead"),
    Role.ADMIN: N_("Admin"),
}
EXPLAINED = {
    Role.READER: N_("Reads cases and figures and changes nothing: legal, works council, auditor."),
    Role.AGENT: N_("Works cases."),
    Role.APPROVER: N_("Works cases, and approves drafts of others."),
    Role.LEAD: N_("Decides the hard cases, and approves."),
    Role.ADMIN: N_("Invites members and changes settings."),
}

LANGUAGES = {Language.ENGLISH: "English", Language.FRENCH: "Français"}
