"""Optimistic concurrency without a version: a form carries a fingerprint of the values that it showed."""

import hashlib
from collections.abc import Mapping

import msgspec

from amends.errors import Conflict
from amends.i18n import gettext as _


class ChangedMeanwhile(Conflict):
    """Someone else has changed this in the meantime.

    `standing` has the values that now stand where the member wants others, by the names of their fields.
    """

    def __init__(self, standing: Mapping[str, object]) -> None:
        super().__init__(
            _("Someone else has changed this in the meantime. Compare the two, then save again.")
        )
        self.standing = standing


def fingerprint(values: Mapping[str, object]) -> str:
    """Sixteen letters that are others as soon as one of the values is."""
    return hashlib.sha256(msgspec.json.encode(values, order="deterministic")).hexdigest()[:16]


def must_be_as_seen(seen: str, standing: Mapping[str, object], wanted: Mapping[str, object]) -> None:
    """Raises ChangedMeanwhile where the values are not those that were seen, nor those that are wanted.

    Without a fingerprint nothing is asked. For the transaction that writes, once the row is held.
    """
    others = {name: value for name, value in standing.items() if value != wanted.get(name)}
    if seen and others and seen != fingerprint(standing):
        raise ChangedMeanwhile(others)
