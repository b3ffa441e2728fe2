"""Encryption keys as their page shows them: by fingerprint, never the keys."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.operation.backup_plan import Run
from amends.rules.operation.backups import fingerprint
from amends.services.operation.sealing import KeyUse, Standing
from amends.web import dates
from amends.web.dates import Moment

KINDS = {
    "target addresses": N_("Addresses of destinations"),
    "keys of web push": N_("The key of push notifications"),
    "second factors": N_("Second factors"),
    "secrets of sign-in providers": N_("Secrets of sign-in providers"),
    "secrets of webhooks": N_("Secrets of webhooks"),
    "passwords of mailboxes": N_("Passwords of mailboxes"),
    "passwords of mail accounts": N_("Passwords of accounts for outgoing mail"),
}
"""What is sealed, by its name in `services.operation.sealing`."""


class KeyShown(msgspec.Struct, frozen=True, kw_only=True):
    """One key: whether it is the first, what it seals, and when the oldest of that was first sealed."""

    fingerprint: str
    is_first: bool
    seals: tuple[tuple[str, int], ...]
    oldest: Moment | None


class KeysPage(msgspec.Struct, frozen=True, kw_only=True):
    """The page. `changed` is when the file of the keys was written; none where the environment names them.

    `covers` is whether a backup was made since; None where nobody knows since when the keys are there.
    """

    keys: tuple[KeyShown, ...]
    unreadable: tuple[tuple[str, int], ...]
    changed: Moment | None
    last_backup: Moment | None
    covers: bool | None
    some_were_erased: bool


def page(
    keys: Sequence[str],
    standing: Standing,
    last_good: Run | None,
    *,
    changed_at: datetime | None,
    now: datetime,
) -> KeysPage:
    """The keys in their order, with what they seal."""
    return KeysPage(
        keys=tuple(
            _key(key, use, is_first=place == 0, now=now)
            for place, (key, use) in enumerate(zip(keys, standing.uses, strict=True))
        ),
        unreadable=_counts(standing.unreadable),
        changed=dates.moment(changed_at, now=now) if changed_at else None,
        last_backup=dates.moment(last_good.started_at, now=now) if last_good else None,
        covers=bool(last_good and last_good.started_at > changed_at) if changed_at else None,
        some_were_erased=standing.erasures > 0,
    )


def _key(key: str, use: KeyUse, *, is_first: bool, now: datetime) -> KeyShown:
    return KeyShown(
        fingerprint=fingerprint(key),
        is_first=is_first,
        seals=_counts(use.counts),
        oldest=dates.moment(use.oldest, now=now) if use.oldest else None,
    )


def _counts(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((_(KINDS[name]), counts[name]) for name in KINDS if name in counts)
