"""Templates that fit a case, with their placeholders filled."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import run
from amends.rules.reply import post_languages
from amends.rules.reply.post_languages import Guess, Hints
from amends.rules.reply.reply_templates import (
    ANYWHERE,
    MOST_OFFERED,
    Filled,
    Record,
    Why,
    Wish,
    fill,
    named_in,
    ranked,
    why,
)
from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import Language, Nature, Occasion, Stance, Tone
from amends.services.reply import own_variables, reply_templates
from amends.services.team import teams
from amends.services.team.members import Member


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """A prepared reply as it would read on a case; `missing` are variables that nobody gave a value.

    `why` says what speaks for it on the case that it was offered on, `shares` which words both have.
    """

    id: UUID
    title: str
    text: str
    language: Language
    tone: Tone
    stance: Stance
    missing: tuple[str, ...]
    record: Record = Record()
    why: tuple[Why, ...] = ()
    shares: tuple[str, ...] = ()
    source: str = ANYWHERE


STATEMENT = """(
    SELECT i.{line} FROM incident_case AS k JOIN incident AS i ON i.id = k.incident
    WHERE k.number = :number AND k.linked AND i.state = 'open' ORDER BY i.number DESC LIMIT 1
)"""
"""The holding statement of an open incident, as its spokesperson published it last."""
LINE = """(
    SELECT {line} FROM problem_case AS l JOIN problem AS p ON p.id = l.problem
    WHERE l."case" = post."case" AND l.linked AND p.state <> 'dropped' ORDER BY p.number DESC LIMIT 1
)"""
WRITTEN = f"""
SELECT capture.text, author.name, author.handle,
    {LINE.format(line="p.line_en")} AS line_en, {LINE.format(line="p.line_fr")} AS line_fr,
    {STATEMENT.format(line="public_en")} AS public_en, {STATEMENT.format(line="public_fr")} AS public_fr
FROM post JOIN capture ON capture.post = post.id LEFT JOIN author ON author.id = capture.author
WHERE post."case" = :case_id ORDER BY capture.received_at LIMIT 1
"""  # noqa: S608 - a statement of ours


EARLIER = """
SELECT capture.text FROM case_file AS c JOIN case_file AS k ON k.author = c.author AND k.id <> c.id
JOIN post ON post."case" = k.id JOIN capture ON capture.post = post.id
WHERE c.id = :case_id ORDER BY capture.received_at DESC LIMIT 5
"""
"""What the author of a case wrote in their other cases."""
THEMES = """
SELECT theme.name FROM case_theme AS t JOIN theme ON theme.id = t.theme WHERE t.number = :number AND t.given
"""
OTHERS = 2
"""How many replies in the less likely language stand at the end."""


async def of(
    case: tables.Case, rules: ReplyRules, *, occasion: Occasion, by: Member, link: str = ""
) -> list[Variant]:
    """The prepared replies that fit a case, the best first, filled in.

    In the language of its post; where that is none of ours, in the member's. Where the language is not
    certain, some in the other one stand behind them. A private `link` of the case stands where it goes on in
    private; without one, the team's place.
    """
    written = await _written(case)
    heard = await _guess(written, case, Language(by.language))
    themes = [row["name"] for row in await run(THEMES, number=case.number)]
    about = " ".join([written["text"], *themes])
    found = list[Variant]()
    for language in _offered_in(heard):
        values = await _values(case, written, rules, language=language, by=by, link=link)
        rows = await reply_templates.offered(language, occasion, number=case.number)
        wish = _wish(case, language, occasion, about=about)
        fit = [_filled(row, values, why(row, wish), shares.words) for row, shares in ranked(rows, wish)]
        found = [*found[: MOST_OFFERED - min(len(fit), OTHERS)], *fit][:MOST_OFFERED]
    return found


def _offered_in(heard: Guess) -> list[Language]:
    others = [] if heard.is_sure else [one for one in Language if one is not heard.language]
    return [heard.language, *others]


def _wish(case: tables.Case, language: Language, occasion: Occasion, *, about: str) -> Wish:
    return Wish(
        language=language,
        platform=case.platform,
        occasion=occasion,
        stance=Stance(case.stance) if case.stance else None,
        nature=Nature(case.nature) if case.nature else None,
        fault=case.fault,
        about=about,
    )


async def one(case: tables.Case, template: UUID, rules: ReplyRules, *, by: Member, link: str = "") -> Variant:
    """One prepared reply filled in for a case, whether it fits or not. Raises TemplateUnknown."""
    row = await reply_templates.find(template)
    written = await _written(case)
    return _filled(row, await _values(case, written, rules, language=row.language, by=by, link=link))


async def spoken(case: tables.Case, *, otherwise: Language) -> Language:
    """The language in which who wrote a case is answered; where theirs is none of ours, the other one."""
    return (await _guess(await _written(case), case, otherwise)).language


async def filled(
    case: tables.Case, text: str, rules: ReplyRules, *, language: Language, by: Member, link: str = ""
) -> Filled:
    """Any words with the variables of prepared replies, as they read on a case."""
    written = await _written(case)
    return _fill(text, await _values(case, written, rules, language=language, by=by, link=link))


async def _written(case: tables.Case) -> Mapping[str, Any]:
    """The words of the case's first post, who wrote them, and what may be said of it in public."""
    rows = await run(WRITTEN, case_id=case.id, number=case.number)
    return rows[0] if rows else defaultdict(str)


async def _guess(written: Mapping[str, Any], case: tables.Case, otherwise: Language) -> Guess:
    return post_languages.guess(await _hints(written, case, otherwise))


async def heard(case: tables.Case, *, otherwise: Language) -> str:
    """The language of the post of a case (ISO 639), as far as it is certain: for the check of a reply."""
    return post_languages.heard(await _hints(await _written(case), case, otherwise)) or ""


async def _hints(written: Mapping[str, Any], case: tables.Case, otherwise: Language) -> Hints:
    team = await teams.find()
    return Hints(
        text=written["text"],
        page=case.lang,
        earlier=" ".join([row["text"] for row in await run(EARLIER, case_id=case.id)]),
        team=Language(team.language) if team else None,
        member=otherwise,
    )


async def _values(
    case: tables.Case,
    written: Mapping[str, Any],
    rules: ReplyRules,
    *,
    language: Language,
    by: Member,
    link: str,
) -> dict[str, str]:
    team = await teams.find()
    name = team.name if team else ""
    values = {
        "author": written["name"] or written["handle"] or "",
        "team": name,
        "product": rules.product or name,
        "private_place": link or rules.place(language),
        "case_number": f"#{case.number}",
        "signature": by.name.split()[0] if by.name.split() else "",
        "problem_line": written[f"line_{language.value}"] or "",
        "incident_line": written[f"public_{language.value}"] or "",
    }
    return await own_variables.of_case(case.id, language) | values


def _fill(text: str, values: Mapping[str, str]) -> Filled:
    """The text with its values; a question that no playbook asks any more has none."""
    return fill(text, dict.fromkeys(named_in(text), "") | dict(values))


def _filled(
    row: reply_templates.TemplateRow,
    values: dict[str, str],
    reasons: tuple[Why, ...] = (),
    shares: tuple[str, ...] = (),
) -> Variant:
    read = _fill(row.text, values)
    return Variant(
        id=row.id,
        title=row.title,
        text=read.text,
        language=row.language,
        tone=row.tone,
        stance=row.stance,
        missing=read.missing,
        record=row.record,
        why=reasons,
        shares=shares,
        source=row.source,
    )
