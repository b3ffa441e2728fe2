"""Permalinks of social networks."""

from amends.rules.capture.permalinks import Form
from amends.rules.vocabulary import Platform, PostKind

STORY = "(?P<id>pfbid[A-Za-z0-9]+|[0-9]+)"
NUMBER = "(?P<id>[0-9]+)"
CODE = "(?P<id>[A-Za-z0-9_-]{5,40})"
PICTURE = r"/(?:[A-Za-z0-9_.]+/)?(?:p|reels?|tv)/(?!audio/)(?P<code>[A-Za-z0-9_-]+)"
URN = "urn:li:(?P<kind>activity|share|ugcPost):(?P<id>[0-9]+)"
OF_FACEBOOK = ("comment_id", "reply_comment_id")
OF_LINKEDIN = ("commentUrn", "replyUrn")
FACEBOOK = "https://www.facebook.com"
VIDEO = "https://www.youtube.com/watch?v={id}"

SOCIAL: dict[Platform, tuple[Form, ...]] = {
    Platform.X: (
        Form(r"/i(?:/web)?/status(?:es)?/(?P<id>[0-9]{1,20})", "https://x.com/i/status/{id}"),
        Form(
            r"/(?P<user>[A-Za-z0-9_]{1,20})/status(?:es)?/(?P<id>[0-9]{1,20})",
            "https://x.com/{user}/status/{id}",
        ),
    ),
    Platform.BLUESKY: (
        Form(
            "/profile/(?P<who>[^/]+)/post/(?P<id>[A-Za-z0-9]+)",
            "https://bsky.app/profile/{who}/post/{id}",
            id="{who}/{id}",
            lower=True,
        ),
    ),
    Platform.MASTODON: (
        Form("(?:/web|/deck)?/@(?P<user>[^/]+)/(?P<id>[0-9]+)", "{origin}/@{user}/{id}"),
        Form("(?:/ap)?/users/(?P<user>[^/]+)/statuses/(?P<id>[0-9]+)", "{origin}/@{user}/{id}"),
        Form("/(?:web|deck)/statuses/(?P<id>[0-9]+)", "{origin}/web/statuses/{id}"),
    ),
    Platform.THREADS: (
        Form(f"/@(?P<user>[^/]+)/post/{CODE}", "https://www.threads.com/@{user}/post/{id}"),
        Form(f"/t/{CODE}", "https://www.threads.com/t/{id}"),
    ),
    Platform.FACEBOOK: (
        Form(
            f"/groups/(?P<group>[^/]+)/(?:posts|permalink)/{STORY}",
            FACEBOOK + "/groups/{group}/posts/{id}",
            within=OF_FACEBOOK,
        ),
        Form(
            "/groups/(?P<group>[^/]+)",
            FACEBOOK + "/groups/{group}/posts/{id}",
            query={"multi_permalinks": STORY},
            within=OF_FACEBOOK,
        ),
        Form(
            f"/(?P<page>[^/]+)/posts/(?:[^/]+/)?{STORY}",
            FACEBOOK + "/{page}/posts/{id}",
            within=OF_FACEBOOK,
        ),
        Form(
            r"/(?:permalink|story)\.php",
            FACEBOOK + "/{page}/posts/{id}",
            query={"story_fbid": STORY, "id": "(?P<page>[0-9]+)"},
            within=OF_FACEBOOK,
        ),
        Form(r"/photo(?:\.php)?", FACEBOOK + "/photo?fbid={id}", query={"fbid": NUMBER}, within=OF_FACEBOOK),
        Form(f"/[^/]+/photos/(?:[^/]+/)?{NUMBER}", FACEBOOK + "/photo?fbid={id}", within=OF_FACEBOOK),
        Form("/watch(?:/live)?", FACEBOOK + "/watch?v={id}", query={"v": NUMBER}, within=OF_FACEBOOK),
        Form(f"/[^/]+/videos/(?:[^/]+/)?{NUMBER}", FACEBOOK + "/watch?v={id}", within=OF_FACEBOOK),
        Form(f"/reel/{NUMBER}", FACEBOOK + "/reel/{id}", within=OF_FACEBOOK),
    ),
    Platform.INSTAGRAM: (
        Form(
            f"{PICTURE}/c/(?P<above>[0-9]+)/r/(?P<id>[0-9]+)",
            "https://www.instagram.com/p/{code}/c/{above}/r/{id}/",
            kind=PostKind.COMMENT,
        ),
        Form(
            f"{PICTURE}/c/(?P<id>[0-9]+)",
            "https://www.instagram.com/p/{code}/c/{id}/",
            kind=PostKind.COMMENT,
        ),
        Form(PICTURE, "https://www.instagram.com/p/{code}/", id="{code}"),
    ),
    Platform.LINKEDIN: (
        Form(
            f"(?:/comm|/mwlite|/embed)?/feed/update/{URN}",
            "https://www.linkedin.com/feed/update/urn:li:{kind}:{id}/",
            id="{kind}:{id}",
            within=OF_LINKEDIN,
        ),
        Form(
            "(?:/mwlite)?/posts/[^/]*[-_](?P<kind>activity|share|ugcPost)-(?P<id>[0-9]+)(?:-[^/]*)?",
            "https://www.linkedin.com/feed/update/urn:li:{kind}:{id}/",
            id="{kind}:{id}",
            within=OF_LINKEDIN,
        ),
    ),
    Platform.TIKTOK: (
        Form(
            f"/@(?P<user>[^/]+)/(?P<form>video|photo)/{NUMBER}",
            "https://www.tiktok.com/@{user}/{form}/{id}",
        ),
        Form(
            rf"/(?:v|embed|embed/v2|player/v1|share/video)/{NUMBER}(?:\.html)?",
            "https://m.tiktok.com/v/{id}.html",
        ),
    ),
    Platform.YOUTUBE: (
        Form(f"/{CODE}", VIDEO, site="youtu.be", within=("lc",)),
        Form("/watch", VIDEO, query={"v": CODE}, within=("lc",)),
        Form(f"/(?:shorts|live|embed|v|e|watch)/{CODE}", VIDEO, within=("lc",)),
        Form(f"/post/{CODE}", "https://www.youtube.com/post/{id}", within=("lc",)),
        Form("/.*/community", "https://www.youtube.com/post/{id}", query={"lb": CODE}, within=("lc",)),
    ),
}
