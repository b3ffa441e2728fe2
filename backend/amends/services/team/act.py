"""Who acts, and when: the first argument of every command."""

from dataclasses import dataclass
from datetime import datetime

from amends.services.team.members import Member


@dataclass(frozen=True, slots=True)
class Act:
    """A member acting at an instant (aware, UTC)."""

    by: Member
    now: datetime
