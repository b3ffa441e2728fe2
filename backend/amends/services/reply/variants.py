"""Templates that fit a case, with their placeholders filled."""

from uuid import UUID

import msgspec

from amends import tables
from amends.database import run
from amends.rules.case import texts
from amends.rules.reply.reply_lint import language_of
from amends.rules.reply.reply_templates import Record, Wish, fill, fitting
from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import Language, Nature, Occasion, Stance, Tone
from amends.services.reply import reply_templates
from amends.services.team import teams
from amends.services.team.members import Member


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """A prepared reply as it would read on a case; `missing` are variables that nobody gave a value."""

    id: UUID
    title: str
    text: str
    language: Language
    tone: Tone
    stance: Stance
    missing: tuple[str, ...]
    record: Record = Record()


WRITTEN = """
SELECT capture.text, author.name, author.handle FROM post JOIN capture ON capture.post = post.id
LEFT JOIN author ON author.id = capture.author
WHERE post."case" = :case_id ORDER BY capture.received_at LIMIT 1
"""


async def of(
    case: tables.Case, rules: ReplyRules, *, occasion: Occasion, by: Member, link: str = ""
) -> list[Variant]:
    """The prepared replies that fit a case, the best first, filled in.

    In the language of its post; where that is none of ours, in the member's. A private `link` of the case
    stands where it goes on in private; without one, the team's place.
    """
    rows = await run(WRITTEN, quick=True, case_id=case.id)
    spoken = language_of(rows[0]["text"]) if rows else None
    language = texts.language_of(spoken or case.lang, Language(by.language))
    wish = Wish(
        language=language,
        platform=case.platform,
        occasion=occasion,
        stance=Stance(case.stance) if case.stance else None,
        nature=Nature(case.nature) if case.nature else None,
        fault=case.fault,
    )
    author = (rows[0]["name"] or rows[0]["handle"] or "") if rows else ""
    values = await _values(case, rules, author=author, language=language, by=by, link=link)
    found = fitting(await reply_templates.offered(language, occasion, number=case.number), wish)
    return [_filled(row, values) for row in found]


async def one(case: tables.Case, template: UUID, rules: ReplyRules, *, by: Member, link: str = "") -> Variant:
    """One prepared reply filled in for a case, whether it fits or not. Raises TemplateUnknown."""
    row = await reply_templates.find(template)
    rows = await run(WRITTEN, quick=True, case_id=case.id)
    author = (rows[0]["name"] or rows[0]["handle"] or "") if rows else ""
    values = await _values(case, rules, author=author, language=row.language, by=by, link=link)
    return _filled(row, values)


async def _values(
    case: tables.Case, rules: ReplyRules, *, author: str, language: Language, by: Member, link: str
) -> dict[str, str]:
    team = await teams.find()
    name = team.name if team else ""
    return {
        "author": author,
        "team": name,
        "product": rules.product or name,
        "private_place": link or rules.place(language),
        "case_number": f"#{case.number}",
        "signature": by.name.split()[0] if by.name.split() else "",
    }


def _filled(row: reply_templates.TemplateRow, values: dict[str, str]) -> Variant:
    filled = fill(row.text, values)
    return Variant(
        id=row.id,
        title=row.title,
        text=filled.text,
        language=row.language,
        tone=row.tone,
        stance=row.stance,
        missing=filled.missing,
        record=row.record,
    )
