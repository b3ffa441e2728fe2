"""Customer links, and what came of them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from amends.rules.case.local_addresses import opens_only_here
from amends.rules.person.customer_links import ContactRequest, Purpose, shown, stages_of
from amends.services.desk.cases import CaseDetail
from amends.services.person.customer_links import CustomerLink
from amends.web import dates
from amends.web.dates import Moment
from amends.web.person.labels import customers


class LinkShown(msgspec.Struct, frozen=True, kw_only=True):
    """One link that may still be answered."""

    url: str
    made: Moment
    expires: Moment
    posted: Moment | None
    answers: int


class LinkKind(msgspec.Struct, frozen=True, kw_only=True):
    """One purpose: the live link, or whether one can be made now."""

    purpose: str
    title: str
    link: LinkShown | None
    can_make: bool


class PrivateLinksPage(msgspec.Struct, frozen=True, kw_only=True):
    """What a member sees of the links of one case. `only_here`: no customer can open them yet."""

    number: int
    request: str
    may_refuse: bool
    kinds: tuple[LinkKind, ...]
    only_here: bool
    base_url: str


def private_links_page(
    detail: CaseDetail, links: Sequence[CustomerLink], *, base_url: str, now: datetime
) -> PrivateLinksPage:
    """The kinds of links that fit the case now, with the live one of each."""
    live = {link.purpose: link for link in links if link.is_live}
    fitting = [one for one in Purpose if detail.row.stage in stages_of(one) or one in live]
    return PrivateLinksPage(
        number=detail.row.number,
        request=customers.word(detail.contact_request) if detail.contact_request else "",
        may_refuse=detail.contact_request is ContactRequest.ASKED,
        kinds=tuple(
            LinkKind(
                purpose=one.value,
                title=customers.word(one),
                link=_link(live[one], base_url, now) if one in live else None,
                can_make=detail.row.stage in stages_of(one),
            )
            for one in fitting
        ),
        only_here=opens_only_here(base_url),
        base_url=base_url,
    )


def _link(link: CustomerLink, base_url: str, now: datetime) -> LinkShown:
    return LinkShown(
        url=f"{base_url}/h/{shown(link.code)}",
        made=dates.moment(link.made_at, now=now),
        expires=dates.moment(link.expires_at, now=now),
        posted=dates.moment(link.posted_at, now=now) if link.posted_at else None,
        answers=link.answers,
    )
