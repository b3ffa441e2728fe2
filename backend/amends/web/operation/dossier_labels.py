"""Words of dossiers: for whom they are, what they prove, and where platforms and countries take reports."""

from amends.i18n import N_
from amends.rules.operation.dossiers import Reader

READERS: dict[Reader, str] = {
    Reader.POLICE: N_("Police"),
    Reader.COURT: N_("Court"),
    Reader.LAWYER: N_("Lawyer"),
    Reader.INSURER: N_("Insurer"),
    Reader.PLATFORM: N_("Platform"),
    Reader.OTHER: N_("Someone else"),
}

PROVES = (
    N_("The files of this dossier are those that were recorded: each is named by an entry of a timeline."),
    N_("No entry was altered, taken out or put in another order since the entry after it was written."),
    N_(
        "Anyone who learnt the SHA-256 of the manifest by another way can see that nothing was exchanged "
        "since."
    ),
)
PROVES_NOT = (
    N_("That the page looked like this to others, or that the site showed it unaltered."),
    N_("Who is behind an account. Names are those that the site showed."),
    N_("That the clock of this server was right, unless a time stamp or a message elsewhere confirms it."),
    N_("That nothing else was written: members choose what they capture."),
)
CERTIFIED = N_(
    "This is a supporting record, not a certified statement. In France a commissaire de justice can certify "
    "what a page shows, best before it is changed or removed."
)
