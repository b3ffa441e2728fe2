"""Vocabulary of threats."""

from enum import StrEnum


class ContactRole(StrEnum):
    """Whom a threat is brought to (P71)."""

    LEGAL = "legal"
    HR = "hr"
    MANAGEMENT = "management"
    SECURITY = "security"
    POLICE = "police"
    OTHER = "other"


class Telling(StrEnum):
    """How a contact was told of a threat."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    EMAIL = "email"
    LETTER = "letter"
    ONLINE = "online"


class DossierGiven(StrEnum):
    """What the contact got of the dossier."""

    NONE = "none"
    ATTACHED = "attached"
    LINK = "link"


class ThreatDeed(StrEnum):
    """What was done about a threat, as the timeline keeps it."""

    FLAGGED = "flagged"
    DANGER = "danger"
    TOLD = "told"
    LINK_MADE = "link_made"
    LINK_REVOKED = "link_revoked"
    LINK_OPENED = "link_opened"
    LIFTED = "lifted"
    WITHDRAWN = "withdrawn"
