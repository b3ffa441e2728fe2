"""The sentence that a page says after `?notice=`."""

from amends.i18n import gettext as _
from amends.i18n import mark

NOTICES = {
    "saved": mark("Saved."),
    "moved": mark("Done. The next step is set."),
    "closed": mark("Closed. Nothing is owed on this case any more."),
    "opened": mark("The case is open."),
    "known": mark("This post is a case already. What you wrote was kept with it."),
    "imported": mark("Imported. Every line that is a case now leads to it."),
    "drafted": mark("The reply is kept. Post it on the site, then mark it as posted."),
    "held": mark("The reply is held for ten minutes. Look at it again then."),
    "submitted": mark("Submitted. Somebody reads it before it is posted."),
    "approved": mark("Approved."),
    "rejected": mark("Sent back with your note."),
    "archived": mark("Archived. It is offered no more."),
    "restored": mark("In use again."),
    "brought-in": mark("Imported. What was in the library already was left out."),
    "started": mark("The starter set is in the library. Change what does not sound like you."),
    "noted": mark("Note kept."),
    "recorded": mark("Touchpoint recorded."),
    "assigned": mark("The owner has changed."),
    "severity": mark("The severity has changed."),
    "snoozed": mark("It sleeps until the date that is shown. Promises and what members are asked for go on."),
    "woken": mark("Awake again."),
    "promised": mark("Promise written down. You will be reminded."),
    "reminded": mark("The reminder is set."),
    "ticked": mark("Done."),
    "decided": mark("Decided."),
    "kept": mark("Promise kept."),
    "broken": mark("Promise marked as broken."),
    "rescheduled": mark("The date has changed."),
    "joined": mark("One person from now on."),
    "two-people": mark("Nobody is asked about these two again."),
    "offered": mark("The offer is written down."),
    "lead-asked": mark("It costs more than the ceiling: a lead is asked."),
    "taken-off": mark("The case is back in the pool."),
    "split": mark("The post has a case of its own now."),
    "undone": mark("Undone. Everything is as it was."),
    "test-sent": mark("Test sent. Look where your nudges arrive."),
    "paired": mark("This browser is paired."),
    "removed": mark("Removed."),
    "ended": mark("Signed out there."),
    "dismissed": mark("Not proposed again for 90 days."),
    "retried": mark("It will be tried again now."),
    "signed-out": mark("You are signed out."),
    "password": mark("Your new password counts from now on."),
}
"""What a page says after `?notice=`: a closed table, so that an address cannot put words into our mouth."""


def notice(key: str | None) -> str:
    """The sentence for `?notice=`; nothing for what is not in the table."""
    return _(NOTICES[key]) if key in NOTICES else ""
