"""Settings: reply rules of the team."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from amends.i18n import gettext as _
from amends.rules.capture import own_accounts
from amends.rules.follow_up.remedies import AmountUnclear, read_amount
from amends.rules.team.mail_addresses import mailbox
from amends.rules.team.permissions import Permission, may
from amends.rules.team.reply_rules import MOST_REPLIES, ApprovalRule, ReplyRules, WrongReplyRules
from amends.rules.vocabulary import Language, Nature, Role, Severity
from amends.services.team import reply_rules
from amends.web import dates
from amends.web.labels import label
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, saved, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/settings/replies"


class RulesForm(msgspec.Struct, kw_only=True):
    """The rules as their form has them."""

    version: int
    budget: int
    product: str = ""
    place_en: str = ""
    place_fr: str = ""
    severities: list[Severity] = []
    natures: list[Nature] = []
    roles: list[Role] = []
    first_too: bool = False
    remedy_ceiling: str = ""
    currency: str = "EUR"
    own_accounts: str = ""
    privacy_contact: str = ""
    kept_en: str = ""
    kept_fr: str = ""
    recovery_track: bool = False

    def rules(self) -> ReplyRules:
        """Raises WrongReplyRules."""
        return ReplyRules(
            remedy_ceiling=_ceiling(self.remedy_ceiling),
            currency=self.currency.strip().upper(),
            own_accounts=own_accounts.read_accounts(self.own_accounts),
            budget=self.budget,
            product=self.product.strip(),
            places={
                Language.ENGLISH: self.place_en.strip(),
                Language.FRENCH: self.place_fr.strip(),
            },
            privacy_contact=_contact(self.privacy_contact.strip()),
            kept={Language.ENGLISH: self.kept_en.strip(), Language.FRENCH: self.kept_fr.strip()},
            recovery_track=self.recovery_track,
            approval=ApprovalRule(
                severities=frozenset(self.severities),
                natures=frozenset(self.natures),
                roles=frozenset(self.roles),
                first_too=self.first_too,
            ),
        )


def _ceiling(typed: str) -> int | None:
    """Raises WrongReplyRules beside its field."""
    try:
        return read_amount(typed)
    except AmountUnclear as error:
        raise WrongReplyRules(fields={"remedy_ceiling": error.fields["cost"]}) from error


def _contact(typed: str) -> str:
    """An address that customers can press. Raises WrongReplyRules beside its field."""
    found = mailbox(typed)
    if typed and not typed.startswith("https://") and not (found and not found.name):
        wrong = _("Enter an email address, or a page that begins with https://.")
        raise WrongReplyRules(fields={"privacy_contact": wrong})
    return typed


async def _page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    standing = await reply_rules.standing()
    several = {name: set(typed.several.get(name, ())) for name in ("severities", "natures", "roles")}
    return await here.render(
        "settings/replies.html",
        status=typed.status,
        standing=standing,
        made=dates.moment(standing.made_at, now=here.now) if standing.made_at else None,
        may_change=here.member.role is Role.ADMIN,
        typed={**typed.values, **several} if typed.detail else _typed_of(standing.rules),
        wrong=typed.errors,
        error=typed.problem,
        most=MOST_REPLIES,
        severities=[(one.value, label(one), "") for one in Severity],
        natures=[(one.value, label(one), "") for one in Nature],
        roles=[(one.value, label(one), "") for one in Role if may(one, Permission.WORK)],
    )


@get(PAGE, opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The rules that count; an admin changes them."""
    return await _page(here)


@post(PAGE, status_code=303, opt={"policy": Policy.ADMIN})
@submit_or_redisplay(_page)
async def change(here: NamedDependency[Here]) -> Response[Any]:
    """These rules count from now on."""
    form = await here.form(RulesForm)
    await reply_rules.change(here.act, form.rules(), after=form.version)
    return saved(PAGE)


def _typed_of(rules: ReplyRules) -> dict[str, Any]:
    return {
        "budget": str(rules.budget),
        "product": rules.product,
        **{f"place_{one}": rules.places.get(one, "") for one in Language},
        **{f"kept_{one}": rules.kept.get(one, "") for one in Language},
        "privacy_contact": rules.privacy_contact,
        "severities": {one.value for one in rules.approval.severities},
        "natures": {one.value for one in rules.approval.natures},
        "roles": {one.value for one in rules.approval.roles},
        "remedy_ceiling": "" if rules.remedy_ceiling is None else f"{rules.remedy_ceiling / 100:.2f}",
        "currency": rules.currency,
        "own_accounts": own_accounts.written(rules.own_accounts),
        "recovery_track": "on" if rules.recovery_track else "",
        "first_too": "on" if rules.approval.first_too else "",
    }


routes = (show, change)
