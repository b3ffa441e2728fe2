"""CSV import and export of reply templates."""

from collections.abc import Collection

import msgspec

from amends import tables
from amends.database import transaction
from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.i18n import ngettext
from amends.rules.capture import sheets
from amends.rules.vocabulary import Language, Occasion, Stance, Tone
from amends.services.reply import own_variables
from amends.services.reply.reply_templates.commands import Written, cleaned, insert
from amends.services.reply.reply_templates.rows import TemplateRow, every
from amends.services.team.members import Act

WRITTEN = ("title", "text", "language", "stance", "occasion", "tone", "source")
COUNTED = ("used", "won_back", "settled", "lost", "otherwise")
MOST_TOLD = 5
MOST_LINES = 2_000


class TableNotUnderstood(Invalid):
    "Some lines of this table are not prepared replies, so nothing was imported."


async def table() -> bytes:
    """The whole library as CSV, with how often each was used and what became of those cases."""
    return sheets.write((*WRITTEN, *COUNTED), [_cells(row) for row in await every()])


async def bring_in(act: Act, content: bytes) -> int:
    """Adds the prepared replies of a table; how many were new. All of them, or none.

    A reply whose words stand in the library in the same language is left out, so that a table can be brought
    in again. Raises SheetUnreadable, TableNotUnderstood with a sentence for the first lines that are wrong.
    """
    rows = sheets.read(content, columns=(*WRITTEN, *COUNTED), one_of=("text",), most_lines=MOST_LINES)
    given = _understood(rows, await own_variables.names())
    async with transaction():
        row = tables.ReplyTemplate
        known = {(one["language"], one["text"]) for one in await row.select(row.language, row.text)}
        added = 0
        for one in given:
            if (one.language.value, one.text) not in known:
                known.add((one.language.value, one.text))
                await insert(one, by=act.by, now=act.now)
                added += 1
    return added


def _cells(row: TemplateRow) -> dict[str, str]:
    written = {name: str(getattr(row, name)) for name in WRITTEN}
    uses = row.uses
    return written | {
        "used": str(uses.cases),
        **{name: str(getattr(uses, name)) for name in COUNTED[1:]},
    }


def _understood(rows: list[sheets.Row], own: Collection[str]) -> list[Written]:
    understood, wrong = [], []
    for row in rows:
        try:
            understood.append(cleaned(_written(row), own=own))
        except Invalid as error:
            sentences = " ".join(dict.fromkeys(error.fields.values())) or error.detail
            wrong.append(_("Line %(line)s: %(sentence)s") % {"line": row.line, "sentence": sentences})
    if wrong:
        rest = len(wrong) - MOST_TOLD
        counted = ngettext("And %(count)d more line.", "And %(count)d more lines.", rest)
        more = [counted % {"count": rest}] if rest > 0 else []
        raise TableNotUnderstood(" ".join([*wrong[:MOST_TOLD], *more]))
    return understood


def _written(row: sheets.Row) -> Written:
    """Raises Invalid for a cell that is none of the words of its column."""
    if row.surplus:
        raise Invalid(_("This line has more cells than there are columns. Put text in quotation marks."))
    cells = {name: sheets.rearmed(value.strip()) for name, value in row.cells.items() if name in WRITTEN}
    for name, words in (("language", Language), ("stance", Stance), ("occasion", Occasion), ("tone", Tone)):
        value = cells.get(name, "").casefold().replace(" ", "_")
        if value and value not in set(words):
            names = ", ".join(words)
            raise Invalid(_("In “%(column)s”, enter one of: %(names)s.") % {"column": name, "names": names})
        cells[name] = value
    usual = {"language": "en", "stance": "answer", "occasion": "first", "tone": "empathy", "source": "any"}
    filled = usual | {name: value for name, value in cells.items() if value}
    title = filled.get("title") or filled.get("text", "")[:60]
    return msgspec.convert({"text": "", **filled, "title": title}, Written, strict=False)
