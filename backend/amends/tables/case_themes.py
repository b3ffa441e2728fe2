"""What is a case about?"""

from piccolo.columns import UUID, Boolean, ForeignKey, OnDelete
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.tables.cases import Case
from amends.tables.themes import Theme


class CaseTheme(Table, tablename="case_theme"):
    """A theme of a case: `given` by a member, or only because a narrower one of the same kind was.

    So one index says which cases belong to a wide theme, too, the newest first.
    """

    id = UUID(primary_key=True)
    number = ForeignKey(Case, target_column="number", on_delete=OnDelete.cascade, null=False)
    theme = ForeignKey(Theme, on_delete=OnDelete.restrict, null=False)
    given = Boolean(default=True)

    once_a_theme = Unique([number, theme])
