"""Table of platforms: forums, with the address forms of their posts and comments."""

from amends.rules.case.platforms.definition import Form, Platform, SiteKind
from amends.rules.vocabulary import PostKind

COMMENT = PostKind.COMMENT
REDDIT = r"(?P<path>(?:(?:r|R|user|u)/[^/]+/)?comments/(?P<post>[A-Za-z0-9]+)"
FOLDER = "(?P<folder>(?:/[^/]+)*?)"
WORDPRESS = "(?:li-|div-)?comment-(?P<id>[0-9]+)"
ANSWERED = r"comment(?P<comment>[0-9]+)(?P<of>_[0-9]+)?"

FORUMS = (
    Platform(
        name="reddit",
        label="Reddit",
        kind=SiteKind.FORUMS,
        hosts="reddit.com",
        link_hosts="redd.it",
        forms=(
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
    ),
    Platform(
        name="hackernews",
        label="Hacker News",
        kind=SiteKind.FORUMS,
        hosts="news.ycombinator.com",
        forms=(
            Form(
                "/item",
                "https://news.ycombinator.com/item?id={id}",
                kind=None,
                query={"id": "[0-9]+"},
                fragment="(?P<id>[0-9]+)",
            ),
            Form(
                "/item",
                "https://news.ycombinator.com/item?id={id}",
                kind=None,
                query={"id": "(?P<id>[0-9]+)"},
            ),
        ),
    ),
    Platform(
        name="stackexchange",
        label="Stack Exchange",
        kind=SiteKind.FORUMS,
        hosts="""
            stackoverflow.com stackexchange.com superuser.com serverfault.com askubuntu.com mathoverflow.net
            stackapps.com
        """,
        numbers_per_host=True,
        forms=(
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
    ),
    Platform(
        name="discourse",
        label="Discourse",
        kind=SiteKind.FORUMS,
        runs_anywhere=True,
        numbers_per_host=True,
        forms=(
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
    ),
    Platform(
        name="lemmy",
        label="Lemmy",
        kind=SiteKind.FORUMS,
        runs_anywhere=True,
        numbers_per_host=True,
        forms=(
            Form("/post/[0-9]+/(?P<id>[0-9]+)", "{origin}/comment/{id}", id="comment/{id}", kind=COMMENT),
            Form("/comment/(?P<id>[0-9]+)", "{origin}/comment/{id}", id="comment/{id}", kind=COMMENT),
            Form("/post/(?P<id>[0-9]+)", "{origin}/post/{id}", id="post/{id}"),
        ),
    ),
    Platform(
        name="xenforo",
        label="XenForo",
        kind=SiteKind.FORUMS,
        runs_anywhere=True,
        numbers_per_host=True,
        forms=(
            Form(
                "(?P<thread>(?:/[^/]+)*?/threads/[^/]+)/post-(?P<id>[0-9]+)",
                "{origin}{thread}/post-{id}",
                kind=None,
            ),
            Form(
                "(?P<thread>(?:/[^/]+)*?/threads/[^/]+)",
                "{origin}{thread}/post-{id}",
                kind=None,
                fragment="(?:js-)?post-(?P<id>[0-9]+)",
            ),
            Form("(?P<folder>(?:/[^/]+)*?)/posts/(?P<id>[0-9]+)", "{origin}{folder}/posts/{id}/", kind=None),
        ),
    ),
    Platform(
        name="phpbb",
        label="phpBB",
        kind=SiteKind.FORUMS,
        runs_anywhere=True,
        numbers_per_host=True,
        forms=(
            Form(
                rf"{FOLDER}/viewtopic\.php",
                "{origin}{folder}/viewtopic.php?p={id}#{anchor}{id}",
                kind=None,
                query={"start": "[1-9][0-9]*"},
                fragment="(?P<anchor>p?)(?P<id>[0-9]+)",
            ),
            Form(
                rf"{FOLDER}/viewtopic\.php",
                "{origin}{folder}/viewtopic.php?t={topic}#{anchor}{id}",
                kind=None,
                query={"t": "(?P<topic>[0-9]+)", "p": ""},
                fragment="(?P<anchor>p?)(?P<id>[0-9]+)",
            ),
            Form(
                rf"{FOLDER}/viewtopic\.php",
                "{origin}{folder}/viewtopic.php?p={id}#{anchor}{id}",
                kind=None,
                fragment="(?P<anchor>p?)(?P<id>[0-9]+)",
            ),
            Form(
                rf"{FOLDER}/viewtopic\.php",
                "{origin}{folder}/viewtopic.php?p={id}#p{id}",
                kind=None,
                query={"p": "(?P<id>[0-9]+)"},
            ),
            Form(
                r"(?P<path>(?:/[^/]+)*?/[^/]+-t[0-9]+(?:-[0-9]+)?\.html)",
                "{origin}{path}#{anchor}{id}",
                kind=None,
                fragment="(?P<anchor>p?)(?P<id>[0-9]+)",
            ),
            Form(
                rf"{FOLDER}/post[0-9]+\.html",
                "{origin}{folder}/post{id}.html#p{id}",
                kind=None,
                fragment="p?(?P<id>[0-9]+)",
            ),
            Form(
                rf"{FOLDER}/post(?P<id>[0-9]+)\.html",
                "{origin}{folder}/post{id}.html#p{id}",
                kind=None,
            ),
        ),
    ),
    Platform(
        name="phorum",
        label="Phorum",
        kind=SiteKind.FORUMS,
        runs_anywhere=True,
        numbers_per_host=True,
        forms=(
            Form(
                rf"{FOLDER}/read\.php",
                "{origin}{folder}/read.php?f={f}&i={i}&t={t}",
                id="",  # a page holds the whole thread
                query={"f": "(?P<f>[0-9]+)", "i": "(?P<i>[0-9]+)", "t": "(?P<t>[0-9]+)"},
            ),
        ),
    ),
    Platform(
        name="vbulletin",
        label="vBulletin",
        kind=SiteKind.FORUMS,
        runs_anywhere=True,
        numbers_per_host=True,
        forms=(
            Form(
                rf"{FOLDER}/show(?:thread|post)\.php",
                "{origin}{folder}/showthread.php?p={id}#post{id}",
                kind=None,
                fragment="post(?P<id>[0-9]+)",
            ),
            Form(
                rf"{FOLDER}/show(?:thread|post)\.php",
                "{origin}{folder}/showthread.php?p={id}#post{id}",
                kind=None,
                query={"p": "(?P<id>[0-9]+)"},
            ),
            Form("(?P<path>/.*)", "{origin}{path}?p={id}#post{id}", kind=None, fragment="post(?P<id>[0-9]+)"),
        ),
    ),
    Platform(
        name="wordpress",
        label="WordPress",
        kind=SiteKind.FORUMS,
        runs_anywhere=True,
        numbers_per_host=True,
        forms=(
            Form(
                "(?P<path>/.*)",
                "{origin}{path}?p={page}#comment-{id}",
                kind=COMMENT,
                query={"p": "(?P<page>[0-9]+)"},
                fragment=WORDPRESS,
            ),
            Form("(?P<path>/.*)", "{origin}{path}#comment-{id}", kind=COMMENT, fragment=WORDPRESS),
        ),
    ),
    Platform(
        name="disqus",
        label="Disqus",
        kind=SiteKind.FORUMS,
        hosts="disqus.com",
        forms=(
            Form(
                "(?P<path>/.*)",
                "https://disqus.com{path}#comment-{id}",
                kind=COMMENT,
                fragment="comment-(?P<id>[0-9]+)",
            ),
        ),
    ),
    Platform(
        name="github",
        label="GitHub",
        kind=SiteKind.FORUMS,
        hosts="github.com",
        forms=(
            Form(
                "/(?P<thread>[^/]+/[^/]+/(?:issues|pull|discussions)/[0-9]+)",
                "https://github.com/{thread}#{id}",
                kind=COMMENT,
                fragment="(?P<id>(?:issuecomment|discussioncomment)-[0-9]+)",
            ),
            Form(
                "/(?P<project>[^/]+/[^/]+)/(?P<part>issues|pull|discussions)/(?P<number>[0-9]+)",
                "https://github.com/{project}/{part}/{number}",
                id="{project}/{number}",
                lower=True,
            ),
        ),
    ),
)
