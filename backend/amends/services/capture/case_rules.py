"""Rules by condition: the list that leads keep, and what a rule would have done with the last cases."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import Selected, add, columns_of, converter, read, transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.capture import case_rules as rules
from amends.rules.capture.case_rules import Arrival
from amends.rules.case import fields as field_rules
from amends.rules.case import platforms
from amends.rules.case.texts import clean_name
from amends.rules.team.read_languages import READ
from amends.rules.vocabulary import Nature
from amends.services.case import fields
from amends.services.team import members
from amends.services.team.members import Act
from amends.services.team.seen import must_be_as_seen

PREVIEWED = 100
"""Of the newest cases, against which a rule is tried before it is switched on."""


class WrongRule(Invalid):
    "This rule cannot be saved."


class TooManyRules(Conflict):
    "Too many rules."


class RuleUnknown(NotFound):
    "Rule not found."


class RuleGiven(msgspec.Struct, frozen=True, kw_only=True):
    """The conditions and effects of a rule, as a lead typed them."""

    name: str = ""
    platform: str = ""
    language: str = ""
    words: str = ""
    stars: int | None = None
    owner: UUID | None = None
    theme: UUID | None = None
    playbook: UUID | None = None
    field: str | None = None
    value: str = ""


class RuleShown(RuleGiven, frozen=True, kw_only=True):
    """A rule with the names of what it sets; `…_gone` where that can be set no more, and nothing is done."""

    id: UUID
    is_on: bool
    owner_name: Annotated[str, Selected("COALESCE(m.name, '')")]
    owner_gone: Annotated[bool, Selected("(m.disabled_at IS NOT NULL OR m.role = 'reader')")]
    theme_name: Annotated[str, Selected("COALESCE(t.name, '')")]
    theme_gone: Annotated[bool, Selected("t.retired_at IS NOT NULL")]
    playbook_name: Annotated[str, Selected("COALESCE(p.name, '')")]
    playbook_gone: Annotated[bool, Selected("p.retired_at IS NOT NULL")]
    field_en: Annotated[str, Selected("COALESCE(f.label_en, '')")]
    field_fr: Annotated[str, Selected("COALESCE(f.label_fr, '')")]
    field_gone: Annotated[bool, Selected("f.retired_at IS NOT NULL")]

    def does(self, effect: str) -> bool:
        """Whether it sets this, and may now."""
        return getattr(self, effect) is not None and not getattr(self, f"{effect}_gone")


ALL = f"""
SELECT {columns_of(RuleShown, table="r")} FROM case_rule AS r
LEFT JOIN member AS m ON m.id = r.owner LEFT JOIN theme AS t ON t.id = r.theme
LEFT JOIN playbook AS p ON p.id = r.playbook LEFT JOIN case_field AS f ON f.name = r.field
ORDER BY r.position, r.made_at
"""  # noqa: S608 - a statement of ours


async def everything() -> tuple[RuleShown, ...]:
    """The rules in the team's order, also those that are switched off."""
    return tuple(await read(converter(RuleShown), ALL))


async def find(rule_id: UUID) -> RuleShown:
    """One rule. Raises RuleUnknown."""
    found = next((one for one in await everything() if one.id == rule_id), None)
    if found is None:
        raise RuleUnknown(_("There is no such rule any more. Load the list again."))
    return found


async def make(act: Act, given: RuleGiven) -> UUID:
    """One more rule, the last one, switched off. Raises WrongRule, TooManyRules, FieldUnusable."""
    async with transaction():
        count = await tables.CaseRule.count()
        if count >= rules.MOST:
            raise TooManyRules(
                _("There are already %(most)s rules. Remove one first.") % {"most": rules.MOST}
            )
        rule_id, values = uuid4(), await _checked(given)
        await add(tables.CaseRule, id=rule_id, position=count + 1, is_on=False, made_at=act.now, **values)
    return rule_id


def values_of(rule: RuleGiven) -> dict[str, object]:
    """What can be changed of a rule, by the names of the fields."""
    return {name: getattr(rule, name) for name in RuleGiven.__struct_fields__}


async def change(rule_id: UUID, given: RuleGiven, *, seen: str = "") -> None:
    """Other conditions or effects; it is switched off until somebody has looked at what it would do.

    `seen` is the fingerprint of what stood before. Raises RuleUnknown, WrongRule, FieldUnusable,
    ChangedMeanwhile.
    """
    async with transaction():
        old, values = await find(rule_id), await _checked(given)
        must_be_as_seen(seen, values_of(old), values)
        if values != values_of(old):
            await _write(rule_id, is_on=False, **values)


async def switch(rule_id: UUID, *, on: bool) -> None:
    """It counts for cases that come in from now on, or no longer. Raises RuleUnknown."""
    async with transaction():
        await find(rule_id)
        await _write(rule_id, is_on=on)


async def move_up(rule_id: UUID) -> None:
    """It changes places with the one above it. Raises RuleUnknown."""
    async with transaction():
        await find(rule_id)
        ids = [str(one.id) for one in await everything()]
        for position, one in enumerate(rules.moved_up(ids, str(rule_id)), start=1):
            await _write(UUID(one), position=position)


async def remove(rule_id: UUID) -> None:
    """Takes a rule out of the list; what it did stays. Raises RuleUnknown."""
    async with transaction():
        await find(rule_id)
        await tables.CaseRule.delete().where(tables.CaseRule.id == rule_id)


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """One of the last cases, as it came in, and who owns it now."""

    number: int
    title: str
    nature: Nature | None
    platform: str
    lang: str
    text: Annotated[str, Selected("SUBSTR(capture.title || ' ' || capture.text, 1, 20000)")]
    rating: Annotated[float | None, Selected("capture.rating")]
    rating_max: Annotated[float | None, Selected("capture.rating_max")]
    opened_at: datetime


LATEST = f"""
SELECT {columns_of(Past, table="c")} FROM (
    SELECT c.*, (SELECT k.id FROM post JOIN capture AS k ON k.post = post.id WHERE post."case" = c.id
        ORDER BY k.received_at LIMIT 1) AS first
    FROM case_file AS c ORDER BY c.number DESC LIMIT {PREVIEWED}
) AS c JOIN capture ON capture.id = c.first ORDER BY c.number DESC
"""  # noqa: S608 - a statement of ours


async def preview(rule: RuleShown) -> tuple[list[Past], int]:
    """Of the last cases, those that a rule would have met, the newest first, and how many were tried."""
    last = await read(converter(Past), LATEST)
    met = [one for one in last if rules.matches(rule, _arrival(one))]
    return met, len(last)


def _arrival(one: Past) -> Arrival:
    return Arrival(
        platform=one.platform,
        language=one.lang,
        text=one.text,
        rating=one.rating,
        rating_max=one.rating_max,
    )


async def _checked(given: RuleGiven) -> dict[str, Any]:
    """The values as they are kept.

    Raises WrongRule, FieldUnusable, NoSuchMember, MemberIsDisabled, MemberOnlyReads.
    """
    if given.owner:
        await members.present(given.owner, field="owner")
    values = msgspec.structs.asdict(given)
    values["name"] = clean_name(given.name, limit=rules.LONGEST_NAME)
    values["words"] = clean_name(given.words, limit=rules.LONGEST_WORDS)
    field = next((one for one in await fields.offered() if one.name == given.field), None)
    listed, has_effect = _("Choose one from the list."), any(values[one] for one in rules.EFFECTS)
    checks = {
        "name": (values["name"], _("Give the rule a name that colleagues will recognise.")),
        "platform": (platforms.is_platform_name(given.platform or "web"), listed),
        "language": (given.language in ("", *READ), listed),
        "theme": (await _is_there(tables.Theme, given.theme), listed),
        "playbook": (await _is_there(tables.Playbook, given.playbook), listed),
        "stars": (given.stars is None or 1 <= given.stars <= rules.STARS, listed),
        "words": (
            rules.phrases(given.words) or not given.words,
            _("Write words with commas between them."),
        ),
        "field": (field or not given.field, listed),
        "value": (given.value.strip() or not field, _("Say what is written into the field.")),
        "owner": (has_effect, _("Choose at least one thing that the rule does.")),
    }
    if wrong := {name: words for name, (is_right, words) in checks.items() if not is_right}:
        raise WrongRule(_("Something is missing or wrong. Check the marked fields."), fields=wrong)
    value = field_rules.cleaned(field.kind, field.choices, given.value, field="value") if field else ""
    return {**values, "field": field.name if field else None, "value": value}


async def _is_there(table: type[tables.Theme | tables.Playbook], chosen: UUID | None) -> bool:
    """Whether what a form names was not removed, or made up."""
    return chosen is None or await table.exists().where(table.id == chosen)


async def _write(rule_id: UUID, **values: Any) -> None:  # noqa: ANN401 - of columns
    """Step: other values in the columns of a rule."""
    table = tables.CaseRule
    await table.update({getattr(table, name): value for name, value in values.items()}).where(
        table.id == rule_id
    )
