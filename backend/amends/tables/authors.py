"""What do we remember of a public account that wrote a post?"""

from piccolo.columns import UUID, Boolean, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from amends.rules.vocabulary import CustomerStatus, Platform
from amends.tables.people import Person


class Author(Table, tablename="author"):
    """A public account on one platform: platform and handle, unique; not yet a person."""

    id = UUID(primary_key=True)
    key = Varchar(length=400, unique=True)  # platform:folded handle, or the account's address
    platform = Varchar(length=16, choices=Platform)
    handle = Varchar(length=200, default="")
    name = Varchar(length=200, default="")
    url = Text(default="")
    avatar = Text(default="")
    customer_status = Varchar(length=16, choices=CustomerStatus, default=CustomerStatus.UNKNOWN)
    opted_out = Boolean(default=False)  # asked not to be contacted again
    person = ForeignKey(Person, on_delete=OnDelete.set_null, null=True, default=None)
    first_seen_at = Timestamptz(default=None)
    last_seen_at = Timestamptz(default=None)
