"""Tables of what is provable: anchors."""

from piccolo.columns import UUID, Integer, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table


class RecordAnchor(Table, tablename="anchor"):
    """One hash over the last entries of all timelines, in a chain with those before it; never changed."""

    id = UUID(primary_key=True)
    number = Integer(unique=True)  # from 1
    made_at = Timestamptz(default=None)
    cases = Integer()
    root = Varchar(length=64)
    previous = Varchar(length=64)
    hash = Varchar(length=64)


class AnchoredHead(Table, tablename="anchored_head"):
    """The last entry of a case as an anchor found it, where it is another than before; position 0: gone."""

    id = UUID(primary_key=True)
    anchor = Integer()
    case_number = Integer()
    position = Integer()
    hash = Varchar(length=64)

    once_an_anchor = Unique([case_number, anchor])


TABLES = (RecordAnchor, AnchoredHead)
