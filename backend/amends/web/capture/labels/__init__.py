"""Labels of the kinds of posts."""

from amends.i18n import N_
from amends.rules.vocabulary import PostKind

POST_KINDS = {
    PostKind.POST: N_("Post"),
    PostKind.COMMENT: N_("Comment"),
    PostKind.REVIEW: N_("Review"),
    PostKind.PAGE: N_("Page"),
}
