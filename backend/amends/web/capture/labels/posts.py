"""Labels of a captured post: metrics, context, missing parts."""

from amends.i18n import gettext as _
from amends.i18n import mark

METRICS = {
    "likes": mark("likes"),
    "reposts": mark("reposts"),
    "replies": mark("replies"),
    "shares": mark("shares"),
    "views": mark("views"),
    "bookmarks": mark("bookmarks"),
    "quotes": mark("quotes"),
    "score": mark("points"),
    "followers": mark("followers"),
    "helpful": mark("found it helpful"),
    "authorReviews": mark("reviews by the author"),
    "authorPhotos": mark("photos by the author"),
    "reactions": mark("reactions"),
}

CAPTURE_PARTS = {
    "author": mark("the author"),
    "author.name": mark("the author's name"),
    "author.handle": mark("the author's handle"),
    "author.url": mark("the author's address"),
    "text": mark("the text"),
    "title": mark("the title"),
    "postedAt": mark("when it was posted"),
    "lang": mark("the language"),
    "metrics": mark("the reach"),
    "media": mark("the pictures"),
    "rating": mark("the rating"),
    "url": mark("the address of the post"),
    "id": mark("the post's id"),
    "context": mark("the conversation"),
    "screenshot": mark("the screenshot"),
}

CONTEXT_PARTS = {
    "thread": mark("Thread"),
    "threadTitle": mark("Thread"),
    "parent": mark("In answer to"),
    "replyTo": mark("In answer to"),
    "inReplyTo": mark("In answer to"),
    "community": mark("Community"),
    "business": mark("Business"),
    "businessUrl": mark("Business"),
    "product": mark("Product"),
    "replied": mark("The business has answered"),
    "verified": mark("Verified purchase"),
    "threadPostedAt": mark("Thread begun"),
    "siteName": mark("Site"),
}


def metric(name: str) -> str:
    """What one figure of reach counts; a figure we do not know keeps the name its site gave it."""
    return _(METRICS[name]) if name in METRICS else name


def part(name: str) -> str:
    """What a part of a capture is called."""
    return _(CAPTURE_PARTS[name]) if name in CAPTURE_PARTS else name


def context(name: str) -> str:
    """What a piece of the surroundings is called."""
    return _(CONTEXT_PARTS[name]) if name in CONTEXT_PARTS else name
