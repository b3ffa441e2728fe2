"""The sentence that a page says after `?notice=`."""

from amends.i18n import N_
from amends.i18n import gettext as _

NOTICES = {
    "saved": N_("Saved."),
    "moved": N_("Done. The next step is set."),
    "closed": N_("Closed. Nothing is owed on this case any more."),
    "opened": N_("The case is open."),
    "known": N_("This post is a case already. What you wrote was kept with it."),
    "drafted": N_("The reply is kept. Post it on the site, then mark it as posted."),
    "held": N_("The reply is held for ten minutes. Look at it again then."),
    "submitted": N_("Submitted. Somebody reads it before it is posted."),
    "approved": N_("Approved."),
    "rejected": N_("Sent back with your note."),
    "archived": N_("Archived. It is offered no more."),
    "restored": N_("In use again."),
    "brought-in": N_("Imported. What was in the library already was left out."),
    "started": N_("The starter set is in the library. Change what does not sound like you."),
    "noted": N_("Note kept."),
    "recorded": N_("Touchpoint recorded."),
    "assigned": N_("The owner has changed."),
    "severity": N_("The severity has changed."),
    "facts": N_("Corrected. The timeline says what stood there before."),
    "snoozed": N_("It sleeps until the date that is shown. Promises and what members are asked for go on."),
    "woken": N_("Awake again."),
    "promised": N_("Promise written down. You will be reminded."),
    "reminded": N_("The reminder is set."),
    "ticked": N_("Done."),
    "decided": N_("Decided."),
    "kept": N_("Promise kept."),
    "broken": N_("Promise marked as broken."),
    "rescheduled": N_("The date has changed."),
    "joined": N_("One person from now on."),
    "two-people": N_("Nobody is asked about these two again."),
    "offered": N_("The offer is written down."),
    "lead-asked": N_("It costs more than the ceiling: a lead is asked."),
    "taken-back": N_("The capture is taken back: case, post and picture are gone. Its number stays unused."),
    "case-removed": N_("The case is removed. Its number stays unused and says who removed it and why."),
    "taken-off": N_("The case is back in the pool."),
    "split": N_("The post has a case of its own now."),
    "undone": N_("Undone. Everything is as it was."),
    "test-sent": N_("Test sent. Look where your nudges arrive."),
    "paired": N_("This browser is paired."),
    "removed": N_("Removed."),
    "ended": N_("Signed out there."),
    "dismissed": N_("Not proposed again for 90 days."),
    "retried": N_("It will be tried again now."),
    "signed-out": N_("You are signed out."),
    "password": N_("Your new password counts from now on."),
}
"""What a page says after `?notice=`: a closed table, so that an address cannot put words into our mouth."""


def notice(key: str | None) -> str:
    """The sentence for `?notice=`; nothing for what is not in the table."""
    return _(NOTICES[key]) if key in NOTICES else ""
