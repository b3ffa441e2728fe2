"""Fields of a new case."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.rules.capture.addresses import platform_of
from amends.rules.case.platforms import PLATFORMS, WEB, label
from amends.services.team.locations import LocationShown
from amends.web.case.labels import SEVERITIES, severity_label, severity_title
from amends.web.controls import Control, Field
from amends.web.page_kit import Typed

STARS = 5
MORE = ("title", "platform", "posted_at", "rating", "picture")


class NewCasePage(msgspec.Struct, frozen=True, kw_only=True):
    """The form: what is asked first, who wrote it, what may be added, and what we think of it."""

    form_id: UUID
    problem: str
    post: list[Field]
    author: list[Field]
    more: list[Field]
    ours: list[Field]
    picture_error: str
    more_open: bool


def new_case_page(form_id: UUID, typed: Typed, locations: Sequence[LocationShown]) -> NewCasePage:
    """The page for a member, with a sentence beside each field that was wrong."""
    return NewCasePage(
        form_id=form_id,
        problem=typed.problem,
        post=_post_fields(typed),
        author=[
            _field("author", "line", _("Author"), typed),
            _field("handle", "line", _("Handle"), typed, hint=_("For example @name.")),
        ],
        more=_more_fields(typed),
        ours=[
            _field("severity", "select", _("Severity"), typed, options=_severities()),
            *_location(typed, locations),
            _field("note", "long", _("Note"), typed, hint=_("For your colleagues. Saved with the post.")),
        ],
        picture_error=typed.errors.get("picture", ""),
        more_open=any(name in typed.errors or typed.values.get(name) for name in MORE),
    )


def _location(typed: Typed, locations: Sequence[LocationShown]) -> list[Field]:
    """Where the team has any; without a choice the address tells it."""
    options = [(str(one.id), one.name) for one in locations]
    hint = _("If empty, by the page of the post.")
    field = _field("location", "select", _("Location or brand"), typed, hint=hint, options=options)
    return [field] if options else []


def _post_fields(typed: Typed) -> list[Field]:
    hint = _("Open the post itself and copy its address. Leave empty if it has none.")
    return [
        _field("url", "url", _("Address of the post"), typed, hint=hint),
        _field("text", "long", _("What does it say?"), typed),
    ]


def _more_fields(typed: Typed) -> list[Field]:
    stars = [
        (str(given), _("%(value)s out of %(most)s") % {"value": given, "most": STARS})
        for given in range(1, STARS + 1)
    ]
    return [
        _field("title", "line", _("Title"), typed),
        _field("platform", "select", _("Platform"), typed, hint=_guess(typed), options=_platforms()),
        _field("posted_at", "moment", _("When was it posted?"), typed, hint=_("In your time zone.")),
        _field("rating", "select", _("Rating"), typed, options=stars),
    ]


def _guess(typed: Typed) -> str:
    """What we take for the platform when nobody chooses one."""
    url: str = typed.values.get("url", "")
    if not url:
        return _("If empty, taken from the address.")
    return _("From the address: %(platform)s.") % {"platform": label(platform_of(url))}


def _platforms() -> list[tuple[str, str]]:
    return [(name, label(name)) for name in (*PLATFORMS, WEB)]


def _severities() -> list[tuple[str, str]]:
    return [(one.value, f"{severity_label(one)} · {severity_title(one)}") for one in SEVERITIES]


def _field(
    name: str,
    control: Control,
    label: str,
    typed: Typed,
    *,
    hint: str = "",
    options: Sequence[tuple[str, str]] = (),
) -> Field:
    return Field(
        name=name,
        control=control,
        label=label,
        hint=hint,
        required=False,
        value=typed.values.get(name, ""),
        error=typed.errors.get(name, ""),
        options=tuple(options),
        unmarked=True,
    )
