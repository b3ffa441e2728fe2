"""Proposed places to watch: own accounts, pages where cases come from, searches there (P1, P41)."""

import msgspec

from amends.database import run
from amends.rules.capture.addresses import folded
from amends.rules.desk import watched_places as rules
from amends.services.team import reply_rules, teams

MOST = 8
LOOKED_AT = 500
"""The last captures: pages and sites that come from them are where complaints are found now."""
OFTEN = 2
"""So many different posts of one page make it a page that is worth visiting."""


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """A page that may be watched: why, on which site, and what it is called there (a handle, a title, words).

    `why` is "account", "page" or "search".
    """

    why: str
    platform: str
    address: str
    words: str


PAGES = f"""
SELECT page_url, MAX(page_title) AS title, MIN(platform) AS platform, COUNT(DISTINCT post) AS posts
FROM (SELECT page_url, page_title, platform, post FROM capture
    ORDER BY received_at DESC LIMIT {LOOKED_AT}) AS lately
WHERE page_url <> '' GROUP BY page_url HAVING COUNT(DISTINCT post) >= {OFTEN}
ORDER BY 4 DESC, 1 LIMIT {MOST}
"""  # noqa: S608 - the statement is ours alone
SITES = f"""
SELECT platform, COUNT(*) AS posts FROM (SELECT platform FROM capture
    ORDER BY received_at DESC LIMIT {LOOKED_AT}) AS lately
GROUP BY platform ORDER BY 2 DESC, 1 LIMIT {MOST}
"""  # noqa: S608 - the statement is ours alone


async def suggested() -> list[Suggestion]:
    """What is not watched yet: own accounts first, then pages of several captures, then searches."""
    known = {folded(row["address"]) for row in await run("SELECT address FROM watched_place")}
    found = []
    for one in [*await _accounts(), *await _pages(), *await _searches()]:
        key = folded(one.address)
        if key not in known and rules.is_page(one.address):
            known.add(key)
            found.append(one)
    return found[:MOST]


async def _accounts() -> list[Suggestion]:
    accounts = rules.own_addresses((await reply_rules.current()).own_accounts)
    return [
        Suggestion(why="account", platform=one.platform, address=address, words=one.handle)
        for address, one in accounts.items()
    ]


async def _pages() -> list[Suggestion]:
    return [
        Suggestion(why="page", platform=row["platform"], address=row["page_url"], words=row["title"])
        for row in await run(PAGES)
    ]


async def _searches() -> list[Suggestion]:
    team = await teams.find()
    words = team.name if team else ""

    addresses = {row["platform"]: rules.search_address(row["platform"], words) for row in await run(SITES)}
    return [
        Suggestion(why="search", platform=platform, address=address, words=words)
        for platform, address in addresses.items()
        if address
    ]
