"""What a rule by condition would have done with the last cases."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from amends.database import Selected, columns_of, converter, read
from amends.rules.capture import case_rules as rules
from amends.rules.capture.case_rules import Arrival
from amends.rules.vocabulary import Nature, Severity
from amends.services.capture.case_rules import RuleShown

PREVIEWED = 100
"""Of the newest cases, against which a rule is tried before it is switched on."""


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """One of the last cases, as it came in, and what stands there now where the rule would set something."""

    number: int
    title: str
    nature: Nature | None
    platform: str
    lang: str
    text: Annotated[str, Selected("SUBSTR(capture.title || ' ' || capture.text, 1, 20000)")]
    rating: Annotated[float | None, Selected("capture.rating")]
    rating_max: Annotated[float | None, Selected("capture.rating_max")]
    location: UUID | None
    url: Annotated[str, Selected("capture.url")]
    page_url: Annotated[str, Selected("COALESCE(capture.page_url, '')")]
    opened_at: datetime
    owner: Annotated[str, Selected("COALESCE(member.name, '')")]
    severity: Severity | None
    has_theme: Annotated[
        bool,
        Selected("EXISTS (SELECT 1 FROM case_theme AS t WHERE t.number = c.number AND t.theme = :theme)"),
    ]
    has_playbook: Annotated[
        bool,
        Selected(
            """EXISTS (SELECT 1 FROM checklist AS s WHERE s."case" = c.id AND s.playbook = :playbook)"""
        ),
    ]
    value: Annotated[
        str,
        Selected(
            "COALESCE((SELECT v.value FROM field_value AS v "
            "WHERE v.number = c.number AND v.field = :field), '')"
        ),
    ]


LATEST = f"""
SELECT {columns_of(Past, table="c")} FROM (
    SELECT c.*, (SELECT k.id FROM post JOIN capture AS k ON k.post = post.id WHERE post."case" = c.id
        ORDER BY k.received_at LIMIT 1) AS first
    FROM case_file AS c ORDER BY c.number DESC LIMIT {PREVIEWED}
) AS c JOIN capture ON capture.id = c.first LEFT JOIN member ON member.id = c.owner ORDER BY c.number DESC
"""  # noqa: S608 - a statement of ours


async def preview(rule: RuleShown) -> tuple[list[Past], int]:
    """Of the last cases, those that a rule would have met, the newest first, and how many were tried."""
    sets = {name: getattr(rule, name) for name in ("theme", "playbook", "field")}
    last = await read(converter(Past), LATEST, **sets)
    met = [one for one in last if rules.matches(rule, _arrival(one))]
    return met, len(last)


def _arrival(one: Past) -> Arrival:
    return Arrival(
        platform=one.platform,
        language=one.lang,
        text=one.text,
        rating=one.rating,
        rating_max=one.rating_max,
        location=one.location,
        addresses=(one.url, one.page_url),
    )
