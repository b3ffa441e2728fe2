"""Vocabulary of locations."""

from enum import StrEnum


class LocationKind(StrEnum):
    """What a location is to its customers."""

    SHOP = "shop"
    BRAND = "brand"
