"""Labels of roles and languages."""

from amends.i18n import mark
from amends.rules.vocabulary import Language, Role

ROLES = {Role.AGENT: mark("Agent"), Role.LEAD: mark("Lead"), Role.ADMIN: mark("Admin")}

LANGUAGES = {Language.ENGLISH: "English", Language.FRENCH: "Français"}
