"""Does the generic reading find the posts of forums and comment threads that have no reader of their own?

The pages are short, in the markup of 49 engines as their public templates have it: they stand for a kind of
page, and the reader knows none of them. Zita Outsider wrote nothing: she is signed in, edits, and likes.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

UNREAD = {
    "cusdis": None,
    "discussiontools": None,
    "ghost": None,
    "local-press": "Zita Outsider",
    "snitz": None,
}
"""They name an author by a heading or by looks alone, in the text, or in what is called a reaction.

A title, a mention or somebody who liked it would look the same, so nobody is guessed. Beside each stands who
wrote the article on its page.
"""
UNDATED = {"bbpress"}
"""Their times stand in elements of their own beside the posts."""
ENGINES = sorted((Path(__file__).parent / "engines").glob("*.html"))
URL = "https://forum.example/topic/5-lost"
POSTS = [
    (
        "Otto Haverkamp",
        "My parcel is lost again, for the second time this month.",
        datetime(2026, 2, 13, 11, 13, 34, tzinfo=UTC),
    ),
    (
        "Nell Nobody",
        "Same here. Support never answers, and the tracking page is empty.",
        datetime(2026, 2, 14, 8, 0, 5, tzinfo=UTC),
    ),
    (
        "Mirela Brandt",
        "They refunded me after three weeks, ask for it in writing.",
        datetime(2026, 2, 15, 9, 30, 11, tzinfo=UTC),
    ),
    ("Otto Haverkamp", "Thank you, I will.", datetime(2026, 2, 16, 17, 45, 59, tzinfo=UTC)),
]


def page_of(engine: Path) -> str:
    """A thread of four posts in the engine's markup."""
    before, post, after = re.split(r"<!-- /?post -->", engine.read_text())
    posts = []
    for number, (name, text, at) in enumerate(POSTS, start=1):
        fields = {
            "n": str(number),
            "uid": str([each[0] for each in POSTS].index(name) + 1),
            "id": str(4710 + number),
            "name": name,
            "slug": name.split()[0].lower(),
            "text": text,
            "iso": at.isoformat().replace("+00:00", "Z"),
            "epoch": str(int(at.timestamp())),
            "shown": shown(at),
            "ago": f"{20 - number} days ago",
        }
        posts.append(re.sub(r"\{(\w+)\}", lambda found, fields=fields: fields[found[1]], post))
    return (
        f"<!doctype html><html lang=en><title>Lost</title><body>{before}{''.join(posts)}{after}</body></html>"
    )


def shown(at: datetime) -> str:
    return at.strftime("%b %d, %Y, %I:%M %p")


Read = Callable[[str, bytes], list[dict[str, Any]]]


def is_at(capture: dict[str, Any], at: datetime, ago: str) -> bool:
    """Whether a reading has the moment of a post, or the words in which its page shows it."""
    if exact := capture.get("postedAt"):
        return abs((datetime.fromisoformat(exact) - at).total_seconds()) < 60
    words = capture.get("timeText") or capture.get("dateText") or ""
    return shown(at) in words or ago in words


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.stem)
def test_posts_of_an_engine_without_a_reader_are_found_with_author_words_and_time(
    engine: Path, read: Read
) -> None:
    found = {capture.get("text"): capture for capture in read(URL, page_of(engine).encode())}
    if engine.stem in UNREAD:
        [whole] = found.values()
        author = whole.get("author", {}).get("name")
        assert (whole["kind"], author) == ("page", UNREAD[engine.stem])
        return
    wrong = []
    for number, (name, text, at) in enumerate(POSTS, start=1):
        capture = found.pop(text, None)
        if capture is None:
            wrong.append((name, "missing"))
        elif capture.get("author", {}).get("name") != name:
            wrong.append((name, capture.get("author")))
        elif engine.stem in UNDATED:
            assert not {"postedAt", "timeText", "dateText"} & set(capture)
        elif not is_at(capture, at, f"{20 - number} days ago"):
            wrong.append((name, *(capture.get(key) for key in ("postedAt", "timeText", "dateText"))))
    assert wrong == []
    assert list(found) == []
