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
    around,
    is_named,
    search_words,
    without,
)

INVENTORY = (*CUSTOMER_TABLES, *OTHER_TABLES)
"""Every table, those of persons first."""
BY_TABLE = {held.table: held for held in INVENTORY}
WHO_OTHERS_ARE = frozenset({"author", "person", "post", "author_pair"})
"""Tables that say who somebody else is: an account of the same name is joined first, or is not theirs."""
SEARCHED = tuple(
    held
    for held in INVENTORY
    if held.words and held.purpose is not Purpose.RUNNING and held.table not in WHO_OTHERS_ARE
)
"""Tables that may name a person although no link leads there."""
STRANGERS_WORDS = frozenset({"capture", "case_file", "near_text", "mail"})
"""Tables whose words strangers wrote: what names the person there stays unless an admin takes it out."""

__all__ = [
    "BY_TABLE",
    "CUSTOMER_TABLES",
    "INVENTORY",
    "PURPOSES",
    "SEARCHED",
    "STRANGERS_WORDS",
    "About",
    "Erased",
    "Held",
    "Link",
    "Purpose",
    "SearchWords",
    "around",
    "is_named",
    "search_words",
    "without",
]
