"""Page kit: the injected `Here` of a request, and the one way in which a form is submitted or shown again."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import parse_qsl, urlsplit

import msgspec
from litestar import Request, Response
from litestar.response import Redirect

from amends import logs
from amends.database import DatabaseIsBusy, from_driver_error
from amends.errors import AmendsError, Invalid, NotFound
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.mail_reader import MailReader
from amends.gateways.mail_sender import MailSender
from amends.gateways.mailboxes import MailboxReader
from amends.gateways.notifier import Notifier
from amends.gateways.secrets import Secrets
from amends.i18n import gettext as _
from amends.services.team.members import Act, Member
from amends.services.team.seen import ChangedMeanwhile
from amends.settings import Settings
from amends.web import form_keys, forms, templating
from amends.web.forms import Form
from amends.web.labels import label_or_text
from amends.web.rate_limits import Buckets
from amends.web.requests import Visit, page_here, site, visit
from amends.web.security import member_here

log = logs.logger(__name__)


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody sent and why it was refused; it is shown again beside the fields.

    `several` has every value of a field that was sent more than once, as boxes are; `values` the last.
    `problem` is the sentence for the whole form where no field has one of its own; `detail` is it always.
    """

    form: str = ""
    values: Mapping[str, str] = {}
    several: Mapping[str, tuple[str, ...]] = {}
    errors: Mapping[str, str] = {}
    problem: str = ""
    detail: str = ""
    status: int = 200

    def of(self, form: str) -> "Typed":
        """What was typed into one form of several on a page: nothing, if another was sent."""
        return self if self.form == form else NOTHING_TYPED


NOTHING_TYPED = Typed()


@dataclass(frozen=True, slots=True)
class Here:
    """One request: what the handler of a page needs of it."""

    request: Request[Any, Any, Any]
    now: datetime

    @property
    def member(self) -> Member:
        """Who is signed in. Raises NotSignedIn, on public pages only."""
        return member_here(self.request)

    @property
    def act(self) -> Act:
        """The member, acting at the instant of the request."""
        return Act(self.member, self.now)

    @property
    def visit(self) -> Visit:
        """Address, session, zone and language of the request."""
        return visit(self.request)

    @property
    def settings(self) -> Settings:
        """Those of the installation."""
        return site(self.request).settings

    @property
    def files(self) -> EvidenceFiles:
        """Where evidence is kept."""
        return site(self.request).files

    @property
    def secrets(self) -> Secrets:
        """What seals the addresses of targets."""
        return site(self.request).secrets

    @property
    def notifier(self) -> Notifier:
        """What reads the addresses of targets before they are kept."""
        return site(self.request).notifier

    @property
    def mail_reader(self) -> MailReader:
        """What reads the bytes of mails."""
        return site(self.request).mail_reader

    @property
    def mailbox_reader(self) -> MailboxReader:
        """What tries a mailbox before it is kept."""
        return site(self.request).mailbox_reader

    @property
    def mail_sender(self) -> MailSender:
        """What tries an account for outgoing mail before it is kept."""
        return site(self.request).mail_sender

    @property
    def query(self) -> Mapping[str, str]:
        """The parameters of the address."""
        return self.request.query_params

    @property
    def page_query(self) -> Mapping[str, str]:
        """The parameters of the page that the browser shows; of a part or a form, of where that stands."""
        return dict(parse_qsl(urlsplit(page_here(self.request)).query))

    @property
    def wants_fragment(self) -> bool:
        """Whether htmx asks for the part of the page that changes."""
        return templating.wants_fragment(self.request)

    def throttle(self, attempts: Buckets) -> None:
        """Nobody finds a link or a code by trying: so many a minute from one network. Raises TooFast."""
        attempts.take(self.visit.network, now=self.now)

    async def own_change(self, version: int) -> str:
        """The version of a case that the page was made with, and the one that this form made of it.

        Other forms of the page go on from there, where only a part of it is sent again; empty where this form
        changed nothing, or somebody else changed the case, too.
        """
        seen = (await self.typed()).get("version", "")
        return f"{seen} {version}" if seen == str(version - 1) else ""

    async def form(self, shape: type[Form]) -> Form:
        """The form that was sent as a struct. Raises FormIsIncomplete with a sentence per field."""
        return await forms.decode(self.request, shape)

    async def typed(self) -> dict[str, str]:
        """What was typed, as it was sent; never a password."""
        return await forms.typed(self.request)

    async def several(self) -> dict[str, tuple[str, ...]]:
        """The same, with every value of a field that was sent more than once."""
        form = await self.request.form()
        return {name: tuple(map(str, form.getall(name))) for name in await self.typed()}

    async def render(self, template: str, **context: Any) -> Response[bytes]:  # noqa: ANN401 - as `render`
        """The page, or a fragment of it; see `templating.render`."""
        return await templating.render(self.request, template, **context)


Inputs = ParamSpec("Inputs")
Handler = Callable[Concatenate[Here, Inputs], Awaitable[Response[Any]]]


Page = Callable[..., Awaitable[Response[Any]]]
"""Shows the page of a form again: `page(here, typed=…)` with the inputs of the handler by name."""


def answered_once(handler: Handler[Inputs]) -> Handler[Inputs]:
    """Decorates the handler of a form: sent again, it is answered as the first time; see `form_keys`."""

    @wraps(handler)
    async def answer(here: Here, *args: Inputs.args, **inputs: Inputs.kwargs) -> Response[Any]:
        return await form_keys.once(here.request, lambda: handler(here, *args, **inputs))

    answer.is_answered_once = True  # type: ignore[attr-defined]
    return cast(Handler[Inputs], answer)


def submit_or_redisplay(
    page: Page, form: str = "", *, named_by: str = "form"
) -> Callable[[Handler[Inputs]], Handler[Inputs]]:
    """Decorates the handler of a form: what it refuses shows `page` again, with all that was typed.

    `form` names the form on its page; without a name its own field `named_by` does. NotFound is not about the
    form and goes to the page for problems. The form is answered once; see `answered_once`.
    """

    def decorate(handler: Handler[Inputs]) -> Handler[Inputs]:
        submit = redisplayed(page, form, named_by=named_by)
        return submit(answered_once(handler))

    return decorate


def redisplayed(
    page: Page, form: str = "", *, named_by: str = "form", only: type[AmendsError] = AmendsError
) -> Callable[[Handler[Inputs]], Handler[Inputs]]:
    """As `submit_or_redisplay`, for a form that may be answered each time: nothing is added by it.

    What is not of the `only` kind goes to the page for problems.
    """

    def decorate(handler: Handler[Inputs]) -> Handler[Inputs]:
        @wraps(handler)
        async def submit(here: Here, *args: Inputs.args, **inputs: Inputs.kwargs) -> Response[Any]:
            try:
                return await handler(here, *args, **inputs)
            except NotFound:
                raise
            except Exception as failure:
                error = _in_words(failure)
                if not isinstance(error, only):
                    raise
                shown = await page(here, typed=await refused(here, error, form, named_by), **inputs)
                if "retry_after" in error.extra:
                    shown.headers["retry-after"] = str(error.extra["retry_after"])
                return shown

        return cast(Handler[Inputs], submit)

    return decorate


def _in_words(failure: Exception) -> Exception:
    """What was refused; also a database that is busy, whose pages can be shown and so keep what was typed."""
    told = from_driver_error(failure)
    if not isinstance(told, DatabaseIsBusy):
        return failure
    log.error("request failed", exc_info=failure)
    return told


async def refused(here: Here, error: AmendsError, form: str = "", named_by: str = "form") -> Typed:
    """What was typed into a form, and why it was refused."""
    values = await here.typed()
    fields = error.fields if isinstance(error, Invalid) else {}
    return Typed(
        form=form or values.get(named_by, ""),
        values=values,
        several=await here.several(),
        errors=_standing(error) if isinstance(error, ChangedMeanwhile) else fields,
        problem="" if fields else error.detail,
        detail=error.detail,
        status=error.status,
    )


def _standing(error: ChangedMeanwhile) -> dict[str, str]:
    """Beside each field what somebody else has saved, so that both can be compared."""
    words = {name: label_or_text(one) for name, one in error.standing.items() if isinstance(one, str)}
    return {name: _("Current value: %(words)s") % {"words": text} for name, text in words.items()}


def case_form(form: str = "", *, named_by: str = "form") -> Callable[[Handler[Inputs]], Handler[Inputs]]:
    """Decorates the handler of a form on the page of a case, which is shown again with what was refused.

    That page shows forms of every subject and so stands above them all: the application says which it is, as
    `app.state.show_case`.
    """
    return submit_or_redisplay(_case_again, form, named_by=named_by)


def case_shown_again(
    form: str = "", *, named_by: str = "form"
) -> Callable[[Handler[Inputs]], Handler[Inputs]]:
    """As `case_form`, for a handler that answers once by itself, after what takes too long for that."""
    return redisplayed(_case_again, form, named_by=named_by)


def _case_again(here: Here, *, typed: Typed, number: int, **_inputs: Any) -> Awaitable[Response[Any]]:  # noqa: ANN401
    shown: Awaitable[Response[Any]] = here.request.app.state.show_case(here, number, typed)
    return shown


async def shown_once(here: Here, page: Response[bytes]) -> Response[bytes]:
    """The page that answers a form itself, with a secret that is shown this once.

    What was typed is not brought back: the browser hears that it was accepted, as after a redirect.
    """
    page.cookies.extend(await form_keys.accepted(here.request))
    return page


def saved(page: str, anchor: str = "") -> Redirect:
    """Back to a page, which says that it was saved, at the part that was changed."""
    return Redirect(f"{page}?notice=saved{'#' + anchor if anchor else ''}", status_code=303)


def to_case(number: int, notice: str) -> Redirect:
    """Back to the case, which says what has been done, if anything was."""
    return Redirect(f"/cases/{number}{f'?notice={notice}' if notice else ''}", status_code=303)
