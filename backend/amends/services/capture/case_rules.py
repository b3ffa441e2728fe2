"""Rules by condition: the list that leads keep."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import GIVEN, Selected, add, columns_of, converter, read, transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.capture import case_rules as rules
from amends.rules.capture.location_pages import page_key
from amends.rules.case import fields as field_rules
from amends.rules.case import platforms
from amends.rules.case.texts import clean_name
from amends.rules.team.read_languages import READ
from amends.rules.vocabulary import Severity
from amends.services.case import fields
from amends.services.team import audit, members
from amends.services.team.members import Act
from amends.services.team.seen import must_be_as_seen

NAMED = ("owner", "theme", "playbook", "location", "place")
"""What rules hold as an id that has a name."""


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
    location: UUID | None = None
    place: UUID | None = None
    severity: Severity | None = None


class RuleShown(RuleGiven, frozen=True, kw_only=True):
    """A rule with the names of what it sets; `…_gone` where that can be set no more, and nothing is done."""

    id: UUID
    is_on: bool
    owner_name: Annotated[str, Selected("COALESCE(m.name, '')")]
    owner_gone: Annotated[bool, Selected("(m.disabled_at IS NOT NULL OR COALESCE(m.role, '') = 'reader')")]
    theme_name: Annotated[str, Selected("COALESCE(t.name, '')")]
    theme_gone: Annotated[bool, Selected("t.retired_at IS NOT NULL")]
    playbook_name: Annotated[str, Selected("COALESCE(p.name, '')")]
    playbook_gone: Annotated[bool, Selected("p.retired_at IS NOT NULL")]
    field_en: Annotated[str, Selected("COALESCE(f.label_en, '')")]
    field_fr: Annotated[str, Selected("COALESCE(f.label_fr, '')")]
    field_gone: Annotated[bool, Selected("f.retired_at IS NOT NULL")]
    location_name: Annotated[str, Selected("COALESCE(l.name, '')")]
    place_name: Annotated[str, Selected("COALESCE(w.name, '')")]
    page: Annotated[str, Selected("COALESCE(w.address, '')")]
    severity_gone: Annotated[bool, GIVEN] = False

    def does(self, effect: str) -> bool:
        """Whether it sets this, and may now."""
        return getattr(self, effect) is not None and not getattr(self, f"{effect}_gone")


ALL = f"""
SELECT {columns_of(RuleShown, table="r")} FROM case_rule AS r
LEFT JOIN member AS m ON m.id = r.owner LEFT JOIN theme AS t ON t.id = r.theme
LEFT JOIN playbook AS p ON p.id = r.playbook LEFT JOIN case_field AS f ON f.name = r.field
LEFT JOIN location AS l ON l.id = r.location LEFT JOIN watched_place AS w ON w.id = r.place
ORDER BY r.position, r.made_at
"""  # noqa: S608 - a statement of ours


async def everything() -> tuple[RuleShown, ...]:
    """The rules in the team's order, also those that are switched off."""
    return tuple(await read(converter(RuleShown), ALL))


class Place(msgspec.Struct, frozen=True):
    """A place to watch, by which cases can be known."""

    id: UUID
    name: str
    address: str


async def places() -> list[Place]:
    """The places to watch on whose page a post can be seen to stand, by name."""
    row = tables.WatchedPlace
    found = await row.select(row.id, row.name, row.address).order_by(row.name)
    return [Place(one["id"], one["name"], one["address"]) for one in found if page_key(one["address"])]


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
        await _tell(act, None, await find(rule_id))
    return rule_id


def values_of(rule: RuleGiven) -> dict[str, object]:
    """What can be changed of a rule, by the names of the fields."""
    return {name: getattr(rule, name) for name in RuleGiven.__struct_fields__}


async def change(act: Act, rule_id: UUID, given: RuleGiven, *, seen: str = "") -> None:
    """Other conditions or effects; it is switched off until somebody has looked at what it would do.

    `seen` is the fingerprint of what stood before. Raises RuleUnknown, WrongRule, FieldUnusable,
    ChangedMeanwhile.
    """
    async with transaction():
        old, values = await find(rule_id), await _checked(given)
        must_be_as_seen(seen, values_of(old), values)
        if values != values_of(old):
            await _write(rule_id, is_on=False, **values)
            await _tell(act, old, await find(rule_id))


async def switch(act: Act, rule_id: UUID, *, on: bool) -> None:
    """It counts for cases that come in from now on, or no longer. Raises RuleUnknown."""
    async with transaction():
        old = await find(rule_id)
        await _write(rule_id, is_on=on)
        await _tell(act, old, await find(rule_id))


async def move_up(act: Act, rule_id: UUID) -> None:
    """It changes places with the one above it. Raises RuleUnknown."""
    async with transaction():
        moved, before = await find(rule_id), await everything()
        after = rules.moved_up([str(one.id) for one in before], str(rule_id))
        for position, one in enumerate(after, start=1):
            await _write(UUID(one), position=position)
        places = [ids.index(str(rule_id)) + 1 for ids in ([str(one.id) for one in before], after)]
        await _log(act, *({moved.name: {"place": place}} for place in places))


async def remove(act: Act, rule_id: UUID) -> None:
    """Takes a rule out of the list; what it did stays. Raises RuleUnknown."""
    async with transaction():
        await _tell(act, await find(rule_id), None)
        await tables.CaseRule.delete().where(tables.CaseRule.id == rule_id)


async def _tell(act: Act, old: RuleShown | None, new: RuleShown | None) -> None:
    """Step: the audit log says what stood in a rule and what stands there now."""
    await _log(act, *({one.name: _logged(one)} if one else {} for one in (old, new)))


async def _log(act: Act, before: Mapping[str, object], after: Mapping[str, object]) -> None:
    await audit.record_change("case_rules", before, after, by=act.by, now=act.now)


def _logged(rule: RuleShown) -> dict[str, object]:
    """A rule by names, as people read them later, when ids lead nowhere any more."""
    names = {one: getattr(rule, f"{one}_name") for one in NAMED}
    values = {name: value for name, value in values_of(rule).items() if name not in (*NAMED, "name")}
    return {"on": rule.is_on} | {name: value for name, value in (values | names).items() if value}


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
        "location": (await _is_there(tables.Location, given.location), listed),
        "place": (given.place is None or given.place in {one.id for one in await places()}, listed),
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


async def _is_there(
    table: type[tables.Theme | tables.Playbook | tables.Location], chosen: UUID | None
) -> bool:
    """Whether what a form names was not removed, or made up."""
    return chosen is None or await table.exists().where(table.id == chosen)


async def _write(rule_id: UUID, **values: Any) -> None:  # noqa: ANN401 - of columns
    """Step: other values in the columns of a rule."""
    table = tables.CaseRule
    await table.update({getattr(table, name): value for name, value in values.items()}).where(
        table.id == rule_id
    )
