"""Are the options of a poll kept with the post, on every site that has polls?"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.extension.conftest import PAGES

Read = Callable[[str, bytes], list[dict[str, Any]]]


class Poll(NamedTuple):
    """A poll in a site's markup, the words of a fixture page before which it stands, and what is kept."""

    page: str
    before: str
    html: str
    words: str


POLLS = {
    site: Poll(**poll)
    for site, poll in json.loads((Path(__file__).parent / "polls.json").read_text()).items()
}


@pytest.mark.parametrize("poll", POLLS.values(), ids=POLLS)
def test_the_options_of_a_poll_are_kept_with_the_post_that_asks(poll: Poll, read: Read) -> None:
    path = PAGES / f"{poll.page}.html"
    html = path.read_text()
    assert poll.before in html
    url = json.loads(path.with_suffix(".json").read_text())["url"]
    before = read(url, html.encode())
    found = read(url, html.replace(poll.before, poll.html + poll.before, 1).encode())
    asking = [capture for capture in found if "poll" in capture.get("context", {})]
    assert [capture["context"].pop("poll") for capture in asking] == [{"text": poll.words}]
    assert [(each.get("text"), each.get("author")) for each in found] == [
        (each.get("text"), each.get("author")) for each in before
    ]
