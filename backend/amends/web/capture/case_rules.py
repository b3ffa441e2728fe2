"""Settings: rules by condition for cases that come in."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from amends.i18n import ngettext
from amends.rules.capture.case_rules import LONGEST_NAME, LONGEST_WORDS, STARS
from amends.rules.case import platforms
from amends.rules.team.read_languages import READ
from amends.rules.vocabulary import Severity
from amends.services.capture import case_rules, rule_previews
from amends.services.capture.case_rules import RuleGiven, RuleShown
from amends.services.capture.rule_previews import Past
from amends.services.case import fields
from amends.services.desk import themes
from amends.services.follow_up import playbooks
from amends.services.team import locations, members
from amends.services.team.seen import fingerprint
from amends.web.capture.labels import case_rules as words
from amends.web.case import titles
from amends.web.case.labels.fields import field_label
from amends.web.case.labels.languages import language_title
from amends.web.desk.labels import themes as theme_words
from amends.web.labels import label
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/settings/rules"
ONE = f"{PAGE}/{{rule_id:uuid}}"


class RuleForm(msgspec.Struct, kw_only=True):
    """The conditions and effects of a rule, and what the page showed."""

    name: Annotated[str, Meta(max_length=LONGEST_NAME)] = ""
    platform: str = ""
    language: str = ""
    words: Annotated[str, Meta(max_length=LONGEST_WORDS)] = ""
    stars: int | None = None
    owner: UUID | None = None
    theme: UUID | None = None
    playbook: UUID | None = None
    field: str | None = None
    value: str = ""
    location: UUID | None = None
    place: UUID | None = None
    severity: Severity | None = None
    seen: str = ""

    def given(self) -> RuleGiven:
        """The same for the command."""
        return RuleGiven(**{name: getattr(self, name) for name in RuleGiven.__struct_fields__})


class RuleRow(msgspec.Struct, frozen=True, kw_only=True):
    """One rule in a sentence, with what it names and can set no more, and the values of its form."""

    id: str
    name: str
    is_on: bool
    sentence: str
    warnings: list[str]
    values: dict[str, str]
    seen: str


class MetRow(msgspec.Struct, frozen=True, kw_only=True):
    """A case that a rule would have met: by name what stands there now, and what the rule would have set."""

    number: int
    title: str
    lang: str
    changes: list[tuple[str, str, str]]


async def _page(here: Here, *, typed: Typed = NOTHING_TYPED, rule_id: UUID | None = None) -> Response[bytes]:
    return await here.render(
        "settings/rules.html",
        status=typed.status,
        rows=[_row(one) for one in await case_rules.everything()],
        choices=await _choices(),
        form=str(rule_id) if rule_id else typed.form,
        typed=typed.values,
        wrong=typed.errors,
        problem=typed.problem,
    )


def _row(rule: RuleShown) -> RuleRow:
    values = case_rules.values_of(rule)
    return RuleRow(
        id=str(rule.id),
        name=rule.name,
        is_on=rule.is_on,
        sentence=words.sentence(rule),
        warnings=words.warnings(rule),
        values={name: "" if value is None else str(value) for name, value in values.items()},
        seen=fingerprint(values),
    )


async def _choices() -> dict[str, list[tuple[str, str]]]:
    """What there is to choose from for each condition and effect."""
    languages = [(one, language_title(one)) for one in READ]
    return {
        "platform": sorted(
            ((one, platforms.label(one)) for one in platforms.PLATFORMS), key=lambda one: one[1]
        ),
        "language": sorted(languages, key=lambda one: one[1].casefold()),
        "stars": [
            (str(one), ngettext("%(num)d star at most", "%(num)d stars at most", one) % {"num": one})
            for one in range(1, STARS)
        ],
        "owner": [(str(one.id), one.name) for one in await members.everyone() if one.works],
        "theme": list(theme_words.options(await themes.everything())),
        "playbook": [(str(one.id), one.name) for one in await playbooks.offered()],
        "severity": [(one.value, label(one)) for one in Severity],
        "location": [(str(one.id), one.name) for one in await locations.offered()],
        "place": [(str(one.id), one.name) for one in await case_rules.places()],
        "field": [(one.name, field_label(one)) for one in await fields.offered()],
    }


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The list in sentences; leads change it."""
    return await _page(here)


@get(ONE, opt={"policy": Policy.LEAD})
async def preview(here: NamedDependency[Here], rule_id: FromPath[UUID]) -> Response[bytes]:
    """What a rule would have done with the last hundred cases, and the button that switches it on."""
    rule = await case_rules.find(rule_id)
    met, tried = await rule_previews.preview(rule)
    return await here.render(
        "settings/rule.html", rule=_row(rule), met=[_met(rule, one) for one in met], tried=tried
    )


def _met(rule: RuleShown, one: Past) -> MetRow:
    lang = titles.language(one.lang, one.nature)
    title = titles.title(one.title, one.nature)
    return MetRow(number=one.number, title=title, lang=lang, changes=words.changes(rule, one))


@post(PAGE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page, "new")
async def make(here: NamedDependency[Here]) -> Response[Any]:
    """One more rule, switched off; what it would have done comes first."""
    form = await here.form(RuleForm)
    rule_id = await case_rules.make(here.act, form.given())
    return Redirect(f"{PAGE}/{rule_id}?notice=saved", status_code=303)


@post(ONE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def change(here: NamedDependency[Here], rule_id: FromPath[UUID]) -> Response[Any]:
    """Other conditions or effects; what it would have done comes before it is switched on again."""
    form = await here.form(RuleForm)
    await case_rules.change(here.act, rule_id, form.given(), seen=form.seen)
    return Redirect(f"{PAGE}/{rule_id}?notice=saved", status_code=303)


@post(f"{ONE}/on", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def switch_on(here: NamedDependency[Here], rule_id: FromPath[UUID]) -> Response[Any]:
    """It counts for cases that come in from now on."""
    await case_rules.switch(here.act, rule_id, on=True)
    return saved(PAGE)


@post(f"{ONE}/off", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def switch_off(here: NamedDependency[Here], rule_id: FromPath[UUID]) -> Response[Any]:
    """It counts no longer; what it did stays."""
    await case_rules.switch(here.act, rule_id, on=False)
    return saved(PAGE)


@post(f"{ONE}/up", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def move_up(here: NamedDependency[Here], rule_id: FromPath[UUID]) -> Response[Any]:
    """It changes places with the one above it."""
    await case_rules.move_up(here.act, rule_id)
    return saved(PAGE)


@post(f"{ONE}/remove", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def remove(here: NamedDependency[Here], rule_id: FromPath[UUID]) -> Response[Any]:
    """It leaves the list; what it did stays."""
    await case_rules.remove(here.act, rule_id)
    return saved(PAGE)


routes = (show, preview, make, change, switch_on, switch_off, move_up, remove)
