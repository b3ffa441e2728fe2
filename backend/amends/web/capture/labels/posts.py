"""Labels of a captured post: metrics, context, missing parts."""

from collections.abc import Callable
from math import ceil

from amends.i18n import N_, ngettext
from amends.i18n import gettext as _

METRICS: dict[str, Callable[[int], str]] = {
    "likes": lambda count: ngettext("like", "likes", count),
    "reposts": lambda count: ngettext("repost", "reposts", count),
    "replies": lambda count: ngettext("reply", "replies", count),
    "shares": lambda count: ngettext("share", "shares", count),
    "views": lambda count: ngettext("view", "views", count),
    "bookmarks": lambda count: ngettext("bookmark", "bookmarks", count),
    "quotes": lambda count: ngettext("quote", "quotes", count),
    "score": lambda count: ngettext("point", "points", count),
    "followers": lambda count: ngettext("follower", "followers", count),
    "helpful": lambda count: ngettext("helpful vote", "helpful votes", count),
    "authorReviews": lambda count: ngettext("review by the author", "reviews by the author", count),
    "authorPhotos": lambda count: ngettext("photo by the author", "photos by the author", count),
    "reactions": lambda count: ngettext("reaction", "reactions", count),
}
"""What a figure of reach counts, in the form that goes with the figure."""

CAPTURE_PARTS = {
    "author": N_("the author"),
    "author.name": N_("the author’s name"),
    "author_translated": N_("the author's name as they write it, because the browser translated the page"),
    "author.handle": N_("the author’s handle"),
    "author.url": N_("the author’s profile address"),
    "text": N_("the text"),
    "title": N_("the title"),
    "postedAt": N_("the date of the post"),
    "lang": N_("the language"),
    "metrics": N_("the reach"),
    "media": N_("the pictures"),
    "rating": N_("the rating"),
    "url": N_("the address of the post"),
    "id": N_("the post’s id"),
    "context": N_("the conversation"),
    "quoted": N_("the quoted words"),
    "timeText": N_("the date of the post"),
    "page": N_("the title or address of the page"),
    "screenshot": N_("the screenshot"),
    "screenshot_not_allowed": N_("the screenshot (not allowed by the browser)"),
    "screenshot_in_background": N_("the screenshot (another tab was in front)"),
    "screenshot_gone": N_("the screenshot (the post was not visible on the page)"),
    "screenshot_in_frame": N_("the screenshot (the post is in a frame of another site)"),
    "screenshot_narrow": N_("a part of the screenshot (the page was enlarged, or the window too narrow)"),
    "screenshot_cut": N_("the end of the screenshot (the post is longer than six screens)"),
    "screenshot_no_room": N_("the screenshot (the browser had no room left for it)"),
    "screenshot_failed": N_("the screenshot (it could not be taken)"),
}

CONTEXT_PARTS = {
    "thread": N_("Thread"),
    "threadTitle": N_("Thread"),
    "parent": N_("In reply to"),
    "replyTo": N_("In reply to"),
    "inReplyTo": N_("In reply to"),
    "community": N_("Community"),
    "business": N_("Business"),
    "businessUrl": N_("Business"),
    "product": N_("Product"),
    "replied": N_("The business has answered"),
    "verified": N_("Verified purchase"),
    "threadPostedAt": N_("Thread started"),
    "siteName": N_("Site"),
    "pageTitle": N_("Title of the page"),
    "poll": N_("Poll"),
    "translation": N_("Translation by the site"),
}


def metric(name: str, count: float) -> str:
    """What a figure of reach counts; one that we do not know keeps the name its site gave it.

    A figure between two whole numbers takes the form of the one above it.
    """
    return METRICS[name](ceil(abs(count))) if name in METRICS else name


def part(name: str) -> str:
    """What a part of a capture is called."""
    return _(CAPTURE_PARTS[name]) if name in CAPTURE_PARTS else name


def context(name: str) -> str:
    """What a piece of the surroundings is called."""
    return _(CONTEXT_PARTS[name]) if name in CONTEXT_PARTS else name
