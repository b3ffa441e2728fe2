"""Jinja environment: globals, filters and `render`."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

import msgspec
from jinja2 import Environment, Template
from litestar import MediaType, Request, Response
from markupsafe import Markup

from amends import i18n
from amends.rules.case import platforms
from amends.rules.team.permissions import Permission
from amends.rules.vocabulary import Role
from amends.services.desk.first_steps import Reach
from amends.web import (
    compression,
    dates,
    form_keys,
    help_topics,
    marks,
    navigation,
    notices,
    placeholders,
    themes,
)
from amends.web.capture.labels import posts
from amends.web.case.labels import severity_title, severity_word
from amends.web.labels import count_label, label, reference
from amends.web.nudge import target_services
from amends.web.page_frame import Frame, frame
from amends.web.permitted import only_read, permitted
from amends.web.quick_jinja import escape
from amends.web.requests import page_here, visit
from amends.web.static_files import static
from amends.web.template_environment import bare_environment
from amends.web.workflow.labels import moves, threats

KEY_FIELD = Markup('<input type="hidden" name="form_key" value="{}">').format(placeholders.FORM_KEY)
"""The hidden field of a form behind a link, by which it is answered once."""

FORM_FIELDS = (
    Markup('<input type="hidden" name="csrf" value="{}">').format(placeholders.CSRF)
    + KEY_FIELD
    + Markup('<input type="hidden" name="page" value="{}">').format(placeholders.PAGE)
)
"""The hidden fields that every form of a member carries: R-30, its key, and the page that it stands on."""


@cache
def environment() -> Environment:
    """The one environment, with our words in it."""
    made = bare_environment()
    made.install_gettext_callables(  # type: ignore[attr-defined]
        i18n.gettext, i18n.ngettext, newstyle=True, pgettext=i18n.pgettext
    )
    made.globals.update(
        _=template_gettext,
        gettext=template_gettext,
        static=static,
        label=label,
        notice_words=notices.notice,
        verb=moves.verb,
        explanation=moves.explanation,
        flag_verb=threats.FLAG,
        flag_effect=threats.EFFECT,
        severity_title=severity_title,
        severity_word=severity_word,
        platform_label=platforms.label,
        platform_mark=marks.platform_mark,
        initials=marks.initials,
        navigation=navigation,
        part=posts.part,
        context_word=posts.context,
        language=i18n.language,
        query=query,
        piece=piece,
        pieces=pieces,
        target_services=target_services.SERVICES,
        field=field,
        drawn=drawn,
        nonce=placeholders.NONCE,
        csrf=lambda: FORM_FIELDS,
        form_key=lambda: KEY_FIELD,
        case_href=placeholders.CASE_HREF,
        case_version=placeholders.CASE_VERSION,
        case_step_why=placeholders.CASE_STEP_WHY,
    )
    made.filters.update(day=dates.day, number=i18n.number, count_label=count_label, reference=reference)
    return made


def compile_all() -> None:
    """Compile every template now, for an installation that nobody writes to later."""
    for name in environment().list_templates(filter_func=lambda name: name.endswith(".html")):
        environment().get_template(name)


@cache
def _template(name: str) -> Template:
    return environment().get_template(name)


async def render(
    request: Request[Any, Any, Any],
    template: str,
    *,
    status: int = 200,
    values: Mapping[Markup, object] | None = None,
    **context: Any,  # noqa: ANN401 - a template takes what its page gives
) -> Response[bytes]:
    """The page (or fragment) as an answer; the context is prepared structs and nothing else.

    Adds what every page knows of its request: nonce, csrf, member, path, notice; and the frame of a
    signed-in page, which a fragment that shows none of it gives as None. `values` are those of
    the page's own placeholders.
    """
    known = visit(request)
    if "frame" not in context and known.member is not None:
        context["frame"] = await frame(known.member, now=known.now)
    return framed(request, template, status=status, values=values, **context)


def framed(
    request: Request[Any, Any, Any],
    template: str,
    *,
    status: int,
    values: Mapping[Markup, object] | None = None,
    **context: Any,  # noqa: ANN401 - a template takes what its page gives
) -> Response[bytes]:
    """As `render`, where nothing can be awaited: with the frame that the context gives, or none."""
    page = _template(template).render(around(request, context.get("frame")) | context)
    own = {**values_of(request), **(values or {})}
    member, shown = visit(request).member, placeholders.replaced(page, own)
    if member is not None and not member.may(Permission.WORK):
        shown = permitted(shown.decode(), request.app, member).encode()
    if context.get("is_only_read"):
        shown = only_read(shown.decode(), request.app).encode()
    sent, headers = compression.compressed(request, shown)
    return Response(sent, media_type=MediaType.HTML, status_code=status, headers=headers)


def values_of(request: Request[Any, Any, Any]) -> dict[Markup, object]:
    """The placeholders that every page has, with their values for this request."""
    known = visit(request)
    return {
        placeholders.NONCE: known.nonce,
        placeholders.CSRF: known.csrf_token,
        placeholders.FORM_KEY: form_keys.keys(known),
        placeholders.PAGE: page_here(request),
    }


def template_gettext(message: str, **values: object) -> Markup:
    """A text of a template in the reader's language; what is put into it is escaped.

    Jinja's own asks its context for each text, and there are dozens on every page.
    """
    spoken = i18n.language()
    if not values:
        return _kept_whole(message, spoken)
    # Markup's own % wraps each value in an object
    safe = {name: value if type(value) is int else escape(value) for name, value in values.items()}
    return Markup(str(_kept_text(message, spoken)) % safe)  # noqa: S704 - every value was escaped


@lru_cache(maxsize=2048)
def _kept_text(message: str, _spoken: str) -> Markup:
    return Markup(i18n.gettext(message))  # noqa: S704 - our own words


@lru_cache(maxsize=2048)
def _kept_whole(message: str, spoken: str) -> Markup:
    """A text into which nothing is put; a % of its own is written twice in it, as in the others."""
    return _kept_text(message, spoken) % {}


def piece(template: str, shown: msgspec.Struct) -> Markup:
    """A part of a page that follows from one frozen struct alone: rendered once, and kept.

    What an answer has of its own, its nonce for instance, is a placeholder until the whole page is there.
    """
    return _kept_part(template, shown, i18n.language())


@lru_cache(maxsize=256)  # a post can be long
def _kept_part(template: str, shown: msgspec.Struct, _spoken: str) -> Markup:
    return _rendered(template, shown)


def pieces(template: str, several: Iterable[msgspec.Struct]) -> Markup:
    """Several of them, such as the cards of a list: most of a list is what it was a moment ago."""
    spoken = i18n.language()
    return Markup("\n".join([_kept_piece(template, shown, spoken) for shown in several]))  # noqa: S704


def field(scope: str, given: msgspec.Struct) -> Markup:
    """One field of a form: the same fields stand on nearly every case."""
    return _kept_field(scope, given, i18n.language())


@lru_cache(maxsize=1024)
def _kept_field(scope: str, given: msgspec.Struct, _spoken: str) -> Markup:
    module: Any = _template("macros/fields.html").module
    return Markup(module.field(scope, given))  # noqa: S704 - it was escaped


def drawn(macro: str, *values: str | bool) -> Markup:
    """A small thing of `macros/shown.html`, as the letters of a platform: few different ones fill a list."""
    return _kept_drawing(macro, values, i18n.language())


@lru_cache(maxsize=2048)
def _kept_drawing(macro: str, values: tuple[str | bool, ...], _spoken: str) -> Markup:
    module: Any = _template("macros/shown.html").module
    return Markup(getattr(module, macro)(*values))  # noqa: S704 - it was escaped


@lru_cache(maxsize=2048)
def _kept_piece(template: str, shown: msgspec.Struct, _spoken: str) -> Markup:
    return _rendered(template, shown)


def _rendered(template: str, shown: msgspec.Struct) -> Markup:
    return Markup(_template(template).render(shown=shown))  # noqa: S704 - it was escaped


class Shell(msgspec.Struct, frozen=True):
    """What the frame of a page shows: the same for many pages of one member."""

    name: str
    email: str
    leads: bool
    theme: str
    place: str
    topic: str
    overdue: int
    triage: int
    drafts: int
    mails: int
    has_mail: bool
    worker_late: bool
    failing: tuple[str, ...]
    unreached: str
    untrusted_proxy: str
    notice: str


def _unreached(frame: Frame | None, path: str) -> str:
    """How little is known to arrive; empty where something does, and on the pages that add a destination."""
    if frame is None or frame.reach is Reach.PROVEN or path.startswith("/setup"):
        return ""
    return frame.reach.value


def around(request: Request[Any, Any, Any], frame: Frame | None) -> dict[str, Any]:
    """What every page knows of the request that asked for it."""
    member, path, notice = visit(request).member, request.scope["path"], request.query_params.get("notice")
    shell = Shell(
        name=member.name if member else "",
        email=member.email if member else "",
        leads=member is not None and member.role.reaches(Role.LEAD),
        theme=themes.theme_of(request.scope),
        place=navigation.place_of(path),
        topic=help_topics.topic_of(path) if member else "",
        overdue=frame.overdue if frame else 0,
        triage=frame.triage if frame else 0,
        drafts=frame.drafts if frame else 0,
        mails=frame.mails if frame else 0,
        has_mail=frame is not None and frame.has_mail,
        worker_late=frame is not None and frame.worker_late,
        failing=frame.failing if frame else (),
        unreached=_unreached(frame, path),
        untrusted_proxy=visit(request).untrusted_proxy if member and member.role is Role.ADMIN else "",
        notice=notices.notice(notice),
    )
    known = {"member": member, "path": path, "notice": notice, "frame": frame, "shell": shell}
    if member and shell.place == "/settings":
        known["settings_nav"] = navigation.settings_nav(request.app, member, path)
    return known


def wants_fragment(request: Request[Any, Any, Any]) -> bool:
    """Whether htmx asks for the part of the page that changes, and not for a page from its history."""
    asked = request.headers
    return asked.get("hx-request") == "true" and "hx-history-restore-request" not in asked


def query(values: Mapping[str, object], **changes: object) -> str:
    """A query string of these values with some changed; what is None or empty is left out."""
    kept = {name: value for name, value in {**values, **changes}.items() if value not in (None, "", False)}
    return "?" + urlencode(kept) if kept else ""
