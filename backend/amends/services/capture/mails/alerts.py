"""Alert mails: what review sites and other services write about a new post, proposed as posts of feeds."""

from datetime import datetime
from uuid import UUID, uuid4

from amends.database import add, run
from amends.rules.capture.feeds import LONGEST_WORDS, Proposal
from amends.rules.capture.links import safe_url
from amends.rules.capture.mail_alerts import alert_site, links_first, site_address
from amends.rules.capture.mail_messages import Mail
from amends.rules.case import platforms
from amends.services.capture import feeds
from amends.tables.capture import Feed

SOURCE = (
    "SELECT id FROM feed WHERE address = :exact OR address = :domain ORDER BY LENGTH(address) DESC LIMIT 1"
)


async def source_of(mail: Mail, *, now: datetime) -> UUID | None:
    """Step: the feed that stands for who sends such alerts.

    A member has named the address or its domain, or it is that of a review site: then the feed is made. None
    for any other mail.
    """
    if not mail.sender:
        return None
    domain = mail.sender.partition("@")[2]
    rows = await run(SOURCE, exact=f"mailto:{mail.sender}", domain=site_address(domain))
    if rows:
        return UUID(str(rows[0]["id"]))
    site = alert_site(mail)
    return await _made(site, now=now) if site else None


async def _made(site: str, *, now: datetime) -> UUID:
    address, feed = site_address(platforms.PLATFORMS[site].hosts.split()[0]), uuid4()
    rows = await run(SOURCE, exact=address, domain=address)
    if rows:
        return UUID(str(rows[0]["id"]))
    await add(Feed, id=feed, name=platforms.label(site), address=address, made_at=now, next_at=now)
    return feed


async def propose(feed: UUID, mail: Mail, *, now: datetime) -> bool:
    """Step: it waits beside the posts of feeds, to become a case; False where there is no room."""
    address = next((safe for link in links_first(mail) if (safe := safe_url(link))), "")
    words = mail.words[:LONGEST_WORDS]
    proposal = Proposal(
        key=mail.digest, address=address, title=mail.subject[:300], words=words, author="", posted_at=None
    )
    return await feeds.propose_one(feed, proposal, now=now)
