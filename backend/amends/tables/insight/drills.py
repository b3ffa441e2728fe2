"""Tables of drills: a storm that a team practises, apart from every case (P68).

No row of these names a case, post, author, wave or incident, and none of those names a drill.
"""

from piccolo.columns import JSONB, UUID, Boolean, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.tables.team import Member


class Drill(Table, tablename="drill"):
    """One drill with its invented posts; `runs` is true in the one that runs, and null in all others."""

    id = UUID(primary_key=True)
    number = Integer(unique=True)
    version = Integer(default=1)
    kind = Varchar(length=20)
    minutes = Integer()
    posts = JSONB()
    runs = Boolean(null=True, default=None)
    started_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    started_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None)
    ended_at = Timestamptz(null=True, default=None)

    one_runs = Unique([runs])


class DrillEvent(Table, tablename="drill_event"):
    """What happened in it; `member` is whom it is about, not who did it: a score is the team's."""

    id = UUID(primary_key=True)
    drill = ForeignKey(Drill, on_delete=OnDelete.cascade, null=False)
    position = Integer()
    kind = Varchar(length=12)
    at = Timestamptz(default=None)
    what = Varchar(length=60, default="")
    words = Text(default="")
    member = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)

    one_deed_each = Unique([drill, position])


TABLES = (Drill, DrillEvent)
