"""Inventory of personal data: what each table holds, of whom, why, how it is found and how it is erased.

The one place that access, erasure and the report on privacy ask (GDPR Art. 15, 17, 20, 30). A test compares
it with the tables: a new column that is not in it fails.
"""

from dataclasses import dataclass
from enum import StrEnum

from amends.i18n import N_


class About(StrEnum):
    """Whose data the rows of a table hold."""

    PERSON = "person"
    """Somebody who wrote in public: rows are found by the links from their accounts."""
    ANYBODY = "anybody"
    """What members or strangers typed and may name anybody: found by words only."""
    MEMBERS = "members"
    """Our own people."""
    NOBODY = "nobody"
    """Figures, settings and the machine."""


class Erased(StrEnum):
    """What erasing a person does to the rows that were found."""

    ROW = "row"
    """The row goes, with its files."""
    WORDS = "words"
    """Its words are emptied; what is counted stays."""
    PAYLOAD = "payload"
    """Salt and body go; the hash chain still verifies."""
    STAYS = "stays"
    """The row names nobody."""


class Purpose(StrEnum):
    """Why a table is kept."""

    CASES = "cases"
    RECORD = "record"
    FIGURES = "figures"
    REMINDERS = "reminders"
    TEAM = "team"
    RUNNING = "running"


PURPOSES: dict[Purpose, str] = {
    Purpose.CASES: N_("dealing with complaints"),
    Purpose.RECORD: N_("proving what happened"),
    Purpose.FIGURES: N_("figures without names"),
    Purpose.REMINDERS: N_("reminding members"),
    Purpose.TEAM: N_("who works here, and when"),
    Purpose.RUNNING: N_("running the software"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """How a row is found: its `column` holds the `key` of a row of table `to` that was found."""

    column: str
    to: str
    key: str = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One table: `words` are the columns that may say something of a person, `plain` all others."""

    table: str
    title: str
    about: About
    purpose: Purpose
    words: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    """Of the plain columns, those that no copy carries: hashes of tokens."""
    links: tuple[Link, ...] = ()
    erased: Erased = Erased.STAYS

    @property
    def columns(self) -> tuple[str, ...]:
        """All of its columns."""
        return self.words + self.plain + self.untold


def person(
    table: str,
    title: str,
    links: str,
    erased: Erased,
    words: str = "",
    plain: str = "",
    *,
    purpose: Purpose = Purpose.CASES,
    untold: str = "",
) -> Held:
    """A table of persons; `links` as "column>table", or "column>table.key", separated by spaces."""
    return Held(
        table=table,
        title=title,
        about=About.PERSON,
        purpose=purpose,
        words=tuple(words.split()),
        plain=tuple(plain.split()),
        untold=tuple(untold.split()),
        links=tuple(map(link, links.split())),
        erased=erased,
    )


def link(text: str) -> Link:
    """A link from its short form."""
    column, _arrow, place = text.partition(">")
    table, _dot, key = place.partition(".")
    return Link(column, table, key or "id")


def others(about: About, purpose: Purpose, table: str, title: str, words: str = "", plain: str = "") -> Held:
    """A table that no link leads to from a person."""
    return Held(
        table=table,
        title=title,
        about=about,
        purpose=purpose,
        words=tuple(words.split()),
        plain=tuple(plain.split()),
    )
