"""Dossiers: everything recorded of some cases, for police, court, platform or insurer."""

from amends.services.operation.dossiers.gathering import (
    Anchored,
    CaseGathered,
    Choice,
    DossierIsEmpty,
    DossierNotYours,
    DossierTooLarge,
    Exhibit,
    Gathered,
    Kept,
    gather,
)
from amends.services.operation.dossiers.packing import pack

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
    "gather",
    "pack",
]
