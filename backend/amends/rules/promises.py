"""Do we do what we said we would, by when we said it? (P31)"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """How the promises of a stretch of time ended: on time, too late, not at all; or they are still open."""

    kept: int = 0
    late: int = 0
    broken: int = 0
    open: int = 0

    @property
    def ended(self) -> int:
        """Those of which something can be said."""
        return self.kept + self.late + self.broken

    @property
    def share(self) -> float | None:
        """The part that was kept on time, 0 to 1; None while none has ended."""
        return self.kept / self.ended if self.ended else None
