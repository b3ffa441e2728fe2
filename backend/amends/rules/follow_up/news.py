"""News of a case: what is told at once, and until when it is true."""

from amends.rules.vocabulary import News, Severity, Stage


def of_opening(severity: Severity | None) -> News:
    """What is told of a case that has just been opened."""
    return News.URGENT if severity is Severity.S1 else News.NEW


def of_weighing(before: Severity | None, after: Severity | None) -> News | None:
    """What is told of a case that is weighed anew; None when it was an S1 before, or is none now."""
    return News.URGENT if after is Severity.S1 and before is not Severity.S1 else None


def is_true(news: News, *, stage: Stage, severity: Severity | None) -> bool:
    """Whether it is still so: an S1 that is open, a new case that nobody has decided about.

    A post that came back is news until its follow-up is settled, which the follow-up itself says.
    """
    if news is News.URGENT:
        return severity is Severity.S1 and stage is not Stage.CLOSED
    return stage is Stage.NEW if news is News.NEW else True
