"""Reading of case stories: the list, and the one of a case."""

from datetime import date, datetime
from typing import Annotated

import msgspec

from amends.database import Selected, columns_of, converter, read
from amends.rules.insight.stories import Texts, may_be_told
from amends.rules.vocabulary import Outcome, Stage
from amends.services.team.names import Name

MOST_LISTED = 100
PARTS = ("title", "said", "did", "ended")
"""The parts of a story by name."""


class StoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A kept story; its own words are anonymous, `named` has others while the person agrees."""

    number: Annotated[int, Selected("c.number")]
    stage: Annotated[Stage, Selected("c.stage")]
    outcome: Annotated[Outcome | None, Selected("c.outcome")]
    version: int
    title: str
    said: str
    did: str
    ended: str
    rating_before: float | None
    rating_after: float | None
    rating_max: float | None
    days: int
    named: dict[str, str] | None
    agreed_on: date | None
    agreed_how: str
    kept_by: Annotated[Name | None, Selected("s.kept_by", join="keeper")]
    kept_at: datetime

    @property
    def name(self) -> str:
        """Under which the person agreed to stand here; nothing without their agreement."""
        return self.named["name"] if self.named else ""

    @property
    def has_gone_on(self) -> bool:
        """Whether its case no longer has an end that can be told: it was opened again, or merged."""
        return not may_be_told(self.stage, self.outcome)

    @property
    def texts(self) -> Texts:
        """The words to show."""
        return Texts(**{part: self.named[part] for part in PARTS}) if self.named else self.anonymous

    @property
    def anonymous(self) -> Texts:
        """The words that name nobody, kept whether the person agrees or not."""
        return Texts(title=self.title, said=self.said, did=self.did, ended=self.ended)


SHOWN = columns_of(StoryRow, table="s")
FROM = """
FROM case_story AS s LEFT JOIN case_file AS c ON c.id = s."case"
LEFT JOIN member AS keeper ON keeper.id = s.kept_by
"""
"""LEFT, although each has its case: SQLite then begins with the few stories, not with all cases."""
LISTED = f"SELECT {SHOWN} {FROM} ORDER BY s.kept_at DESC, s.id LIMIT {MOST_LISTED}"
ONE = f"SELECT {SHOWN} {FROM} WHERE c.number = :number"


async def listed() -> list[StoryRow]:
    """The kept stories, the newest first."""
    return await read(converter(StoryRow), LISTED)


async def find(number: int) -> StoryRow | None:
    """The story of a case, if one is kept."""
    found: list[StoryRow] = await read(converter(StoryRow), ONE, number=number)
    return found[0] if found else None
