"""The label on screen of any value of the vocabulary."""

from amends.database import COUNT_LIMIT
from amends.i18n import gettext as _
from amends.i18n import number
from amends.rules.vocabulary import Severity
from amends.web.capture.labels import POST_KINDS
from amends.web.case.labels import (
    CHANNELS,
    CUSTOMER_STATUSES,
    NATURES,
    OUTCOMES,
    SEVERITY_WORDS,
    STAGES,
    STANCES,
    severity_label,
)
from amends.web.follow_up.labels import FOLLOW_UPS, RHYTHMS
from amends.web.reply.labels import OCCASIONS, TONES
from amends.web.team.labels import LANGUAGES, ROLES

_TABLES = (
    STAGES,
    OUTCOMES,
    FOLLOW_UPS,
    RHYTHMS,
    SEVERITY_WORDS,
    NATURES,
    STANCES,
    OCCASIONS,
    TONES,
    CUSTOMER_STATUSES,
    CHANNELS,
    POST_KINDS,
    ROLES,
    LANGUAGES,
)
_BY_KIND: dict[type, dict] = {type(next(iter(table))): table for table in _TABLES}  # type: ignore[type-arg]


def count_label(many: int, limit: int = COUNT_LIMIT) -> str:
    """How many of a list there are; where nobody counted on, “1,000+” says so."""
    return f"{number(limit)}+" if many > limit else number(many)


def reference(case: int | str) -> str:
    """The number of a case as people write it: “#12”, « nº 12 »."""
    return _("#%(number)s") % {"number": case}


def label_or_text(value: object) -> str:
    """The label of a value of the vocabulary; a text as it is; a dash for nothing."""
    return label(value) if type(value) in _BY_KIND else str(value or "–")


def label(value: object) -> str:
    """What a value of the vocabulary is called in the reader's language."""
    if isinstance(value, Severity):
        return severity_label(value)
    return _(_BY_KIND[type(value)][value])
