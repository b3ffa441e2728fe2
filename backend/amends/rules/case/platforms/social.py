"""Table of platforms: social networks, with the address forms of their posts."""

from amends.rules.case.platforms.definition import Form, Platform, SiteKind
from amends.rules.vocabulary import PostKind

STORY = "(?P<id>pfbid[A-Za-z0-9]+|[0-9]+)"
NUMBER = "(?P<id>[0-9]+)"
CODE = "(?P<id>[A-Za-z0-9_-]{5,40})"
PICTURE = r"/(?:[A-Za-z0-9_.]+/)?(?:p|reels?|tv)/(?!audio/)(?P<code>[A-Za-z0-9_-]+)"
URN = "urn:li:(?P<kind>activity|share|ugcPost):(?P<id>[0-9]+)"
OF_FACEBOOK = ("comment_id", "reply_comment_id")
OF_LINKEDIN = ("commentUrn", "replyUrn")
FACEBOOK = "https://www.facebook.com"
VIDEO = "https://www.youtube.com/watch?v={id}"

SOCIAL = (
    Platform(
        name="x",
        label="X",
        kind=SiteKind.SOCIAL,
        hosts="x.com twitter.com",
        reply_limit=280,
        forms=(
            Form(r"/i(?:/web)?/status(?:es)?/(?P<id>[0-9]{1,20})", "https://x.com/i/status/{id}"),
            Form(
                r"/(?P<user>[A-Za-z0-9_]{1,20})/status(?:es)?/(?P<id>[0-9]{1,20})",
                "https://x.com/{user}/status/{id}",
            ),
        ),
    ),
    Platform(
        name="bluesky",
        label="Bluesky",
        kind=SiteKind.SOCIAL,
        hosts="bsky.app",
        reply_limit=300,
        forms=(
            Form(
                "/profile/(?P<who>[^/]+)/post/(?P<id>[A-Za-z0-9]+)",
                "https://bsky.app/profile/{who}/post/{id}",
                id="{who}/{id}",
                lower=True,
            ),
        ),
    ),
    Platform(
        name="mastodon",
        label="Mastodon",
        kind=SiteKind.SOCIAL,
        runs_anywhere=True,
        numbers_per_host=True,
        reply_limit=500,
        forms=(
            Form("(?:/web|/deck)?/@(?P<user>[^/]+)/(?P<id>[0-9]+)", "{origin}/@{user}/{id}"),
            Form("(?:/ap)?/users/(?P<user>[^/]+)/statuses/(?P<id>[0-9]+)", "{origin}/@{user}/{id}"),
            Form("/(?:web|deck)/statuses/(?P<id>[0-9]+)", "{origin}/web/statuses/{id}"),
        ),
    ),
    Platform(
        name="threads",
        label="Threads",
        kind=SiteKind.SOCIAL,
        hosts="threads.net threads.com",
        reply_limit=500,
        forms=(
            Form(f"/@(?P<user>[^/]+)/post/{CODE}", "https://www.threads.com/@{user}/post/{id}"),
            Form(f"/t/{CODE}", "https://www.threads.com/t/{id}"),
        ),
    ),
    Platform(
        name="facebook",
        label="Facebook",
        kind=SiteKind.SOCIAL,
        hosts="facebook.com",
        link_hosts="fb.com fb.watch",
        forms=(
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
            Form(
                r"/photo(?:\.php)?", FACEBOOK + "/photo?fbid={id}", query={"fbid": NUMBER}, within=OF_FACEBOOK
            ),
            Form(f"/[^/]+/photos/(?:[^/]+/)?{NUMBER}", FACEBOOK + "/photo?fbid={id}", within=OF_FACEBOOK),
            Form("/watch(?:/live)?", FACEBOOK + "/watch?v={id}", query={"v": NUMBER}, within=OF_FACEBOOK),
            Form(f"/[^/]+/videos/(?:[^/]+/)?{NUMBER}", FACEBOOK + "/watch?v={id}", within=OF_FACEBOOK),
            Form(f"/reel/{NUMBER}", FACEBOOK + "/reel/{id}", within=OF_FACEBOOK),
        ),
    ),
    Platform(
        name="instagram",
        label="Instagram",
        kind=SiteKind.SOCIAL,
        hosts="instagram.com",
        link_hosts="instagr.am",
        forms=(
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
    ),
    Platform(
        name="linkedin",
        label="LinkedIn",
        kind=SiteKind.SOCIAL,
        hosts="linkedin.com",
        link_hosts="lnkd.in",
        forms=(
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
    ),
    Platform(
        name="tiktok",
        label="TikTok",
        kind=SiteKind.SOCIAL,
        hosts="tiktok.com",
        forms=(
            Form(
                f"/@(?P<user>[^/]+)/(?P<form>video|photo)/{NUMBER}",
                "https://www.tiktok.com/@{user}/{form}/{id}",
            ),
            Form(
                rf"/(?:v|embed|embed/v2|player/v1|share/video)/{NUMBER}(?:\.html)?",
                "https://m.tiktok.com/v/{id}.html",
            ),
        ),
    ),
    Platform(
        name="youtube",
        label="YouTube",
        kind=SiteKind.SOCIAL,
        hosts="youtube.com",
        link_hosts="youtu.be youtube-nocookie.com",
        forms=(
            Form(f"/{CODE}", VIDEO, site="youtu.be", within=("lc",)),
            Form("/watch", VIDEO, query={"v": CODE}, within=("lc",)),
            Form(f"/(?:shorts|live|embed|v|e|watch)/{CODE}", VIDEO, within=("lc",)),
            Form(f"/post/{CODE}", "https://www.youtube.com/post/{id}", within=("lc",)),
            Form("/.*/community", "https://www.youtube.com/post/{id}", query={"lb": CODE}, within=("lc",)),
        ),
    ),
    Platform(
        name="telegram",
        label="Telegram",
        kind=SiteKind.SOCIAL,
        hosts="t.me telegram.me web.telegram.org",
        forms=(
            Form(
                r"/c/(?P<group>[0-9]+)/(?:[0-9]+/)?(?P<number>[0-9]+)",
                "https://t.me/c/{group}/{number}",
                id="c/{group}/{number}",
            ),
            Form(
                r"/(?:s/)?(?P<channel>\w{3,})/(?:[0-9]+/)?(?P<number>[0-9]+)",
                "https://t.me/{channel}/{number}",
                id="{channel}/{number}",
                lower=True,
            ),
        ),
    ),
    Platform(
        name="discord",
        label="Discord",
        kind=SiteKind.SOCIAL,
        hosts="discord.com",
        link_hosts="discordapp.com",
        reply_limit=2_000,
        forms=(
            Form(
                "/channels/(?P<guild>[0-9]+|@me)/(?P<channel>[0-9]+)/(?P<id>[0-9]+)",
                "https://discord.com/channels/{guild}/{channel}/{id}",
            ),
        ),
    ),
)
