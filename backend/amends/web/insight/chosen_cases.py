"""Form of the cases that belong to a problem, an incident or a campaign: ticked, or by number."""

import msgspec

from amends.rules.desk.case_numbers import numbers_in


class CasesForm(msgspec.Struct):
    """Cases that were ticked, and others by number."""

    ticked: list[int] = []
    cases: str = ""

    @property
    def numbers(self) -> frozenset[int]:
        """All of them, each once."""
        return numbers_in(self.cases) | set(self.ticked)
