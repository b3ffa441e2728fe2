"""Text of a report by mail: the figures as they were decided, in its reader's language."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import msgspec
from markupsafe import Markup

from amends.database import run
from amends.gateways.notifier import Message
from amends.gateways.notifier.addresses import readdressed
from amends.gateways.notifier.message_text import is_shown
from amends.i18n import gettext as _
from amends.i18n import use_language
from amends.rules.case.plain_lines import plain_line
from amends.services.nudge import message_markup as markup
from amends.services.team import logos


class Row(msgspec.Struct, frozen=True):
    """One figure: its name, its value in words, and what it is compared with."""

    name: str
    value: str
    note: str = ""


class Table(msgspec.Struct, frozen=True):
    """Figures under a heading."""

    title: str
    rows: tuple[Row, ...]


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says, in words of its language; `page` is where it stands, from the first slash on.

    Of the complaints themselves it has nothing: a mail cannot be erased any more.
    """

    language: str
    title: str
    compared: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    page: str


class Posted(msgspec.Struct, frozen=True):
    """A letter on its way: to which mailbox, what it says, and the team whose logo stands above it."""

    receiver: str
    letter: Letter
    team: str = ""
    logo: bytes = b""

    def address(self, through: str) -> str:
        """The address of its reader by the mail server of a target; "" where that has become unclear."""
        return readdressed(through, self.receiver)

    def message(self, *, reference: str, base_url: str) -> Message:
        """The letter as it leaves."""
        found = message(self.letter, reference=reference, base_url=base_url)
        if not is_shown(self.logo) or found.html is None:
            return found
        return replace(found, picture=self.logo, html=f"{markup.logo(plain_line(self.team))}{found.html}")


FIND = """
SELECT r.address, CAST(l.content AS TEXT) AS content, (SELECT name FROM team) AS team
FROM report_letter AS l JOIN report_reader AS r ON r.id = l.reader WHERE l.nudge = :nudge
"""


async def find(nudge: UUID) -> Posted | None:
    """The letter that a nudge carries; None when its reader was taken off the list meanwhile."""
    rows = await run(FIND, nudge=nudge)
    if not rows:
        return None
    letter = msgspec.json.decode(rows[0]["content"], type=Letter)
    return Posted(rows[0]["address"], letter, rows[0]["team"] or "", await logos.find_any())


def message(letter: Letter, *, reference: str, base_url: str) -> Message:
    """The letter as plain text and as HTML; what a theme is called is a word like any other, never markup."""
    page = f"{base_url}{letter.page}"
    with use_language(letter.language):
        return Message(
            title=plain_line(letter.title),
            body="\n".join([*_lines(letter), "", _("All figures, each with its cases:"), page, "", _why()]),
            html=markup.letter([*_parts(letter, page)]),
            reference=reference,
            opens=page,
        )


def _lines(letter: Letter) -> Iterator[str]:
    yield from (plain_line(text) for text in letter.sentences)
    for table in letter.tables:
        yield from ("", plain_line(table.title))
        for row in table.rows:
            note = f" ({plain_line(row.note)})" if row.note else ""
            yield f"- {plain_line(row.name)}{_(': ')}{plain_line(row.value)}{note}"
    if letter.compared:
        yield from ("", plain_line(letter.compared))


def _parts(letter: Letter, page: str) -> Iterator[Markup]:
    yield markup.paragraph(" ".join(plain_line(text) for text in letter.sentences))
    for table in letter.tables:
        yield markup.heading(plain_line(table.title))
        yield markup.figures([(plain_line(row.name), row.value, plain_line(row.note)) for row in table.rows])
    if letter.compared:
        yield markup.paragraph(letter.compared)
    yield markup.paragraph(markup.button(page, _("All figures, each with its cases")))
    yield markup.small(_why())


def _why() -> str:
    return _("You get this report because your address was entered in Amends. Ask the team to end it.")
