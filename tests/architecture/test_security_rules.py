"""The table of security rules names tests that exist, and every number that the documents use."""

import re

import pytest

from tests.architecture.source import ROOT
from tests.offenders import expect_none

TEXT = (ROOT / "docs" / "security.md").read_text()
ROW = re.compile(
    r"^\| `([a-z-]+)` \| (.+?) \| (.+?) \| (.*?) \| `(tests/[\w/]+\.py)::(\w+)` \|$", re.MULTILINE
)
ROWS = ROW.findall(TEXT)
ASVS = re.compile(r"(?:\d{1,2}\.\d{1,2}\.\d{1,2}(?:\\\*)?(?:, )?)+|GDPR \d{1,2}|—")


def test_the_table_is_read():
    assert len(ROWS) > 45
    assert len(ROWS) == TEXT.count("| `tests/")
    assert len({row[0] for row in ROWS}) == len(ROWS), "each rule has a name of its own"


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_rule_names_a_test_that_exists(row: tuple[str, ...]):
    _name, _rule, asvs, _number, path, test = row
    assert ASVS.fullmatch(asvs), asvs
    assert re.search(rf"^(?:async )?def {test}\(", (ROOT / path).read_text(), re.MULTILINE), test


def test_every_number_in_the_document_stands_in_the_table():
    told = set(re.findall(r"R-\d\d", TEXT))
    listed = {row[3] for row in ROWS}
    expect_none(told - listed, "Give the rule a row of its own in docs/security.md")
