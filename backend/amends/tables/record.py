"""Tables of what is provable: anchors and their time stamps."""

from piccolo.columns import UUID, Boolean, Integer, Text, Timestamptz, Varchar
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


class StampAuthority(Table, tablename="stamp_authority"):
    """The authority that is asked for time stamps, and the certificates that are trusted. No row: none is."""

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second one cannot be written
    address = Varchar(length=500)
    certificates = Text()  # PEM
    changed_at = Timestamptz(default=None)


class TimeStamp(Table, tablename="time_stamp"):
    """A time stamp that was asked for: the authority's answer as it came, or what became of the last try."""

    id = UUID(primary_key=True)
    anchor = Integer(unique=True)  # its number
    authority = Varchar(length=500, default="")
    certificates = Text(default="")
    token = Text(default="")  # base64; empty while there is none
    stamped_at = Timestamptz(null=True, default=None)
    tries = Integer(default=0)
    run_at = Timestamptz(default=None)
    problem = Varchar(length=20, default="")
    detail = Varchar(length=200, default="")


TABLES = (RecordAnchor, AnchoredHead, StampAuthority, TimeStamp)
