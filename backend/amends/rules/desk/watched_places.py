"""Places to watch: when a page is visited again, whose turn it is, what is proposed (P1, P2, P41)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import quote, urlsplit
from uuid import UUID

from amends.rules.team.reply_rules import OwnAccount

INTERVALS = (1, 2, 3, 7, 14, 30)
"""How many days pass between two visits, as the form offers them."""
MOST_FOUND = 99
"""Cases of one visit, at most."""
ONE_VISIT = timedelta(minutes=2)
"""Two presses within that time are one visit."""
LONGEST_CLOSURE = 31
"""Days without work after which a visit is due all the same."""

SEARCHES = {
    "x": "https://x.com/search?q={words}&f=live",
    "reddit": "https://www.reddit.com/search/?q={words}&sort=new",
    "bluesky": "https://bsky.app/search?q={words}",
    "youtube": "https://www.youtube.com/results?search_query={words}",
    "tiktok": "https://www.tiktok.com/search?q={words}",
    "hackernews": "https://hn.algolia.com/?query={words}&sort=byDate",
}
"""Where a site's own search lists the newest posts that hold some words."""
PROFILES = {
    "x": "https://x.com/{handle}",
    "instagram": "https://www.instagram.com/{handle}/",
    "threads": "https://www.threads.com/@{handle}",
    "tiktok": "https://www.tiktok.com/@{handle}",
    "youtube": "https://www.youtube.com/@{handle}",
    "bluesky": "https://bsky.app/profile/{handle}",
    "facebook": "https://www.facebook.com/{handle}",
    "reddit": "https://www.reddit.com/user/{handle}",
}
"""Where a site shows the account of a handle."""


def next_visit(visited: date, every: int, is_working: Callable[[date], bool]) -> date:
    """The day of the next visit: `every` days after the last one, or the first working day from then on."""
    due = visited + timedelta(days=every)
    ahead = (due + timedelta(days=more) for more in range(LONGEST_CLOSURE))
    return next((day for day in ahead if is_working(day)), due)


def in_turn(members: Sequence[UUID], turn: int) -> tuple[UUID, ...]:
    """The members in the order in which they are asked: whose turn it is first."""
    first = turn % len(members) if members else 0
    return (*members[first:], *members[:first])


def whose_turn(members: Sequence[UUID], turn: int, away: Mapping[UUID, UUID | None]) -> UUID | None:
    """Who visits: whose turn it is, for whoever is away their deputy, else the next; None where all are away.

    `away` says who is not here, and who stands in; as for the rota (see `rules.team.rotas`).
    """
    for member in in_turn(members, turn):
        if member not in away:
            return member
        deputy = away[member]
        if deputy and deputy not in away:
            return deputy
    return None


def turn_after(turn: int, members: Sequence[UUID], *, was_due: bool) -> int:
    """Whose turn comes next: a visit that was due ends a turn, one before its day ends none."""
    return (turn + 1) % max(len(members), 1) if was_due else turn


def is_late(due_on: date, today: date) -> bool:
    """Whether the day of a visit has passed without one."""
    return due_on < today


def own_addresses(accounts: Collection[OwnAccount]) -> dict[str, OwnAccount]:
    """The pages of the team's own accounts, as far as their addresses are known (P41)."""
    found = {}
    for account in accounts:
        profile = PROFILES.get(account.platform, "")
        handle = account.handle.lstrip("@")
        address = account.url or (profile.format(handle=quote(handle, safe=".-_")) if handle else "")
        if address:
            found[address] = account
    return found


def search_address(platform: str, words: str) -> str:
    """Where a site lists the newest posts with these words; empty where we know of no such page."""
    return SEARCHES[platform].format(words=quote(words)) if platform in SEARCHES and words else ""


def is_page(address: str) -> bool:
    """Whether a browser can open it as a page: http or https with a host, and nobody's name or password."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and "@" not in parts.netloc
