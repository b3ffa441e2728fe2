"""Kinds of events of the audit log: what each is about, its label, and all that it keeps (R-56)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from amends.i18n import N_
from amends.rules.vocabulary.audit import AuditGroup, AuditKind

MONTHS = range(6, 25)
"""How long the log may be kept."""
USUAL_MONTHS = 12
MONTH = timedelta(days=30)
PRUNED_EVERY = timedelta(days=7)
LONGEST_VALUE = 200
"""Letters of one value that is kept."""

SYSTEM, COMMAND_LINE, STRANGER = "system", "command_line", "stranger"
"""Who acted, where it was no member."""


@dataclass(frozen=True, slots=True)
class KindOfEvent:
    """What one kind of event is about, how it is called, and the names of everything that it may tell.

    `network` says whether the shortened address it came from is kept with it.
    """

    group: AuditGroup
    label: str
    keeps: tuple[str, ...] = ()
    network: bool = False


def _sign_in(label: str, *keeps: str) -> KindOfEvent:
    return KindOfEvent(AuditGroup.SIGN_IN, label, keeps, network=True)


def _members(label: str, *keeps: str) -> KindOfEvent:
    return KindOfEvent(AuditGroup.MEMBERS, label, keeps)


def _access(label: str, *keeps: str) -> KindOfEvent:
    return KindOfEvent(AuditGroup.ACCESS, label, keeps)


def _settings(label: str, *keeps: str) -> KindOfEvent:
    return KindOfEvent(AuditGroup.SETTINGS, label, keeps)


def _export(label: str, *keeps: str) -> KindOfEvent:
    return KindOfEvent(AuditGroup.DATA, label, keeps)


def _cases(label: str, *keeps: str) -> KindOfEvent:
    return KindOfEvent(AuditGroup.CASES, label, keeps)


KINDS: Mapping[AuditKind, KindOfEvent] = {
    AuditKind.SIGNED_IN: _sign_in(N_("Signed in"), "how"),
    AuditKind.SIGN_IN_FAILED: _sign_in(N_("Sign-in refused")),
    AuditKind.CODE_FAILED: _sign_in(N_("Wrong code at sign-in")),
    AuditKind.CONFIRMATION_FAILED: KindOfEvent(AuditGroup.SIGN_IN, N_("Wrong password in a session")),
    AuditKind.SIGNED_OUT: KindOfEvent(AuditGroup.SIGN_IN, N_("Signed out")),
    AuditKind.SESSIONS_ENDED: KindOfEvent(AuditGroup.SIGN_IN, N_("Ended sessions"), ("count",)),
    AuditKind.PASSWORD_CHANGED: _members(N_("Password changed"), "how"),
    AuditKind.FACTOR_SET_UP: _members(N_("Second factor set up")),
    AuditKind.FACTOR_REMOVED: _members(N_("Second factor removed")),
    AuditKind.RECOVERY_CODES_MADE: _members(N_("Recovery codes made")),
    AuditKind.TEAM_SET_UP: _settings(N_("Amends set up")),
    AuditKind.MEMBER_ADDED: _members(N_("Member added"), "role"),
    AuditKind.LINK_MADE: _members(N_("Link for a password made"), "how"),
    AuditKind.ROLE_CHANGED: _members(N_("Role changed"), "role"),
    AuditKind.MEMBER_DISABLED: _members(N_("Member disabled")),
    AuditKind.MEMBER_ENABLED: _members(N_("Member enabled")),
    AuditKind.BROWSER_PAIRED: _access(N_("Browser paired"), "name"),
    AuditKind.TOKEN_MADE: _access(N_("Token made"), "name", "scopes"),
    AuditKind.BROWSER_REVOKED: _access(N_("Browser or token revoked"), "name"),
    AuditKind.FEED_MADE: _access(N_("Calendar feed made")),
    AuditKind.FEED_CHANGED: _access(N_("Calendar feed changed"), "titles", "unowned"),
    AuditKind.FEED_REMOVED: _access(N_("Calendar feed switched off")),
    AuditKind.SETTING_CHANGED: _settings(N_("Setting changed"), "changes"),
    AuditKind.TARGET_ADDED: _settings(N_("Destination added"), "name", "masked"),
    AuditKind.TARGET_CHANGED: _settings(N_("Destination changed"), "name", "masked"),
    AuditKind.TARGET_REMOVED: _settings(N_("Destination removed"), "name", "masked"),
    AuditKind.RECIPIENT_ADDED: _settings(N_("Recipient of reports added"), "name"),
    AuditKind.RECIPIENT_CHANGED: _settings(N_("Recipient of reports changed"), "name"),
    AuditKind.RECIPIENT_REMOVED: _settings(N_("Recipient of reports removed"), "name"),
    AuditKind.EXPORTED: _export(N_("Exported"), "what", "count"),
    AuditKind.RECOVERY_KIT_OPENED: _export(N_("Recovery kit opened")),
    AuditKind.DOSSIER_MADE: _export(N_("Dossier made"), "cases", "digest"),
    AuditKind.PERSON_ERASED: _export(N_("Person erased"), "count"),
    AuditKind.CASE_ERASED: _export(N_("Case erased, its retention period was over")),
    AuditKind.BACKUP_MADE: _export(N_("Backup made"), "name"),
    AuditKind.RESTORED: _export(N_("Backup restored"), "name"),
    AuditKind.LEGAL_HOLD_PLACED: _cases(N_("Legal hold placed"), "of", "until"),
    AuditKind.LEGAL_HOLD_CHANGED: _cases(N_("Review of a legal hold moved"), "of", "until"),
    AuditKind.LEGAL_HOLD_LIFTED: _cases(N_("Legal hold lifted"), "of"),
    AuditKind.CASE_OPENED: _cases(N_("Sensitive case opened")),
    AuditKind.CASE_REFUSED: _cases(N_("Access to a sensitive case refused"), "path"),
    AuditKind.LOG_PRUNED: KindOfEvent(AuditGroup.LOG, N_("Old events deleted"), ("hash", "count", "before")),
}
"""Everything that is written to the log; what is not named here is kept nowhere in it."""


def kinds_of(group: AuditGroup) -> tuple[AuditKind, ...]:
    """The kinds of one group, in the order of the table."""
    return tuple(kind for kind, of in KINDS.items() if of.group is group)


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, list[str]]:
    """What changed between two states of settings, by name: the old value and the new one, as text.

    Values within values are compared one by one, so that one changed hour is one line and not the week.
    """
    old, new = dict(_flat(before)), dict(_flat(after))
    names = sorted(old.keys() | new.keys())
    pairs = {name: [old.get(name, ""), new.get(name, "")] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _flat(values: Mapping[str, object], within: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in values.items():
        path = f"{within}{name}"
        if isinstance(value, Mapping):
            found += _flat(value, f"{path}.")
        else:
            found.append((path, _text(value)))
    return found


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, set | frozenset):
        value = sorted(map(str, value))
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))[:LONGEST_VALUE]
    return str(value)[:LONGEST_VALUE]


def shortened(address: str) -> str:
    """The network of an address, which names no single machine: /24 of IPv4, /48 of IPv6; else nothing."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    prefix = 24 if parsed.version == 4 else 48
    return str(ip_network(f"{parsed}/{prefix}", strict=False))


def pruned_before(now: datetime, months: int) -> datetime:
    """Events before this go now: so early that none grows older than so many months until the next time."""
    return now - MONTH * months + PRUNED_EVERY
