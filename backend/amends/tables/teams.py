"""What do we remember of the team: its language, zone, country and working hours?"""

from piccolo.columns import JSONB, UUID, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from amends.rules.vocabulary import Language


class Team(Table, tablename="team"):
    """The one team of this installation; there is no row until it has been set up."""

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second team cannot be written
    name = Varchar(length=120)
    language = Varchar(length=2, choices=Language, default=Language.ENGLISH)
    zone = Varchar(length=64)
    country = Varchar(length=2)
    subdivision = Varchar(length=16, default="")
    week = JSONB()  # seven lists of [start, end) minutes, Monday first
    created_at = Timestamptz(default=None)


class Counter(Table, tablename="counter"):
    """A number that only grows: that of the last case, taken when it is opened; how often something happened.

    Rows are forgotten with what they hang on; these are not, so that what is measured never goes back.
    """

    name = Varchar(length=32, primary_key=True)
    value = Integer(default=0)


class Heartbeat(Table, tablename="heartbeat"):
    """When each worker last showed that it is alive."""

    name = Varchar(length=128, primary_key=True)
    started_at = Timestamptz(default=None)
    seen_at = Timestamptz(default=None, index=True)
    note = Text(default="")
