"""What a number of a report counts, as a word: the list behind the number asks by the same one."""

from enum import StrEnum

from amends.rules.insight.case_facts import Event, Flag

BITS = {flag: 1 << place for place, flag in enumerate(Flag)}
"""One bit for each flag as it is kept: so a list of cases is found by any of them."""


class Lack(StrEnum):
    """What a case lacks."""

    UNANSWERED = "unanswered"
    """Neither answered nor left in silence on purpose."""
    LATE_ANSWER = "late_answer"
    """Answered after the date by which an answer was owed."""


Counted = Flag | Lack | Event
WORDS: dict[str, Counted] = {str(one): one for kind in (Flag, Lack, Event) for one in kind}
"""What may stand in an address."""
LACKS: dict[Lack, tuple[tuple[Flag, ...], tuple[Flag, ...]]] = {
    Lack.UNANSWERED: ((), (Flag.ANSWERED, Flag.SILENT)),
    Lack.LATE_ANSWER: ((Flag.ANSWERED,), (Flag.IN_TERM,)),
}
"""The flags that a case has, and those that it has not."""


def bits(counted: Flag | Lack) -> tuple[int, int]:
    """Which of the flags of a case are looked at, and how they are."""
    present, absent = ((counted,), ()) if isinstance(counted, Flag) else LACKS[counted]
    wanted = sum(BITS[flag] for flag in present)
    return wanted | sum(BITS[flag] for flag in absent), wanted
