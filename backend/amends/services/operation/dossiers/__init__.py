"""Dossiers: everything recorded of some cases, for police, court, platform or insurer."""

from amends.services.operation.dossiers.contents import (
    Anchored,
    CaseGathered,
    Choice,
    Exhibit,
    Gathered,
    Kept,
)
from amends.services.operation.dossiers.gathering import (
    DossierIsEmpty,
    DossierNotYours,
    DossierTooLarge,
    gather,
)
from amends.services.operation.dossiers.packing import pack
from amends.services.operation.dossiers.redacting import names_of, naming, redacted
from amends.services.operation.dossiers.subjects import Subject, of_incident, of_person

__all__ = [
    "Anchored",
    "CaseGathered",
    "Choice",
    "DossierIsEmpty",
    "DossierNotYours",
    "DossierTooLarge",
    "Exhibit",
    "Gathered",
    "Kept",
    "Subject",
    "gather",
    "names_of",
    "naming",
    "of_incident",
    "of_person",
    "pack",
    "redacted",
]
