"""Settings: fields of the team's own."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.i18n import gettext as _
from amends.rules.case import fields as rules
from amends.rules.reply.reply_templates import VARIABLES
from amends.rules.vocabulary import FieldKind
from amends.services.case import fields
from amends.services.case.fields import FieldGiven
from amends.services.team.seen import fingerprint
from amends.web.case.labels.fields import KINDS, field_label
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/settings/fields"
ONE = f"{PAGE}/{{name:str}}"


class FieldForm(msgspec.Struct, kw_only=True):
    """What can be changed of a field, and what the page showed."""

    label_en: str = ""
    label_fr: str = ""
    choices: str = ""
    asked: bool = False
    opens: str = ""
    seen: str = ""

    def given(self) -> FieldGiven:
        """The same for the command."""
        return FieldGiven(
            label_en=self.label_en,
            label_fr=self.label_fr,
            choices=self.choices,
            asked=self.asked,
            opens=self.opens,
        )


class NewFieldForm(FieldForm, kw_only=True):
    """The same of a new field, and its kind, which stays."""

    kind: FieldKind


class FieldRow(msgspec.Struct, frozen=True, kw_only=True):
    """One field with in how many cases something stands in it."""

    name: str
    label: str
    kind: str
    has_choices: bool
    can_open: bool
    values: dict[str, object]
    retired: bool
    cases: int
    seen: str


async def _page(here: Here, *, typed: Typed = NOTHING_TYPED, name: str = "") -> Response[bytes]:
    cases = await fields.counted()
    return await here.render(
        "settings/fields.html",
        status=typed.status,
        rows=[
            FieldRow(
                name=one.name,
                label=field_label(one),
                kind=_(KINDS[one.kind]),
                has_choices=one.kind is FieldKind.CHOICE,
                can_open=rules.can_open(one.kind),
                values=fields.values_of(one),
                retired=one.retired,
                cases=cases.get(one.name, 0),
                seen=fingerprint(fields.values_of(one)),
            )
            for one in await fields.everything()
        ],
        kinds=[(kind.value, _(word)) for kind, word in KINDS.items()],
        form=name or typed.form,
        typed=typed.values,
        wrong=typed.errors,
        problem=typed.problem,
    )


@get(PAGE, opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The list."""
    return await _page(here)


@post(PAGE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page, "new")
async def make(here: NamedDependency[Here]) -> Response[Any]:
    """One more field."""
    form = await here.form(NewFieldForm)
    await fields.make(here.act, form.kind, form.given(), reserved=VARIABLES)
    return saved(PAGE)


@post(ONE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def change(here: NamedDependency[Here], name: FromPath[str]) -> Response[Any]:
    """Other labels, other choices, another address, asked or not."""
    form = await here.form(FieldForm)
    await fields.change(here.act, name, form.given(), seen=form.seen)
    return saved(PAGE)


@post(f"{ONE}/up", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def move_up(here: NamedDependency[Here], name: FromPath[str]) -> Response[Any]:
    """It changes places with the one above it."""
    await fields.move_up(here.act, name)
    return saved(PAGE)


@post(f"{ONE}/retire", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def retire(here: NamedDependency[Here], name: FromPath[str]) -> Response[Any]:
    """It is offered no more."""
    await fields.retire(here.act, name)
    return saved(PAGE)


@post(f"{ONE}/bring-back", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def bring_back(here: NamedDependency[Here], name: FromPath[str]) -> Response[Any]:
    """It is offered again."""
    await fields.bring_back(here.act, name)
    return saved(PAGE)


@post(f"{ONE}/remove", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page)
async def remove(here: NamedDependency[Here], name: FromPath[str]) -> Response[Any]:
    """It leaves the list; nothing stands in it."""
    await fields.remove(here.act, name)
    return saved(PAGE)


routes = (show, make, change, move_up, retire, bring_back, remove)
