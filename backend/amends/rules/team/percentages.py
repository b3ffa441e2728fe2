"""Percentages: one rule of rounding for every share that is shown."""


def percent(part: int, whole: int) -> int:
    """A part in hundredths of a whole, rounded to the nearest; 100 only of all, 0 only of none.

    So 199 of 200 is 99 and 1 of 1,000 is 1; of nothing 0. What the parts of one whole show may differ from
    100 by as much as they were rounded.
    """
    if not whole:
        return 0
    nearest = (200 * part + whole) // (2 * whole)
    return nearest if part in (0, whole) else max(1, min(99, nearest))
