"""Labels of platforms and kinds of posts."""

from amends.i18n import mark
from amends.rules.vocabulary import Platform, PostKind

PLATFORMS = {
    Platform.X: "X",
    Platform.REDDIT: "Reddit",
    Platform.BLUESKY: "Bluesky",
    Platform.MASTODON: "Mastodon",
    Platform.THREADS: "Threads",
    Platform.FACEBOOK: "Facebook",
    Platform.INSTAGRAM: "Instagram",
    Platform.LINKEDIN: "LinkedIn",
    Platform.TIKTOK: "TikTok",
    Platform.YOUTUBE: "YouTube",
    Platform.TRUSTPILOT: "Trustpilot",
    Platform.GOOGLE: "Google",
    Platform.TRIPADVISOR: "Tripadvisor",
    Platform.AMAZON: "Amazon",
    Platform.YELP: "Yelp",
    Platform.PLAY: "Google Play",
    Platform.APPSTORE: "App Store",
    Platform.HACKERNEWS: "Hacker News",
    Platform.STACKEXCHANGE: "Stack Exchange",
    Platform.DISCOURSE: "Discourse",
    Platform.LEMMY: "Lemmy",
    Platform.WEB: mark("Web"),
}

POST_KINDS = {
    PostKind.POST: mark("Post"),
    PostKind.COMMENT: mark("Comment"),
    PostKind.REVIEW: mark("Review"),
    PostKind.PAGE: mark("Page"),
}
