"""By which words is a case found?"""

from piccolo.columns import ForeignKey, OnDelete, Text
from piccolo.table import Table

from amends.tables.cases import Case


class CaseWords(Table, tablename="case_words"):
    """The folded words of a case's posts, authors and timeline: one row for each case, with an index over it.

    Each engine has its own index (SQLite FTS5 with triggers, PostgreSQL GIN), made by its migration.
    """

    number = ForeignKey(
        Case, target_column="number", on_delete=OnDelete.cascade, primary_key=True, null=False
    )
    words = Text(default="")
