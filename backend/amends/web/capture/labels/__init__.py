"""Labels of the kinds of posts."""

from amends.i18n import mark
from amends.rules.vocabulary import PostKind

POST_KINDS = {
    PostKind.POST: mark("Post"),
    PostKind.COMMENT: mark("Comment"),
    PostKind.REVIEW: mark("Review"),
    PostKind.PAGE: mark("Page"),
}
