"""Authorisation: route policies, default deny; CSRF and origin checks."""

import hmac
from enum import Enum

from litestar import Request
from litestar.handlers import BaseRouteHandler

from amends import logs
from amends.errors import Forbidden
from amends.i18n import gettext as _
from amends.i18n import set_language
from amends.rules.team.permissions import Permission
from amends.rules.team.scopes import SCOPES as WHAT_SCOPES_ALLOW
from amends.rules.team.scopes import Scope
from amends.services.case import sensitive_openings
from amends.services.team import browsers
from amends.services.team.members import Act, Member
from amends.web.rate_limits import Buckets, Left, TooFast
from amends.web.requests import FORMS, Connection, Visit, address_parts, read_form_page, site, visit

log = logs.logger(__name__)

LONGEST_OF_STRANGERS = 200_000
"""Bytes."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Policy(Enum):
    """Who may call a route; each handler declares one: `opt={"policy": Policy.SIGNED_IN}`."""

    PUBLIC = "anybody, by a page"
    PAIRING = "whoever has a pairing code, from an extension"
    SIGNED_IN = "a member, by their session; what changes something, no reader"
    ACCOUNT = "a member, by their session, for what is their own"
    WORK = "a member who is no reader, by their session"
    LEAD = "a lead or an admin, by their session"
    ADMIN = "an admin, by their session"
    RECORDS = "a lead, an admin or a reader, by their session"
    LOG = "an admin, or a reader where an admin lets them, by their session"
    TOKEN = "a browser or a program, by its token"  # noqa: S105
    TOKEN_CAPTURE = "a browser or a program whose token may capture"  # noqa: S105
    TOKEN_READ = "a browser or a program whose token may read cases"  # noqa: S105
    TOKEN_REPLY = "a browser or a program whose token may see and mark public replies"  # noqa: S105
    TOKEN_TIMELINE = "a program whose token may read what was said"  # noqa: S105
    TOKEN_WRITE = "a program whose token may change cases"  # noqa: S105
    TOKEN_PEOPLE = "a program whose token may read who wrote"  # noqa: S105
    TOKEN_PEOPLE_WRITE = "a program whose token may change what is known of people"  # noqa: S105
    TOKEN_INSIGHTS = "a program whose token may read insights, problems and incidents"  # noqa: S105
    TOKEN_INSIGHTS_WRITE = "a program whose token may open, change and end problems and incidents"  # noqa: S105
    TOKEN_REPLIES_WRITE = "a lead’s program whose token may write prepared replies"  # noqa: S105
    TOKEN_TEAM = "a program whose token may read the team"  # noqa: S105
    METRICS = "a monitor, by the token of the settings"


NEEDED = {
    Policy.SIGNED_IN: Permission.WORK,
    Policy.ACCOUNT: Permission.ACCOUNT,
    Policy.WORK: Permission.WORK,
    Policy.LEAD: Permission.LEAD,
    Policy.ADMIN: Permission.ADMINISTER,
    Policy.RECORDS: Permission.READ_RECORDS,
    Policy.LOG: Permission.READ_LOG,
}
"""What a member must be allowed for a route; a page that any member may open is read, not worked on."""
SCOPES = {
    Policy.TOKEN: None,
    Policy.TOKEN_CAPTURE: Scope.CAPTURE_WRITE,
    Policy.TOKEN_READ: Scope.CASES_READ,
    Policy.TOKEN_REPLY: Scope.CASES_REPLY,
    Policy.TOKEN_TIMELINE: Scope.TIMELINE_READ,
    Policy.TOKEN_WRITE: Scope.CASES_WRITE,
    Policy.TOKEN_PEOPLE: Scope.PEOPLE_READ,
    Policy.TOKEN_PEOPLE_WRITE: Scope.PEOPLE_WRITE,
    Policy.TOKEN_INSIGHTS: Scope.INSIGHTS_READ,
    Policy.TOKEN_INSIGHTS_WRITE: Scope.INSIGHTS_WRITE,
    Policy.TOKEN_REPLIES_WRITE: Scope.REPLIES_WRITE,
    Policy.TOKEN_TEAM: Scope.TEAM_READ,
}
"""The scope that a token needs; None where any token will do."""


class NoPolicy(Forbidden):
    "This address is not available."


class NotSignedIn(Forbidden):
    """Sign in first."""

    status = 401


class TokenIsNotGood(Forbidden):
    """The token is unknown, revoked or expired."""

    status = 401


class TokenIsMissing(Forbidden):
    "The request has no token."

    status = 401


class NotYourRole(Forbidden):
    """Your role does not allow this."""


class SecondFactorMissing(Forbidden):
    "Your team wants a second factor from you. Set it up under Settings, Password and sessions."


WITHOUT_FACTOR = (
    "/settings/sign-in",
    "/settings/second-factor",
    "/settings/passkeys",
    "/sign-out",
    "/confirm",
    "/help",
)
"""What somebody reaches who has to set up a second factor first."""


class OutOfScope(Forbidden):
    "This token does not allow this."


class ForeignForm(Forbidden):
    """This form was not sent from a page of this site."""


async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
    """Lets a request through that the route's policy allows; a route without a policy is closed (R-33).

    A cookie is never looked at where a token is asked for, nor a token where a session is.
    """
    policy = handler.opt.get("policy")
    if not isinstance(policy, Policy):
        log.error("route without a policy", route=str(handler))
        raise NoPolicy
    known = visit(connection)
    if policy is Policy.PAIRING:
        site(connection).pairings.take(known.network, now=known.now)
    elif policy is Policy.METRICS:
        _check_metrics_token(connection)
    elif policy in SCOPES:
        await _check_token(connection, policy)
    else:
        await _check_session(connection, policy)


async def _check_session(connection: Connection, policy: Policy) -> None:
    is_unsafe = connection.scope.get("method") not in SAFE_METHODS
    if is_unsafe:
        check_origin(connection)
    if policy is Policy.PUBLIC:
        return
    if is_unsafe and _is_short(connection):
        await read_form_page(connection)
    member = visit(connection).member
    if member is None:
        raise NotSignedIn(_("Sign in first."))
    if is_unsafe:
        await _check_form_token(connection)
    if not member.may(needed(policy, str(connection.scope.get("method")))):
        await _note_refusal(connection, member)
        raise _not_yours(member)
    if member.lacks_factor and not str(connection.scope["path"]).startswith(WITHOUT_FACTOR):
        raise SecondFactorMissing(
            _("Your team wants a second factor from you. Set it up under Settings, Password and sessions.")
        )


def needed(policy: Policy, method: str) -> Permission:
    """What a member must be allowed to call a route of this policy by a method."""
    is_read = policy is Policy.SIGNED_IN and method in SAFE_METHODS
    return Permission.READ if is_read else NEEDED[policy]


def _not_yours(member: Member) -> NotYourRole:
    if not member.may(Permission.WORK):
        return NotYourRole(
            _("You are a reader: you may read cases and figures, and change nothing. Ask an admin.")
        )
    return NotYourRole(_("Your role does not allow this. Ask an admin."))


async def _note_refusal(connection: Connection, member: Member) -> None:
    """Who was refused something of a sensitive case stands in the audit log."""
    path, number = str(connection.scope["path"]), connection.path_params.get("number")
    if path.startswith("/cases/") and isinstance(number, int):
        await sensitive_openings.note_refusal(Act(member, visit(connection).now), number, path)


def _is_short(connection: Connection) -> bool:
    """A stranger's form is read to know where it stood, but no long one."""
    length = connection.headers.get("content-length", "")
    return visit(connection).member is not None or (
        length.isdecimal() and int(length) <= LONGEST_OF_STRANGERS
    )


async def _check_token(connection: Connection, policy: Policy) -> None:
    known = visit(connection)
    token = _bearer(connection)
    if not token:
        raise TokenIsMissing(
            _("The request has no token. If one was sent, a proxy removed the Authorization header.")
        )
    holder = await browsers.member_of(token, now=known.now)
    if holder is None:
        raise TokenIsNotGood(
            _("This browser is not, or no longer, paired. Pair it again on the pairing page.")
        )
    known.holder = holder
    set_language(holder.member.language)
    scope = SCOPES[policy]
    if not holder.member.may(WHAT_SCOPES_ALLOW[scope].needs if scope else Permission.ACCOUNT):
        raise _not_yours(holder.member)
    if scope is not None and scope not in holder.scopes:
        sentence = _("This token lacks the scope %(scope)s. Create another one.")
        raise OutOfScope(sentence % {"scope": scope.value})
    shared = site(connection)
    own = {Policy.TOKEN_CAPTURE: shared.captures, Policy.TOKEN_REPLY: shared.replies}
    _take(known, own.get(policy, shared.programs), str(holder.browser_id))


def _take(known: Visit, bucket: Buckets, key: str) -> None:
    """One of what a token may ask; the answer says what is left, a refusal too. Raises TooFast."""
    try:
        known.left = bucket.take(key, now=known.now)
    except TooFast as refused:
        known.left = Left(bucket.quota, 0, int(str(refused.extra["retry_after"])))
        raise


def _check_metrics_token(connection: Connection) -> None:
    """The one token of the settings, compared in a time that tells nothing of it."""
    wanted = site(connection).settings.metrics_token
    given = _bearer(connection)
    if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise TokenIsNotGood(_("Send the value of AMENDS_METRICS_TOKEN as a bearer token."))


def _bearer(connection: Connection) -> str:
    kind, _space, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def check_origin(connection: Connection) -> None:
    """The browser's own word on where a request comes from (R-30). Raises ForeignForm.

    A request that says nothing at all is refused: every browser of these years says something.
    """
    sent_from = connection.headers.get("sec-fetch-site")
    is_own = sent_from in ("same-origin", "none") if sent_from else _is_own_origin(connection)
    if not is_own:
        raise ForeignForm(_("This form was not sent from a page of this site. Open the page and try again."))


def _is_own_origin(connection: Connection) -> bool:
    """The address that people type, or the other name of this machine by which the page was opened."""
    origin = connection.headers.get("origin", "")
    if origin == site(connection).settings.base_url:
        return True
    parts = address_parts(origin)
    return parts.scheme == "http" and parts.netloc == connection.headers.get("host", "") != ""


async def _check_form_token(connection: Connection) -> None:
    given = connection.headers.get("x-csrf-token", "")
    if not given and isinstance(connection, Request) and connection.content_type[0] in FORMS:
        given = str((await connection.form()).get("csrf", ""))
    if not given or not hmac.compare_digest(given.encode(), visit(connection).csrf_token.encode()):
        raise ForeignForm(_("This page is out of date. Reload it, then send the form again."))


def member_here(request: Connection) -> Member:
    """Whoever this request acts for, by session or by token. Raises NotSignedIn."""
    known = visit(request)
    member = known.holder.member if known.holder else known.member
    if member is None:
        raise NotSignedIn(_("Sign in first."))
    return member
