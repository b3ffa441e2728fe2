"""Does a reader ever give an author, or words, that stand in another block than the item's own?

Every page of the fixtures is read again and again after chance has moved its blocks: exchanged, put into
each other, doubled, and doubled without their author. Both the site's own reader and the generic one must
pass. An author who is named elsewhere on the page, in its heading or in the first of a row of messages,
stays that of the same words.
"""

import json
from pathlib import Path

import pytest

from tests.extension.conftest import PAGES, ReaderPage

HERE = Path(__file__).parent
ROUNDS = 30
MOVES = 5
FIXTURES = sorted(PAGES.glob("*/*.json"))
UNITS = {"telegramweb": ".sender-group-container, .bubbles-group"}
"""What is moved instead of an item, where the author's name stands once for a row of them."""
SHUFFLE = (HERE / "shuffle.js").read_text()


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FIXTURES, ids=name_of)
def test_no_author_comes_out_of_another_block(path: Path, reader_page: ReaderPage) -> None:
    url = json.loads(path.read_text())["url"]
    page = reader_page.open(url, path.with_suffix(".html").read_bytes())
    wrong = {
        reader: page.evaluate(SHUFFLE, [url, ROUNDS, MOVES, reader == "generic", UNITS.get(path.parent.name)])
        for reader in ("own", "generic")
    }
    assert wrong == {"own": [], "generic": []}
