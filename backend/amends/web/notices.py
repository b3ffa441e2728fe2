"""The sentence that a page says after `?notice=`."""

from amends.i18n import N_
from amends.i18n import gettext as _

NOTICES = {
    "saved": N_("Saved."),
    "moved": N_("Done. The next step is set."),
    "closed": N_("Case closed. Nothing more is due on it."),
    "opened": N_("Case opened."),
    "known": N_("This post already has a case. What you wrote was added to it."),
    "drafted": N_("Draft saved. Post it on the site, then mark it as posted."),
    "held": N_("The reply is held for ten minutes. Read it again then."),
    "submitted": N_("Submitted for approval."),
    "approved": N_("Approved."),
    "rejected": N_("Sent back with your note."),
    "archived": N_("Archived. It is no longer offered."),
    "restored": N_("Restored. It is offered again."),
    "brought-in": N_("Imported. Replies already in the library were skipped."),
    "started": N_("The starter replies are in the library. Change what does not sound like you."),
    "noted": N_("Note added."),
    "recorded": N_("Exchange logged."),
    "note-edited": N_("Note changed. Its earlier text is kept."),
    "note-pinned": N_("Note pinned above the conversation."),
    "note-unpinned": N_("Note unpinned."),
    "files-added": N_("Attached."),
    "file-removed": N_("File removed. The history keeps its name and the reason."),
    "assigned": N_("Owner changed."),
    "severity": N_("Severity changed."),
    "facts": N_("Corrected. The timeline keeps the previous values."),
    "snoozed": N_("Snoozed until the date shown. Promises and requests to members stay due."),
    "woken": N_("Snooze ended."),
    "promised": N_("Promise recorded. You will be reminded."),
    "reminded": N_("Reminder set."),
    "playbook-started": N_("Playbook started. Its dated steps are reminders now."),
    "ticked": N_("Done."),
    "decided": N_("Decided."),
    "kept": N_("Promise kept."),
    "broken": N_("Promise marked as broken."),
    "rescheduled": N_("Due date changed."),
    "joined": N_("Joined into one person."),
    "two-people": N_("Recorded as different people. You will not be asked again."),
    "offered": N_("Offer recorded."),
    "asked": N_("Question sent. Your colleague sees it on Today."),
    "answered": N_("Answer saved."),
    "withdrawn": N_("Question withdrawn."),
    "lead-asked": N_("This exceeds the limit, so a lead has been asked to approve it."),
    "taken-back": N_(
        "Capture undone: the case, the post and the picture are deleted. The number will not be reused."
    ),
    "case-removed": N_("Case removed. Its number will not be reused; it still shows who removed it and why."),
    "taken-off": N_("Case returned to the pool."),
    "split": N_("The post now has its own case."),
    "undone": N_("Undone."),
    "report-planned": N_("Planned. Load this page again in a minute to see what the mail server said."),
    "test-sent": N_("Test sent. Check that it has arrived."),
    "paired": N_("This browser is paired."),
    "removed": N_("Removed."),
    "ended": N_("Session ended."),
    "incident-opened": N_("Incident opened. Replies on its cases are on hold. Name a spokesperson."),
    "incident-closed": N_("Incident closed. Replies may go out again. Its review is due in five days."),
    "escalated-more": N_("200 cases were raised. Press again for the next ones."),
    "released": N_("Released. This reply may be posted."),
    "problem-opened": N_("Problem opened. Say who looks after it, and until when."),
    "not-a-problem": N_("Noted. You will be asked again when twice as many people write about it."),
    "fixed": N_("Fixed. Now tell its people what has changed."),
    "told": N_("Recorded on the case."),
    "dismissed": N_("Not proposed again for 90 days."),
    "retried": N_("Sending again now."),
    "signed-out": N_("You are signed out."),
    "password": N_("Password changed."),
    "password-set": N_("Password set."),
}
"""What a page says after `?notice=`: a closed table, so that an address cannot put words into our mouth."""


def notice(key: str | None) -> str:
    """The sentence for `?notice=`; nothing for what is not in the table."""
    return _(NOTICES[key]) if key in NOTICES else ""
