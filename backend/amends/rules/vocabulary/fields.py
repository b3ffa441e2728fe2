"""Vocabulary of the team's own fields."""

from enum import StrEnum


class FieldKind(StrEnum):
    """What is written into a field of the team's own."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    ORDER_NUMBER = "order_number"
