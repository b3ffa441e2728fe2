"""Permalinks of forums and of review sites."""

from amends.rules.capture.permalinks import Form
from amends.rules.vocabulary import Platform, PostKind

COMMENT, REVIEW = PostKind.COMMENT, PostKind.REVIEW
REDDIT = r"(?P<path>(?:(?:r|R|user|u)/[^/]+/)?comments/(?P<post>[A-Za-z0-9]+)"
ANSWERED = r"comment(?P<comment>[0-9]+)(?P<of>_[0-9]+)?"

FORUMS: dict[Platform, tuple[Form, ...]] = {
    Platform.REDDIT: (
        Form(
            rf"/{REDDIT}/[^/]+/(?P<id>[A-Za-z0-9_]+))",
            "https://www.reddit.com/{path}/",
            id="t1_{id}",
            kind=COMMENT,
            lower=True,
        ),
        Form(rf"/{REDDIT}/[^/]+)", "https://www.reddit.com/{path}/", id="t3_{post}", lower=True),
        Form(rf"/{REDDIT})", "https://www.reddit.com/{path}/", id="t3_{post}", lower=True),
        Form(
            "/gallery/(?P<post>[A-Za-z0-9]+)",
            "https://www.reddit.com/comments/{post}/",
            id="t3_{post}",
            lower=True,
        ),
        Form(
            r"/(?P<post>[A-Za-z0-9]+)/*\Z",
            "https://www.reddit.com/comments/{post}/",
            id="t3_{post}",
            site="redd.it",
            lower=True,
        ),
    ),
    Platform.HACKERNEWS: (
        Form(
            "/item",
            "https://news.ycombinator.com/item?id={id}",
            kind=None,
            query={"id": "[0-9]+"},
            fragment="(?P<id>[0-9]+)",
        ),
        Form("/item", "https://news.ycombinator.com/item?id={id}", kind=None, query={"id": "(?P<id>[0-9]+)"}),
    ),
    Platform.STACKEXCHANGE: (
        Form(
            "/(?:questions|q)/(?P<question>[0-9]+)(?P<title>/[^/]*[^/0-9][^/]*)?",
            "https://{site}/questions/{question}{title}#comment{comment}{of}",
            id="c{comment}",
            kind=COMMENT,
            fragment=ANSWERED,
        ),
        Form(
            "/a/(?P<answer>[0-9]+)",
            "https://{site}/a/{answer}#comment{comment}{of}",
            id="c{comment}",
            kind=COMMENT,
            fragment=ANSWERED,
        ),
        Form(
            "/posts/comments/(?P<id>[0-9]+)",
            "https://{site}/posts/comments/{id}",
            id="c{id}",
            kind=COMMENT,
        ),
        Form(
            "/questions/[0-9]+",
            "https://{site}/a/{id}",
            kind=COMMENT,
            fragment="(?:answer-)?(?P<id>[0-9]+)",
        ),
        Form("/questions/[0-9]+/[^/]+/(?P<id>[0-9]+)", "https://{site}/a/{id}", kind=COMMENT),
        Form("/a/(?P<id>[0-9]+)", "https://{site}/a/{id}", kind=COMMENT),
        Form("/(?:questions|q)/(?P<id>[0-9]+)", "https://{site}/questions/{id}"),
    ),
    Platform.DISCOURSE: (
        Form(
            "(?P<folder>(?:/[^/]+)*?)/t/(?P<title>[^/]+/)?(?P<topic>[0-9]+)/(?P<number>[0-9]+)",
            "{origin}{folder}/t/{title}{topic}/{number}",
            id="{topic}/{number}",
            kind=None,
        ),
        Form(
            "(?P<folder>(?:/[^/]+)*?)/t/(?P<title>[^/]*[^/0-9][^/]*/)?(?P<topic>[0-9]+)",
            "{origin}{folder}/t/{title}{topic}/1",
            id="{topic}/1",
        ),
    ),
    Platform.LEMMY: (
        Form("/post/[0-9]+/(?P<id>[0-9]+)", "{origin}/comment/{id}", id="comment/{id}", kind=COMMENT),
        Form("/comment/(?P<id>[0-9]+)", "{origin}/comment/{id}", id="comment/{id}", kind=COMMENT),
        Form("/post/(?P<id>[0-9]+)", "{origin}/post/{id}", id="post/{id}"),
    ),
}

REVIEWS: dict[Platform, tuple[Form, ...]] = {
    Platform.TRUSTPILOT: (
        Form("/reviews/(?P<id>[0-9a-f]{24})", "https://www.trustpilot.com/reviews/{id}", kind=REVIEW),
        Form(r"/review/(?P<shop>[^/]+)/*\Z", "https://www.trustpilot.com/review/{shop}", id=""),
    ),
    Platform.GOOGLE: (
        Form(
            "/maps/reviews/(?:@[^/]*/)?data=(?P<told>[^/]*?!1s(?P<id>[A-Za-z0-9_-]{20,})![^/]*)",
            "https://www.google.com/maps/reviews/data={told}",
            kind=REVIEW,
        ),
    ),
    Platform.TRIPADVISOR: (
        Form(
            "/ShowUserReviews-(?P<place>g[0-9]+-d[0-9]+)-r(?P<id>[0-9]+)(?:[-.][^/]*)?",
            "https://www.tripadvisor.com/ShowUserReviews-{place}-r{id}.html",
            kind=REVIEW,
        ),
    ),
    Platform.AMAZON: (
        Form(
            "(?:/-/[A-Za-z_-]+)?(?:/gp)?(?:/aw)?/(?:customer-)?reviews?/(?P<id>R[A-Z0-9]{6,})",
            "https://www.{site}/gp/customer-reviews/{id}",
            kind=REVIEW,
        ),
    ),
    Platform.YELP: (
        Form(
            "/biz/(?P<shop>[^/]+)",
            "https://www.yelp.com/biz/{shop}?hrid={id}",
            kind=REVIEW,
            query={"hrid": "(?P<id>[A-Za-z0-9_-]{8,40})"},
        ),
        Form(r"/biz/(?P<shop>[^/]+)/*\Z", "https://www.yelp.com/biz/{shop}", id=""),
    ),
    Platform.PLAY: (
        Form(
            "/store/apps/details",
            "https://play.google.com/store/apps/details?id={app}&reviewId={id}",
            kind=REVIEW,
            query={"id": "(?P<app>[A-Za-z0-9_.]+)", "reviewId": "(?P<id>[A-Za-z0-9_:.-]{8,200})"},
        ),
        Form(
            "/store/apps/details",
            "https://play.google.com/store/apps/details?id={app}",
            id="",
            query={"id": "(?P<app>[A-Za-z0-9_.]+)"},
        ),
    ),
    Platform.APPSTORE: (
        Form(
            "/(?P<country>[a-z]{2})/app/(?:[^/]+/)?id(?P<app>[0-9]+)",
            "https://apps.apple.com/{country}/app/id{app}",
            id="",
        ),
        Form("/app/(?:[^/]+/)?id(?P<app>[0-9]+)", "https://apps.apple.com/us/app/id{app}", id=""),
    ),
}
