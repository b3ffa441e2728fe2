"""Words of the pages on a person's data: groups of parts, columns of a copy."""

from amends.i18n import N_
from amends.services.operation.privacy.copies import Group

GROUPS: dict[Group, tuple[str, str]] = {
    Group.OTHERS: (
        N_("Written by others under their posts"),
        N_("Left out unless you tick it: this is the data of someone else."),
    ),
    Group.NOTES: (
        N_("Notes and questions of members"),
        N_("They are about the person, so they go in. Take out what says more about someone else."),
    ),
    Group.FILES: (
        N_("Pictures and files"),
        N_("Look at each: a screenshot may show other people. Take it out, or cover them first."),
    ),
    Group.ELSEWHERE: (
        N_("Where they are named in texts about others"),
        N_("Found by their name, handle, addresses and numbers. It may be someone else of that name."),
    ),
}
"""What each group of parts is, and what to look for."""

COLUMNS: dict[str, str] = {
    "at": N_("When"),
    "body": N_("What it says"),
    "answer": N_("Answer"),
    "captured_at": N_("Captured"),
    "case": N_("Case"),
    "closed_at": N_("Closed"),
    "code": N_("Code"),
    "contact": N_("Contact details"),
    "customer_status": N_("A customer?"),
    "due_at": N_("Due"),
    "first_seen_at": N_("First seen"),
    "handle": N_("Handle"),
    "kind": N_("Kind"),
    "last_seen_at": N_("Last seen"),
    "name": N_("Name"),
    "note": N_("Note"),
    "notes": N_("Notes"),
    "number": N_("Number"),
    "opened_at": N_("Opened"),
    "outcome": N_("Outcome"),
    "page_title": N_("Title of the page"),
    "page_url": N_("Address of the page"),
    "platform": N_("Site"),
    "posted_at": N_("Posted"),
    "quoted": N_("Quoted"),
    "rating": N_("Rating"),
    "reason": N_("Reason"),
    "received_at": N_("Received"),
    "remedy": N_("Remedy"),
    "stage": N_("Stage"),
    "text": N_("Text"),
    "title": N_("Title"),
    "url": N_("Address"),
    "words": N_("Words"),
}
"""Names of columns where a person reads them; all others stand as the database calls them."""
