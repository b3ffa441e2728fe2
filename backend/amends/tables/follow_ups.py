"""What do we remember of what we owe next?"""

from piccolo.columns import JSONB, UUID, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from amends.rules.vocabulary import FollowUpKind, FollowUpState, Repeats
from amends.tables.cases import Case
from amends.tables.members import Member


class FollowUp(Table, tablename="follow_up"):
    """What we owe next on a case, and by when.

    `generation` goes up when the date changes, which makes older nudges untrue. `rung` is the last rung of
    the ladder that was planned, `next_at` when the next one is to be planned; both belong to the generation.
    """

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    kind = Varchar(length=20, choices=FollowUpKind)
    words = Text(default="")  # what was promised, or what somebody wants to be reminded of
    repeats = Varchar(length=8, choices=Repeats, null=True, default=None)  # reminders only
    state = Varchar(length=8, choices=FollowUpState, default=FollowUpState.DUE)
    owner = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    occurrence = Integer(default=1)  # the first ping, the second
    generation = Integer(default=1)
    rung = Integer(default=0)
    starts_at = Timestamptz(default=None)
    due_at = Timestamptz(default=None)
    climbs_from = Timestamptz(null=True, default=None)  # when the ladder begins, if not at the due date
    next_at = Timestamptz(null=True, default=None)
    allotted = Integer(default=0)  # seconds, of working or of wall time
    counted = Varchar(length=8, default="working")
    steps = JSONB()  # how the date was computed
    paused_at = Timestamptz(null=True, default=None)
    remaining = Integer(null=True, default=None)  # working seconds left when it was paused
    created_at = Timestamptz(default=None)
    settled_at = Timestamptz(null=True, default=None)
