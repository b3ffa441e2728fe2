"""What do we remember of everything that happened to a case?"""

from piccolo.columns import UUID, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.rules.vocabulary import Channel, EntryKind
from amends.tables.cases import Case
from amends.tables.members import Member


class Entry(Table, tablename="entry"):
    """One line of a timeline: append-only, numbered and hash-chained per case.

    The particulars are apart, so that erasing a person removes them and leaves a chain that still verifies.
    """

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    position = Integer()
    kind = Varchar(length=24, choices=EntryKind)
    at = Timestamptz(default=None)
    member = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    actor = Varchar(length=40)  # the member's id, "author" or "system": what the hash covers
    channel = Varchar(length=16, choices=Channel, null=True, default=None)
    commitment = Varchar(length=64)
    previous = Varchar(length=64)
    hash = Varchar(length=64)

    one_place_each = Unique([case, position])


class Particulars(Table, tablename="particulars"):
    """What an entry tells, and the salt that hides it once it is erased."""

    entry = ForeignKey(Entry, on_delete=OnDelete.cascade, null=False, unique=True, primary_key=True)
    salt = Varchar(length=64, null=True, default=None)
    body = Text(null=True, default=None)  # canonical JSON
    erased_at = Timestamptz(null=True, default=None)
