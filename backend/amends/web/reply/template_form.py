"""Form and preview of a reply template."""

from typing import Any
from uuid import UUID

from litestar import Response

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.reply.reply_lint import Circumstances, lint
from amends.rules.reply.reply_templates import UnknownVariable, fill
from amends.rules.vocabulary import Language, Occasion
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import TemplateRow
from amends.services.team import reply_rules, teams
from amends.web import dates
from amends.web.page_kit import Here
from amends.web.reply import findings_view
from amends.web.reply import reply_templates_view as presenter
from amends.web.reply.labels import replies

USUAL = {"stance": "answer", "occasion": "first", "tone": "empathy", "source": "any"}


def typed_of(row: TemplateRow | None) -> dict[str, str]:
    """What the form shows of a prepared reply, or of a new one."""
    if row is None:
        return {**USUAL, "language": language()}
    return {name: str(getattr(row, name)) for name in ("title", "text", "language", *USUAL)}


async def page(
    here: Here,
    *,
    typed: dict[str, str],
    row: TemplateRow | None = None,
    error: Invalid | None = None,
    preview: dict[str, Any] | None = None,
) -> Response[bytes]:
    """The whole page; where something is wrong, with what was typed."""
    return await here.render(
        "reply_templates/edit.html",
        status=error.status if error else 200,
        typed=typed,
        wrong=error.fields if error else {},
        error=error.detail if error and not error.fields else "",
        choices={name: presenter.choices(name) for name in ("language", *USUAL)},
        variables=[(name, _(words)) for name, words in replies.VARIABLES.items()],
        template_id=row.id if row else None,
        archived=row.archived if row else False,
        uses=replies.uses(row.uses) if row else "",
        preview=preview,
    )


async def previewed(here: Here) -> Response[bytes]:
    """The form with its reply as it would read on a case, and what the lint says of that."""
    typed = await here.typed()
    spoken = Language(typed["language"]) if typed.get("language") in set(Language) else Language.ENGLISH
    occasion = Occasion(typed["occasion"]) if typed.get("occasion") in set(Occasion) else Occasion.FIRST
    rules, team = await reply_rules.current(), await teams.find()
    team_name = team.name if team else ""
    place = rules.place(spoken) or _EXAMPLES[spoken][1]
    values = {
        "author": _EXAMPLES[spoken][0],
        "team": team_name or "Amends",
        "product": rules.product or team_name or "Amends",
        "private_place": place,
        "case_number": "#142",
        "signature": "Sam",
    }
    try:
        text = fill(typed.get("text", ""), values).text
    except UnknownVariable as wrong:
        shown: dict[str, Any] = {"text": "", "lang": spoken, "findings": (), "error": wrong.detail}
    else:
        circumstances = Circumstances(
            today=dates.local_day(here.now),
            occasion=occasion,
            places=(place,),
            names=(team_name, rules.product),
        )
        found = findings_view.shown(lint(text, circumstances))
        shown = {"text": text, "lang": spoken, "findings": found, "error": ""}
    if here.wants_fragment:
        return await here.render("reply_templates/_preview.html", frame=None, preview=shown)
    return await page(here, typed=typed, row=await _row(typed.get("template_id", "")), preview=shown)


async def _row(template_id: str) -> TemplateRow | None:
    """The prepared reply that is being changed. Raises TemplateUnknown."""
    try:
        return await reply_templates.find(UUID(template_id))
    except ValueError:
        return None


_EXAMPLES = {
    Language.ENGLISH: ("Dana", "care@example.org"),
    Language.FRENCH: ("Dana", "bonjour@example.org"),
}
"""Whom a preview greets, and where it leads while the team has named no place."""
