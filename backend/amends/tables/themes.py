"""What can a case be about?"""

from piccolo.columns import UUID, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.table import Table


class Theme(Table, tablename="theme"):
    """One entry of the team's list; `parent` is the wider theme it belongs to, which has none itself.

    `key` is the folded name; folding makes at most three letters of one. A retired theme stays on its cases
    and is offered no more.
    """

    id = UUID(primary_key=True)
    name = Varchar(length=60)
    key = Varchar(length=180, unique=True)
    parent: ForeignKey["Theme"] = ForeignKey(
        "self", on_delete=OnDelete.restrict, null=True, default=None, index=True
    )
    made_at = Timestamptz(default=None)
    retired_at = Timestamptz(null=True, default=None)
