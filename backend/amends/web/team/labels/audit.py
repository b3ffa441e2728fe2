"""Labels of the audit log: groups of events, settings, and what events tell."""

from collections.abc import Mapping

from amends.i18n import N_
from amends.rules.team.audit import COMMAND_LINE, STRANGER, SYSTEM
from amends.rules.vocabulary.audit import AuditGroup

GROUPS: Mapping[AuditGroup, str] = {
    AuditGroup.SIGN_IN: N_("Signing in"),
    AuditGroup.MEMBERS: N_("Members and passwords"),
    AuditGroup.ACCESS: N_("Browsers, tokens and feeds"),
    AuditGroup.SETTINGS: N_("Settings"),
    AuditGroup.DATA: N_("Exports and backups"),
    AuditGroup.CASES: N_("Sensitive cases and legal holds"),
    AuditGroup.LOG: N_("The log itself"),
}
ACTORS: Mapping[str, str] = {
    SYSTEM: N_("Amends itself"),
    COMMAND_LINE: N_("Command line"),
    STRANGER: N_("Someone not signed in"),
}
"""Who acted, where it was no member."""
SETTINGS: Mapping[str, str] = {
    "team": N_("Team"),
    "stay_signed_in": N_("Stay signed in"),
    "second_factor": N_("Second factor required"),
    "on_duty": N_("Hours on duty"),
    "closed_days": N_("Closed days"),
    "times": N_("Times"),
    "reply_rules": N_("Replies and approvals"),
    "new_cases": N_("New cases told to the team"),
    "capacity": N_("Capacity"),
    "owners": N_("Insights by owner"),
    "backups": N_("Backups"),
    "retention": N_("Retention"),
    "audit": N_("Audit log"),
    "webhooks": N_("Webhooks"),
    "stamp_authority": N_("Authority for time stamps"),
    "providers": N_("Sign-in providers"),
    "provider_link": N_("Link to a sign-in provider"),
}
"""What settings are called on their own pages."""
WORDS: Mapping[str, str] = {
    "password": N_("by password"),
    "code": N_("by password and code"),
    "link": N_("by link"),
    "passkey": N_("by passkey"),
    "provider": N_("by a sign-in provider"),
    "invite": N_("by invitation link"),
    "reset": N_("by reset link"),
    "cases": N_("Cases"),
    "report_csv": N_("Report as CSV"),
    "report_pdf": N_("Report as PDF"),
    "people": N_("People"),
    "replies": N_("Prepared replies"),
    "recovery_kit": N_("Recovery kit"),
    "audit_log": N_("Audit log"),
    "person_copy": N_("Copy of a person’s data"),
    "case": N_("the case"),
    "person": N_("the person"),
    "True": N_("yes"),
    "False": N_("no"),
    "yes": N_("yes"),
    "no": N_("no"),
    "changed": N_("changed"),
}
"""Words that events keep, where a label says them better."""
FIELDS: Mapping[str, str] = {
    "team_name": N_("Team name"),
    "logo": N_("Logo"),
    "team_language": N_("Language"),
    "zone": N_("Time zone"),
    "country": N_("Country"),
    "role": N_("Role"),
    "name": N_("Name"),
    "url": N_("Address"),
    "address": N_("Address"),
    "events": N_("Events"),
    "secret": N_("Secret"),
    "linked": N_("Linked"),
    "months": N_("Months kept"),
    "readers": N_("Readers may open it"),
    "wanted": N_("Required"),
    "allowed": N_("Allowed"),
    "on": N_("Switched on"),
    "new_cases": N_("New cases"),
    "every_days": N_("Days between backups"),
    "is_on": N_("Switched on"),
    "ended": N_("Ended cases, months"),
    "silence": N_("Silence on purpose, months"),
    "refused": N_("Not about us, months"),
    "threat": N_("Threats, months"),
    "drafts": N_("Unsent drafts, months"),
    "notice_days": N_("Days of notice"),
    "kept": N_("Kept"),
    "closed_days": N_("Closed days"),
    "remedy_ceiling": N_("Remedy without approval up to"),
    "places.en": N_("Private place in English"),
    "places.fr": N_("Private place in French"),
    "product": N_("Product"),
    "count": N_("Count"),
    "scopes": N_("May do"),
    "before": N_("Until"),
    "cases": N_("Cases"),
    "digest": N_("SHA-256 of the manifest"),
    "hash": N_("Hash of the last one deleted"),
    "titles": N_("With titles"),
    "unowned": N_("With unowned cases"),
    "path": N_("Page"),
    "of": N_("On"),
    "until": N_("Review on"),
}
"""What events tell, by name; what has no label here is shown by its own name."""
