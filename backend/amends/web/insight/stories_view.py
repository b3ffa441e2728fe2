"""Case stories, ready to show."""

from datetime import datetime

import msgspec

from amends.i18n import gettext as _
from amends.rules.insight.stories import Texts
from amends.services.insight.stories import Proposal, StoryRow
from amends.web import dates
from amends.web.case.labels import OUTCOMES, STAGES
from amends.web.controls import Field, form_field
from amends.web.dates import Moment
from amends.web.insight.labels import stories as labels
from amends.web.page_kit import Typed


class StoryShown(msgspec.Struct, frozen=True, kw_only=True):
    """A kept story as the list shows it; `name` only with the person's agreement."""

    number: int
    href: str
    title: str
    said: str
    did: tuple[str, ...]
    ended: str
    before: str
    after: str
    days: str
    name: str
    gone_on: str
    kept: Moment
    kept_by: str


class StoryPage(msgspec.Struct, frozen=True, kw_only=True):
    """The form of one story; its agreement once it is kept."""

    number: int
    href: str
    version: int
    is_kept: bool
    fields: tuple[Field, ...]
    name: str
    agreed: str
    agreement: tuple[Field, ...]


def shown(row: StoryRow, *, now: datetime) -> StoryShown:
    """A story of the list."""
    texts = row.texts
    return StoryShown(
        number=row.number,
        href=_href(row.number),
        title=texts.title,
        said=texts.said,
        did=tuple(filter(None, texts.did.splitlines())),
        ended=texts.ended,
        before=_stars(row.rating_before, row),
        after=_stars(row.rating_after, row),
        days=labels.days(row.days) if row.days else "",
        name=row.name,
        gone_on=_gone_on(row),
        kept=dates.moment(row.kept_at, now=now),
        kept_by=row.kept_by.name if row.kept_by else "",
    )


def _gone_on(row: StoryRow) -> str:
    """As what its case stands now, where that is no end that can be told."""
    if not row.has_gone_on:
        return ""
    return _(OUTCOMES[row.outcome] if row.outcome else STAGES[row.stage])


def page(proposal: Proposal, typed: Typed) -> StoryPage:
    """The form of a case's story: what is kept, else what is proposed, else what was typed."""
    story = proposal.story
    return StoryPage(
        number=proposal.number,
        href=_href(proposal.number),
        version=story.version if story else 0,
        is_kept=story is not None,
        fields=_fields(story.texts if story else labels.proposed(proposal.facts), typed.of("story")),
        name=story.name if story else "",
        agreed=_agreed(story) if story and story.named else "",
        agreement=_agreement(proposal, typed.of("agreement")),
    )


def _href(number: int) -> str:
    return f"/stories/{number}"


def _stars(value: float | None, row: StoryRow) -> str:
    return labels.stars(value, row.rating_max) if value is not None else ""


def _fields(texts: Texts, typed: Typed) -> tuple[Field, ...]:
    kept = {name: getattr(texts, name) for name in ("title", "said", "did", "ended")}
    given = msgspec.structs.replace(typed, values={**kept, **typed.values})
    return (
        form_field("title", "line", _("Title"), given),
        form_field("said", "long", _("Before: what was said at first"), given),
        form_field("did", "long", _("What we did"), given, hint=_("One line for each step.")),
        form_field("ended", "long", _("After: how it ended"), given),
    )


def _agreed(story: StoryRow) -> str:
    told = {
        "name": story.name,
        "day": dates.day(story.agreed_on) if story.agreed_on else "",
        "how": story.agreed_how,
    }
    return _("Agreed to be named here as “%(name)s” on %(day)s: %(how)s") % told


def _agreement(proposal: Proposal, typed: Typed) -> tuple[Field, ...]:
    story = proposal.story
    kept = {
        "name": (story.name if story else "") or proposal.author,
        "on": story.agreed_on.isoformat() if story and story.agreed_on else "",
        "how": story.agreed_how if story else "",
    }
    given = msgspec.structs.replace(typed, values={**kept, **typed.values})
    hint = _("Such as: by mail, and where it is kept.")
    return (
        form_field("name", "line", _("Name that may appear here"), given),
        form_field("on", "day", _("They agreed on"), given),
        form_field("how", "line", _("How they agreed"), given, hint=hint),
    )
