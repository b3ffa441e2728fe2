"""API: cases found by the filters that the page of all cases has, paged by key."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from msgspec import Meta

from amends.i18n import gettext as _
from amends.rules.case import platforms
from amends.rules.insight.counted import WORDS
from amends.rules.vocabulary import FollowUpKind, Outcome, Severity, Stage, Turn
from amends.rules.workflow.steps import Reason, Step
from amends.services.case import fields, next_steps
from amends.services.desk import cases
from amends.services.desk.cases import CaseFilters, CaseRow
from amends.services.desk.cases.filters import Sort
from amends.services.team.names import Name
from amends.web.api.cases import address_of
from amends.web.api.kit import Asked, QueryUnusable, filled
from amends.web.api.paging import Paged, answered, cursor
from amends.web.security import Policy

StageAsked = Literal[
    "open", "all", "new", "acknowledge", "contact", "working", "waiting", "resolved", "second_chance",
    "checked_in", "escalated", "watched", "closed",
]  # fmt: skip
Day = Annotated[date | None, Meta(description="A day of the member’s time zone; the last one is included.")]


class CasesAsked(Paged, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which cases are asked for: what is absent does not narrow."""

    words: Annotated[
        str, Meta(max_length=200, description="Words to look for, as on the page; “#12” is a number.")
    ] = ""
    stage: Annotated[StageAsked, Meta(description="A stage, all open ones, or all.")] = "open"
    owner: Annotated[str, Meta(max_length=36, description="The id of a member, `me`, or `nobody`.")] = ""
    severity: Severity | None = None
    platform: Annotated[str, Meta(max_length=60, description="Such as `x` or `trustpilot`.")] = ""
    theme: Annotated[UUID | None, Meta(description="A theme, or a wider one with those under it.")] = None
    location: Annotated[UUID | None, Meta(description="A shop or brand of the team.")] = None
    language: Annotated[str, Meta(pattern="^([A-Za-z]{2,8})?$", description="Such as `fr`.")] = ""
    outcome: Annotated[Outcome | None, Meta(description="Closed cases that ended so.")] = None
    opened_from: Day = None
    opened_to: Day = None
    due_from: Day = None
    due_to: Day = None
    late: Annotated[bool, Meta(description="Only what is overdue on Today.")] = False
    came_back: Annotated[bool, Meta(description="The customer wrote again.")] = False
    danger: Annotated[bool, Meta(description="Open cases with somebody in danger.")] = False
    forgotten: Annotated[bool, Meta(description="Nobody has touched them for long.")] = False
    campaign: Annotated[int, Meta(ge=1, le=2**31 - 1, description="The number of a campaign.")] | None = None
    counted: Annotated[str, Meta(max_length=60, description="The cases behind a figure of a report.")] = ""
    counted_from: Day = None
    counted_to: Day = None
    fields: Annotated[
        str,
        Meta(
            max_length=240,
            pattern="^([a-z][a-z0-9_]*:.+)?$",
            description="A field of the team’s own and the value to find, such as `order_number:4711`.",
        ),
    ] = ""
    sort: Annotated[Sort, Meta(description="Downwards with a minus; else the newest first.")] = ""

    def filters(self, asked: Asked) -> CaseFilters:
        """The same for the service. Raises QueryUnusable."""
        name, _colon, value = self.fields.partition(":")
        own = {one: getattr(self, one) for one in CaseFilters.__struct_fields__ if one in SAME}
        return CaseFilters(
            **own,
            stage=self.stage if self.stage in ("open", "all") else Stage(self.stage),
            owner=self._owner(asked),
            platform=self._known("platform", platforms.is_platform_name(self.platform)),
            language=self.language or None,
            counted=WORDS[self.counted] if self._known("counted", self.counted in WORDS) else None,
            words=self.words.strip(),
            fields=((name, value),) if value else (),
            zone=asked.member.zone,
        )

    def _owner(self, asked: Asked) -> UUID | Literal["nobody"] | None:
        if self.owner in ("", "nobody"):
            return "nobody" if self.owner else None
        if self.owner == "me":
            return asked.member.id
        try:
            return UUID(self.owner)
        except ValueError:
            raise QueryUnusable(fields={"owner": _("Give the id of a member, me, or nobody.")}) from None

    def _known(self, name: str, is_known: bool) -> str | None:
        """What was given for a name, None for nothing."""
        given: str = getattr(self, name)
        if given and not is_known:
            raise QueryUnusable(fields={name: _("This value is not valid here. Check it.")})
        return given or None


OWN = ("stage", "owner", "platform", "language", "counted", "words", "zone", "fields")
SAME = frozenset(CaseFilters.__struct_fields__) & frozenset(CasesAsked.__struct_fields__) - frozenset(OWN)
"""The filters that are called and meant the same here and there; others are no matter of who asks."""


class StepSent(msgspec.Struct, frozen=True, kw_only=True):
    """What comes next on a case, as the member of the token sees it.

    `do` is the name of a move, or of what is done on a page; `reason` says why, `turn` who acts. `kind` is
    the follow-up that it does or waits for, `by` its date, `whose` the id of the member who was asked.
    """

    do: str
    reason: Reason
    turn: Turn
    kind: FollowUpKind | None
    by: datetime | None
    whose: UUID | None


class CaseListed(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One case as lists show it; a field of the case is sent by its name alone."""

    number: int
    url: str
    title: str
    stage: Stage
    outcome: Outcome | None
    severity: Severity | None
    platform: str
    lang: str
    author_name: str
    author_handle: str
    owner: Name | None
    location: Name | None
    due_at: datetime | None
    due_kind: FollowUpKind | None
    snoozed_until: datetime | None
    opened_at: datetime
    moved_at: datetime
    came_back_at: datetime | None
    public_replies: int
    next_step: StepSent | None


class CasesSent(msgspec.Struct, frozen=True):
    """Some cases, how many fit in all (as far as anybody counts), and the cursor of the page after."""

    cases: list[CaseListed]
    total: int
    next: str | None


async def listed(rows: Sequence[CaseRow], asked: Asked) -> list[CaseListed]:
    """Rows as they are sent, each with its next step."""
    viewer = await next_steps.viewer(asked.act, (row.facts for row in rows))
    return [
        filled(
            CaseListed,
            row,
            url=address_of(row.number, asked.settings),
            next_step=_step(viewer.step(row.facts, now=asked.now)),
        )
        for row in rows
    ]


def _step(step: Step) -> StepSent | None:
    return filled(StepSent, step) if step.named else None


@get(
    "/cases",
    operation_id="listCases",
    opt={"policy": Policy.TOKEN_READ, "query": CasesAsked},
    tags=["cases"],
)
async def index(asked: NamedDependency[Asked]) -> CasesSent:
    """Lists the cases that fit, newest first or in the order asked for.

    Filters are those of the page of all cases: what is late, whose it is, from when, about what. A parameter
    that is unknown, or whose value makes no sense, is refused.
    """
    wanted = asked.query(CasesAsked)
    filters = wanted.filters(asked)
    if {name for name, _value in filters.fields} - {one.name for one in await fields.everything()}:
        raise QueryUnusable(fields={"fields": _("There is no field of this name.")})
    before = wanted.number()
    found = await cases.page(filters, now=asked.now, before=before, limit=wanted.limit)
    following = cursor(found.next_before)
    total = await cases.total(filters, found, now=asked.now, before=before)
    page = CasesSent(await listed(found.rows, asked), total, following)
    return answered(asked, page, following)


routes = (index,)
