"""Vocabulary of the audit log: what happens to accounts and to the installation."""

from enum import StrEnum


class AuditGroup(StrEnum):
    """What an event of the audit log is about."""

    SIGN_IN = "sign_in"
    MEMBERS = "members"
    ACCESS = "access"
    SETTINGS = "settings"
    DATA = "data"
    CASES = "cases"
    LOG = "log"


class AuditKind(StrEnum):
    """One kind of event; `rules.team.audit.KINDS` says what it keeps."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    CODE_FAILED = "code_failed"
    CONFIRMATION_FAILED = "confirmation_failed"
    SIGNED_OUT = "signed_out"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an event
    FACTOR_SET_UP = "factor_set_up"
    FACTOR_REMOVED = "factor_removed"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    TEAM_SET_UP = "team_set_up"
    MEMBER_ADDED = "member_added"
    LINK_MADE = "link_made"
    ROLE_CHANGED = "role_changed"
    MEMBER_DISABLED = "member_disabled"
    MEMBER_ENABLED = "member_enabled"
    BROWSER_PAIRED = "browser_paired"
    TOKEN_MADE = "token_made"  # noqa: S105
    BROWSER_REVOKED = "browser_revoked"
    FEED_MADE = "feed_made"
    FEED_CHANGED = "feed_changed"
    FEED_REMOVED = "feed_removed"
    SETTING_CHANGED = "setting_changed"
    TARGET_ADDED = "target_added"
    TARGET_CHANGED = "target_changed"
    TARGET_REMOVED = "target_removed"
    RECIPIENT_ADDED = "recipient_added"
    RECIPIENT_CHANGED = "recipient_changed"
    RECIPIENT_REMOVED = "recipient_removed"
    EXPORTED = "exported"
    RECOVERY_KIT_OPENED = "recovery_kit_opened"
    DOSSIER_MADE = "dossier_made"
    PERSON_ERASED = "person_erased"
    CASE_ERASED = "case_erased"
    BACKUP_MADE = "backup_made"
    RESTORED = "restored"
    LEGAL_HOLD_PLACED = "legal_hold_placed"
    LEGAL_HOLD_CHANGED = "legal_hold_changed"
    LEGAL_HOLD_LIFTED = "legal_hold_lifted"
    CASE_OPENED = "case_opened"
    CASE_REFUSED = "case_refused"
    LOG_PRUNED = "log_pruned"
