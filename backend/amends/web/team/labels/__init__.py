"""Labels of roles and languages."""

from amends.i18n import N_
from amends.rules.vocabulary import Language, Role

ROLES = {Role.AGENT: N_("Agent"), Role.LEAD: N_("Lead"), Role.ADMIN: N_("Admin")}

LANGUAGES = {Language.ENGLISH: "English", Language.FRENCH: "Français"}
