"""Marks of one or two letters: initials of a member, and the letters of a platform."""

from amends.rules.case.platforms import label


def initials(name: str) -> str:
    """The first letters of the first and of the last word of a name; a question mark for no name."""
    words = [word for word in name.split() if word[0].isalnum()] or list(filter(None, [name.strip()]))
    ends = words[:1] if len(words) == 1 else [*words[:1], *words[-1:]]
    return "".join(word[0] for word in ends).upper() or "?"


def platform_mark(platform: str) -> str:
    """The letters that stand for a platform: two capitals of its label (YT), or its first two."""
    name = label(platform).strip()
    capitals = [letter for letter in name if letter.isupper()]
    if len(capitals) > 1:
        return "".join(capitals[:2])
    return name[:1].upper() + name[1:2].lower()
