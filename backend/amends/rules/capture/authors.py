"""A public account as a page shows it, and what makes it the same one again."""

import hashlib

import msgspec

from amends.rules.case.texts import fold

KEY_LIMIT = 400


class NewAuthor(msgspec.Struct, frozen=True, kw_only=True):
    """A public account as a page shows it."""

    name: str = ""
    handle: str = ""
    url: str = ""
    avatar: str = ""
    since: str | None = None
    """Since when the account exists, as `account_dates.stated` gives it."""


def key_of(author: NewAuthor, platform: str, post_key: str) -> str | None:
    """What makes an account the same one: platform and handle, else its address; None when nobody is named.

    A bare name, as reviews often have, says who wrote this one post and is nobody else's.
    """
    name = fold(author.handle) or author.url
    if name:
        key = f"{platform}:{name}"
        return key if len(key) <= KEY_LIMIT else f"{platform}:of {hashlib.sha256(name.encode()).hexdigest()}"
    return f"{platform}:of {hashlib.sha256(post_key.encode()).hexdigest()}" if author.name else None
