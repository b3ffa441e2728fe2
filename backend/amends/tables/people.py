"""What do we remember of the human behind one or more accounts?"""

from piccolo.columns import UUID, Text, Timestamptz, Varchar
from piccolo.table import Table


class Person(Table, tablename="person"):
    """The human behind the authors that members joined, or about whom they wrote something down."""

    id = UUID(primary_key=True)
    name = Varchar(length=200, default="")
    contact = Text(default="")
    notes = Text(default="")
    made_at = Timestamptz(default=None)
