"""Refusals: sentences that say why a post cannot be captured, as written down beside the lines of a table.

Stored in the language of whoever imports; `rules/operation/own_texts.py` says them in the reader's.
"""

from amends.i18n import N_
from amends.rules.case import fields, platforms

PLATFORM = platforms.NAME_RULE
DATE = N_("Enter a date such as 2026-03-28, 2026-03-28 14:05 or 28/03/2026.")
PROBABLY_MEANT = N_("Did you mean %(name)s? Enter it like this.")
SEVERITY = N_("Write S1 (critical), S2 (serious), S3 (normal) or S4 (rant).")
LOCATION = N_("There is no location of this name. Write it as in the settings, or leave it empty.")
RATING = N_("Enter a rating such as 2 or 2/5.")
BROKEN_LINE = N_("This line cannot be read: a quotation mark is missing, or a cell is too long.")
SURPLUS_CELLS = N_("This line has more cells than there are columns. Put text in quotation marks.")
EMPTY = N_("Enter the address of the post, its text, or both.")
ADDRESS = N_("Paste the full address; it begins with https://.")
IMPLAUSIBLE_DATE = N_("Enter a date between 1990 and 2100.")
FUTURE = N_("This time is in the future. Enter one in the past.")
INCOMPLETE = N_("Something is missing or wrong. Check the marked fields.")
NOTHING = N_("Select some text, or open the post itself, and capture again.")
CLOCK = N_("The clock of this computer is wrong: it gives a date before 1990 or after 2100.")
LONG_NOTE = N_("The note is longer than %(count)s characters. Shorten it; nothing of it was cut.")
LONG_ADDRESS = N_("The address of the post is longer than %(count)s characters.")
LONG_ID = N_("The id of the post is longer than %(count)s characters.")
TAKEN_BACK = N_("This capture was undone, together with its case. Capture the post again.")
DIFFERS = N_("Another capture was already sent with this id. Capture the post again.")
LONG_VALUE = fields.TOO_LONG
NO_NUMBER, NO_FIELD_DATE, NO_CHOICE = fields.WRONG.values()
FIELD_GONE = N_("This field is offered no more. Match the columns again.")
SERVER = N_("The server could not import this line; its log says why. The other lines were imported.")

SENTENCES = tuple(value for name, value in vars().items() if name.isupper() and isinstance(value, str))
