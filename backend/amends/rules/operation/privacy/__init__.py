"""Privacy: which tables hold a person's data, and the words by which they are found elsewhere."""

from amends.rules.operation.privacy.customer_tables import CUSTOMER_TABLES
from amends.rules.operation.privacy.inventory import (
    PURPOSES,
    About,
    Erased,
    Held,
    Link,
    Purpose,
)
from amends.rules.operation.privacy.other_tables import OTHER_TABLES
from amends.rules.operation.privacy.search_words import (
    SearchWords,
    is_named,
    search_words,
    without,
)

INVENTORY = (*CUSTOMER_TABLES, *OTHER_TABLES)
"""Every table, those of persons first."""
BY_TABLE = {held.table: held for held in INVENTORY}
SEARCHED = tuple(held for held in INVENTORY if held.words and held.purpose is not Purpose.RUNNING)
"""Tables that may name a person although no link leads there."""

__all__ = [
    "BY_TABLE",
    "CUSTOMER_TABLES",
    "INVENTORY",
    "PURPOSES",
    "SEARCHED",
    "About",
    "Erased",
    "Held",
    "Link",
    "Purpose",
    "SearchWords",
    "is_named",
    "search_words",
    "without",
]
