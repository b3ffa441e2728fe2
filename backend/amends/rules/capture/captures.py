"""Identity of a post: the key that every capture of it has."""

import hashlib

from amends.rules.capture.addresses import (
    canonical_url,
    folded,
    kept_url,
    permalink,
    platform_of,
    post_id,
    site_of,
)
from amends.rules.case.platforms import RESERVED, WEB, is_review_site, numbers_per_host
from amends.rules.vocabulary import PostKind

__all__ = [
    "canonical_url",
    "kept_url",
    "marks",
    "page_key",
    "platform_of",
    "post_key",
    "shares_address",
]

KEY_LIMIT = 500


def post_key(
    platform: str, external_id: str, url: str, author: str, text: str, kind: PostKind | None = None
) -> str:
    """What is the same for every form in which one post can be captured (P63).

    The id in its address, else the site's own id, else the canonical address; a post that has none of them is
    known by its author and words, and so is a comment or review that only has its thread's or shop's address.
    Numbers that each host gives for itself go with the host. A key longer than KEY_LIMIT is a hash.
    """
    found = permalink(url, platform)
    is_comment = kind is PostKind.COMMENT or external_id.startswith("t1_")
    is_thread = found and found.kind is PostKind.POST and is_comment
    if found and found.id and not is_thread:
        known = platform_of(url)
        return _numbered(platform if known == WEB else known, found.id, url)
    if external_id and platform != WEB:
        return _numbered(platform, external_id, url)
    address = canonical_url(url, platform) if url else ""
    is_shop = kind is PostKind.REVIEW and is_review_site(platform)
    if address and len(address) <= 400 and not is_thread and not is_shop:
        return f"url:{address}"
    words = "\x1f".join((address, author, text))
    return f"text:{hashlib.sha256(words.encode()).hexdigest()}"


def _numbered(platform: str, number: str, url: str) -> str:
    site = f"{site_of(url)}/" if numbers_per_host(platform) and site_of(url) else ""
    key = f"{platform}:{site}{number}"
    return key if len(key) <= KEY_LIMIT else f"{platform}:{hashlib.sha256(key.encode()).hexdigest()}"


def page_key(
    platform: str, external_id: str, url: str, author: str, text: str, *, kind: PostKind, page_url: str
) -> str:
    """The key of a post that was seen on a page, which may be the only address it has.

    Twenty reviews on one page come with its address: without a permalink, each is known by id or words.
    """
    is_item = kind in (PostKind.COMMENT, PostKind.REVIEW) or bool(external_id)
    if url != page_url or not is_item or (external_id and platform != WEB):
        return post_key(platform, external_id, url, author, text, kind)
    return post_key(platform, "", "", f"{url} {external_id or author}", "" if external_id else text)


def shares_address(external_id: str, url: str, *, kind: PostKind, page_url: str) -> bool:
    """Whether a post's address is that of a page with others on it, and so does not tell which it is."""
    is_item = kind in (PostKind.COMMENT, PostKind.REVIEW) or bool(external_id)
    own = external_id and (post_id(url) == external_id or external_id in url)
    found = permalink(url)
    names_thread = found is not None and found.kind is PostKind.POST and kind is PostKind.COMMENT
    return is_item and (url == page_url or names_thread) and not own


def marks(key: str, external_id: str, url: str, *, shared: bool) -> list[str]:
    """By what a browser knows the post with this key: its id with its platform, and its folded address.

    An id that each host gives for itself names its host too; an address that others share is left out, and
    one that cannot be folded.
    """
    platform = key.partition(":")[0]
    found = [key] if platform not in RESERVED else []
    if not found and external_id:
        found = [f"{WEB}:{external_id}"]
    address = "" if shared else folded(url)
    return [*found, address] if address else found
