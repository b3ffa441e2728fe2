"""Settings: the member's own passkeys, and signing in by one."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.services.team import codes, members, passkeys, passwordless, second_factors
from amends.services.team.members import Member
from amends.services.team.sessions import AwaitsCode, SignedIn
from amends.web.confirmation import confirmed
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed, submit_or_redisplay
from amends.web.passkey_site import site_here
from amends.web.requests import program, site
from amends.web.security import Policy
from amends.web.team import browser_names, sessions, sign_in

PAGE = "/settings/passkeys"
BACK = f"{sessions.PAGE}?notice=saved#passkeys"


class NewPasskeyForm(msgspec.Struct):
    """What the browser gave to its page, and the passkey's name."""

    name: str
    answer: str = ""


class NameForm(msgspec.Struct):
    """Another name."""

    name: str = ""


class AnswerForm(msgspec.Struct):
    """What the browser gave to its page, where one was going, and the try whose password was right."""

    answer: str = ""
    token: str = ""
    next: str = "/"
    keep: bool = False


async def _new_page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    usual = {"name": browser_names.named(program(here.request))[: passkeys.LONGEST_NAME]}
    return await here.render(
        "passkeys/new.html",
        status=typed.status,
        options=await passkeys.ask_for_one(here.act, site_here(here.settings)),
        is_first=not await second_factors.is_on(here.member.id),
        typed=typed.values or usual,
        longest_name=passkeys.LONGEST_NAME,
        error=typed.detail,
        wrong=typed.errors,
    )


@get(f"{PAGE}/new", opt={"policy": Policy.ACCOUNT})
@confirmed
async def show_new(here: NamedDependency[Here]) -> Response[bytes]:
    """Where a passkey is named and made. Raises PasskeysNeedName, TooManyPasskeys."""
    return await _new_page(here)


@post(PAGE, opt={"policy": Policy.ACCOUNT})
@confirmed
@redisplayed(_new_page)
async def add(here: NamedDependency[Here]) -> Response[Any]:
    """Keeps what the browser made; with the first second factor come recovery codes, told this once."""
    form = await here.form(NewPasskeyForm)
    told = await passkeys.add(here.act, form.answer, form.name, site_here(here.settings))
    if told:
        return await here.render("second_factor/codes.html", codes=told, by_passkey=True)
    return Redirect(BACK, status_code=303)


@post(f"{PAGE}/{{passkey_id:uuid}}", opt={"policy": Policy.ACCOUNT})
@submit_or_redisplay(sessions.page, "passkeys")
async def rename(here: NamedDependency[Here], passkey_id: FromPath[UUID]) -> Response[Any]:
    """Another name."""
    form = await here.form(NameForm)
    await passkeys.rename(here.act, passkey_id, form.name)
    return Redirect(BACK, status_code=303)


@post(f"{PAGE}/{{passkey_id:uuid}}/remove", opt={"policy": Policy.ACCOUNT})
@confirmed
@submit_or_redisplay(sessions.page, "passkeys")
async def remove(here: NamedDependency[Here], passkey_id: FromPath[UUID]) -> Response[Any]:
    """It opens nothing here any more; its device still has it."""
    await passkeys.remove(here.act, passkey_id)
    return Redirect(BACK, status_code=303)


@post("/sign-in/passkey/options", opt={"policy": Policy.PUBLIC}, status_code=200)
async def ask(here: NamedDependency[Here]) -> Response[bytes]:
    """What the page gives to the browser of whoever wants to sign in; it says nothing of any account."""
    here.throttle(site(here.request).passkeys)
    options = await passkeys.ask_to_sign("sign-in", site_here(here.settings), now=here.now)
    return Response(options.encode(), media_type="application/json")


@post("/sign-in/passkey", opt={"policy": Policy.PUBLIC})
@redisplayed(sign_in.page, "passkey")
async def enter(here: NamedDependency[Here]) -> Response[Any]:
    """A session for the member whose passkey answered; it is password and second factor in one."""
    form = await here.form(AnswerForm)
    here.throttle(site(here.request).passkeys)
    member = await passkeys.verified(form.answer, "sign-in", site_here(here.settings), now=here.now)
    return await sign_in.go_on(here, await _begun(here, member), form.next)


@post("/sign-in/code/passkey", opt={"policy": Policy.PUBLIC})
@redisplayed(sign_in.code_form_page)
async def answer(here: NamedDependency[Here]) -> Response[Any]:
    """A passkey instead of the code, once the password was right."""
    form = await here.form(AnswerForm)
    member = await members.present(await codes.owner_of("code", form.token, now=here.now))
    await passkeys.verified(form.answer, "second", site_here(here.settings), member=member, now=here.now)
    begun = await _begun(here, member, AwaitsCode(form.token, form.keep))
    return await sign_in.go_on(here, begun, form.next)


async def _begun(here: Here, member: Member, awaits: AwaitsCode | None = None) -> SignedIn:
    return await passwordless.by_passkey(
        member, awaits, address=here.visit.address, program=program(here.request), now=here.now
    )


routes = (show_new, add, rename, remove, ask, enter, answer)
