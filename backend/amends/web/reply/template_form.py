"""Form and preview of a reply template."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response

from amends.i18n import gettext as _
from amends.i18n import language
from amends.rules.reply.reply_lint import Circumstances, lint
from amends.rules.reply.reply_templates import UnknownVariable, fill
from amends.rules.vocabulary import Language, Occasion
from amends.services.reply import own_variables, reply_templates
from amends.services.reply.reply_templates import TemplateRow, Written
from amends.services.team import reply_rules, teams
from amends.services.team.seen import fingerprint
from amends.web import dates
from amends.web.page_kit import NOTHING_TYPED, Here, Typed
from amends.web.reply import findings_view
from amends.web.reply import reply_templates_view as presenter
from amends.web.reply.labels import replies

USUAL = {"stance": "answer", "occasion": "first", "tone": "empathy", "source": "any"}


class ChangedForm(msgspec.Struct):
    """Which prepared reply is being changed."""

    template_id: UUID | None = None


class SeenForm(msgspec.Struct):
    """The fingerprint of the wording that the form showed."""

    seen: str = ""


def typed_of(row: TemplateRow | None) -> dict[str, str]:
    """What the form shows of a prepared reply, or of a new one."""
    if row is None:
        return {**USUAL, "language": language()}
    return {name: str(getattr(row, name)) for name in Written.__struct_fields__}


async def page(
    here: Here,
    *,
    template_id: UUID | None = None,
    typed: Typed = NOTHING_TYPED,
    preview: dict[str, Any] | None = None,
) -> Response[bytes]:
    """The whole page; where something is wrong, with what was typed. Raises TemplateUnknown."""
    row = await reply_templates.find(template_id) if template_id else None
    standing = typed_of(row)
    return await here.render(
        "reply_templates/edit.html",
        status=typed.status,
        typed=typed.values or standing,
        seen=fingerprint(standing) if row else "",
        wrong=typed.errors,
        error=typed.problem,
        choices={name: presenter.choices(name) for name in ("language", *USUAL)},
        variables=[(name, _(words)) for name, words in replies.VARIABLES.items()],
        own_variables=await own_variables.names(),
        template_id=template_id,
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
        own = dict.fromkeys(await own_variables.names(), "")
        text = fill(typed.get("text", ""), own | values).text
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
    template_id = (await here.form(ChangedForm)).template_id
    return await page(here, template_id=template_id, typed=Typed(values=typed), preview=shown)


_EXAMPLES = {
    Language.ENGLISH: ("Dana", "care@example.org"),
    Language.FRENCH: ("Dana", "bonjour@example.org"),
}
"""Whom a preview greets, and where it leads while the team has named no place."""
