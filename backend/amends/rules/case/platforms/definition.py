"""Row types of the table of platforms: a platform and the forms of its posts' addresses."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from amends.rules.vocabulary import PostKind


class SiteKind(StrEnum):
    """What a site is for; where an answer is expected in days, and which prepared replies fit."""

    SOCIAL = "social"
    REVIEWS = "reviews"
    FORUMS = "forums"


class Form(NamedTuple):
    """One form of a platform's addresses.

    Patterns name what they find; `url` and `id` are built from those names, from {site} (the host without
    www) and {origin} (scheme and host as they are).
    """

    path: str
    """The path from its start, unescaped, up to a slash or the end."""
    url: str
    id: str = "{id}"
    """Empty for a page that holds several posts, such as a shop's: its address is folded but names none."""
    kind: PostKind | None = PostKind.POST
    """What the address names; None when posts and comments share the form."""
    query: Mapping[str, str] = {}
    """Parameters that must be there."""
    fragment: str = ""
    site: str = ""
    """The only host the form is for, if not all of the platform's."""
    within: tuple[str, ...] = ()
    """Parameters that name a comment below the post; the last that is there gives the id."""
    lower: bool = False
    """Whether the id means the same in capitals."""


class Platform(NamedTuple):
    """One row of the table of platforms."""

    name: str
    """As it is stored and sent; a capture's `platform`."""
    label: str
    """As people call it, in every language."""
    kind: SiteKind
    hosts: str = ""
    """Hosts of its pages, separated by blanks; views before them (www, m, fr) do not matter."""
    link_hosts: str = ""
    """Hosts that tell it too but have no pages that are read: short links, old names, embedded players."""
    address_pattern: re.Pattern[str] | None = None
    """Tells the platform from host and path, where the host alone does not."""
    runs_anywhere: bool = False
    """Software on anybody's host: its posts are known by the platform that the reader saw."""
    hosts_by_country: bool = False
    """Whether countries read it on hosts of their own: an address is kept with the host it came with."""
    numbers_per_host: bool = False
    """Whether each host numbers its posts for itself, so that a number counts together with its host."""
    reply_limit: int | None = None
    """Characters that the site takes in a reply, where it takes few."""
    forms: tuple[Form, ...] = ()
    """The forms of its posts' addresses; the first that an address has counts."""
