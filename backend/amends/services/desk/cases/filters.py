"""Filters of lists of cases, and the SQL conditions that they mean."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from amends.database import bound
from amends.rules.case import searches as rules
from amends.rules.case.searches import Question
from amends.rules.insight.case_facts import Event
from amends.rules.insight.counted import Counted, bits
from amends.rules.vocabulary import Outcome, Severity, Stage
from amends.services.case import searches
from amends.services.case.searches import Source
from amends.services.desk import forgotten
from amends.services.desk.forgotten import FORGOTTEN
from amends.tables.case import IN_DANGER

Sort = Literal["", "opened", "due", "-due", "stage", "-stage", "severity", "-severity", "owner", "-owner"]
"""By what a list is put in order, downwards with a minus; without a word the newest come first."""


class CaseFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases are asked for, and in which order; what is absent does not narrow.

    `late` ones are those of Today: an open stage then leaves out no closed case on which something goes on,
    and the latest come first. Words bring the newest first, too. Days are those of `zone`, the last one
    included. An outcome is that of closed cases, whatever the stage. `counted` are the cases behind a number
    of a report, on days of the team. `spoken` are the languages of cases that `language` means, as fr-CA is
    French: `lists` reads them, as it reads `field_keys`. `fields` are names of the team's own fields with the
    values that are asked for.
    """

    stage: Stage | Literal["open", "all"] = "open"
    owner: UUID | Literal["nobody"] | None = None
    severity: Severity | None = None
    platform: str | None = None
    theme: UUID | None = None
    location: UUID | None = None
    language: str | None = None
    outcome: Outcome | None = None
    opened_from: date | None = None
    opened_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    zone: str = "UTC"
    late: bool = False
    forgotten: bool = False
    came_back: bool = False
    danger: bool = False
    campaign: int | None = None
    counted: Counted | None = None
    counted_from: date | None = None
    counted_to: date | None = None
    spoken: tuple[str, ...] | None = None
    fields: tuple[tuple[str, str], ...] = ()
    field_keys: tuple[str, ...] = ()
    words: str = ""
    sort: Sort = ""

    @property
    def question(self) -> Question:
        """What the words ask for."""
        return rules.asked(self.words.strip())

    @property
    def order(self) -> Sort:
        """The order that is made: late cases and what words find have one of their own."""
        return "" if self.late or self.words.strip() else self.sort

    @property
    def is_quick(self) -> bool:
        """Whether an index leads to what fits: there is one filter at most, with an index of these stages.

        Several may fit many cases each and none together, which is known once all were read.
        """
        ordered = {self.owner, self.severity, self.location} - {None}
        of_all = {self.platform, self.theme, self.language, self.outcome} - {None}
        others = (self.opened_from, self.opened_to, self.due_from, self.due_to, self.campaign, self.counted)
        is_read = self.words or self.danger or (self.came_back and not self.is_open)
        narrowed = len(ordered) + len(of_all) + len(self.fields)
        if is_read or any(one is not None for one in others) or narrowed > 1:
            return False
        return not (of_all or self.fields) or self.stage == "all"

    @property
    def is_open(self) -> bool:
        """Whether only open cases can be among them."""
        return self.stage == "open" and self.outcome is None


OPEN = "c.stage <> 'closed'"
"""So written, both engines know their partial indexes."""
CLOSED = "c.stage = 'closed'"

ALL = Source(tables="case_file AS c", condition="", number="c.number")
"""Where nothing is looked for."""

OF_THEME = {
    # CROSS JOIN: SQLite begins with the theme's cases, which the index gives in the order of the numbers
    engine: Source(
        tables=f"case_theme AS t {join} case_file AS c ON c.number = t.number",
        condition="t.theme = :theme",
        number="t.number",
    )
    for engine, join in {"sqlite": "CROSS JOIN", "postgres": "JOIN"}.items()
}
"""Where those of one theme are asked for, the newest first."""
OF_FIELD = {
    engine: Source(
        tables=f"field_value AS v {join} case_file AS c ON c.number = v.number",
        condition="v.field = :field_0 AND v.key = :field_key_0",
        number="v.number",
    )
    for engine, join in {"sqlite": "CROSS JOIN", "postgres": "JOIN"}.items()
}
"""Where those with one value in a field are asked for, as with a theme; others narrow that."""
HAS_FIELD = """EXISTS (SELECT 1 FROM field_value AS w{place} WHERE w{place}.number = c.number
AND w{place}.field = :field_{place} AND w{place}.key = :field_key_{place})"""
HAS_THEME = "EXISTS (SELECT 1 FROM case_theme AS t WHERE t.number = c.number AND t.theme = :theme)"
COUNTED_DAYS = "day >= :counted_from AND day <= :counted_to"
COUNTED_FLAGS = (
    f"c.number IN (SELECT number FROM case_fact WHERE {COUNTED_DAYS} AND (flags & :bits) = :set_bits)"  # noqa: S608
)
COUNTED_EVENT = f"c.number IN (SELECT number FROM case_event WHERE event = :event AND {COUNTED_DAYS})"  # noqa: S608
OF_CAMPAIGN = """c.id IN (
    SELECT l."case" FROM campaign AS k JOIN campaign_case AS l ON l.campaign = k.id
    WHERE k.number = :campaign AND l.linked
)"""
SPOKEN = "(c.lang = :language OR c.lang LIKE :variants)"


NAMED = ("stage", "owner", "severity", "platform", "theme", "location")
"""Filters whose values stand in the conditions as they are."""


def _spoken(filters: CaseFilters) -> str:
    """Cases in a language: where that is one word alone, an index gives them in their order."""
    if filters.spoken is None:
        return SPOKEN
    each = (f"c.lang = :lang_{place}" for place in range(len(filters.spoken)))
    return f"({' OR '.join(each) or '1 = 0'})"


def source(filters: CaseFilters) -> Source:
    """What the engine had best begin with: the words, else the theme, unless the order is another one."""
    if filters.question:
        return searches.source(filters.question)
    is_newest_first = not filters.late and not filters.order
    if filters.theme and is_newest_first:
        return OF_THEME[bound().engine_type]
    return OF_FIELD[bound().engine_type] if filters.fields and is_newest_first else ALL


def conditions(filters: CaseFilters, source: Source) -> list[str]:
    """Texts of ours that name the values; strangers' words are values. Signs alone are nobody's words."""
    only_signs = bool(filters.words.strip()) and not filters.question
    narrowing = (
        (filters.outcome is not None, f"{CLOSED} AND c.outcome = :outcome"),
        (isinstance(filters.stage, Stage) and filters.outcome is None, "c.stage = :stage"),
        (filters.is_open and not filters.late, OPEN),
        (filters.owner == "nobody", "c.owner IS NULL"),
        (isinstance(filters.owner, UUID), "c.owner = :owner"),
        (filters.severity is not None, "c.severity = :severity"),
        (filters.location is not None, "c.location = :location"),
        (filters.platform is not None, "c.platform = :platform"),
        (filters.language is not None, _spoken(filters)),
        (filters.campaign is not None, OF_CAMPAIGN),
        (filters.came_back, "c.came_back_at IS NOT NULL"),
        (filters.danger, f"{OPEN} AND {IN_DANGER}"),
        (filters.counted is not None, COUNTED_EVENT if isinstance(filters.counted, Event) else COUNTED_FLAGS),
        (filters.forgotten, f"c.id IN ({FORGOTTEN})"),
        (source is not ALL, source.condition),
        (filters.theme is not None and source not in OF_THEME.values(), HAS_THEME),
        (only_signs, "1 = 0"),
    )
    found = [condition for asked, condition in narrowing if asked]
    return [*found, *_days(filters), *_fields(filters, source)]


def _fields(filters: CaseFilters, source: Source) -> Iterator[str]:
    begun = 1 if source in OF_FIELD.values() else 0
    for place in range(begun, len(filters.fields)):
        yield HAS_FIELD.format(place=place)


def _days(filters: CaseFilters) -> Iterator[str]:
    for name, column in (("opened", "c.opened_at"), ("due", "c.due_at")):
        for end, sign in (("from", ">="), ("to", "<")):
            if getattr(filters, f"{name}_{end}") is not None:
                yield f"{column} {sign} :{name}_{end}@"


async def values(filters: CaseFilters, *, now: datetime) -> dict[str, Any]:
    """The values that the conditions name."""
    return {
        **{name: getattr(filters, name) for name in NAMED},
        **{"outcome": filters.outcome, "now": now, "campaign": filters.campaign},
        **{"language": filters.language, "variants": f"{filters.language}-%"},
        **{f"lang_{place}": one for place, one in enumerate(filters.spoken or ())},
        **{
            f"{name}_from": _midnight(getattr(filters, f"{name}_from"), filters) for name in ("opened", "due")
        },
        **{f"{name}_to": _midnight(getattr(filters, f"{name}_to"), filters, 1) for name in ("opened", "due")},
        **{f"field_{place}": name for place, (name, _asked) in enumerate(filters.fields)},
        **{f"field_key_{place}": key for place, key in enumerate(filters.field_keys)},
        **_counted(filters),
        **(await forgotten.values(now) if filters.forgotten else {}),
        **searches.values(filters.question),
    }


def _counted(filters: CaseFilters) -> dict[str, Any]:
    days = {"counted_from": filters.counted_from or date.min, "counted_to": filters.counted_to or date.max}
    if filters.counted is None or isinstance(filters.counted, Event):
        return {**days, "event": filters.counted}
    mask, wanted = bits(filters.counted)
    return {**days, "bits": mask, "set_bits": wanted}


def _midnight(day: date | None, filters: CaseFilters, after: int = 0) -> datetime | None:
    """When a day begins, or so many days after it."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=after), time(), ZoneInfo(filters.zone))
