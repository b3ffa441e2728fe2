"""Cases are found by words of every script: the words are cut anew, and SQLite takes them as they are.

The words come from the rule by which they are written since. 100,000 cases take about three minutes.
"""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from amends.rules.case.searches import index_of, index_of_entry

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

MOST = 250_000
TOGETHER = 1_000
FORGET = "INSERT INTO case_search (case_search, rowid, words) VALUES ('delete', old.number, old.words);"
LEARN = "INSERT INTO case_search (rowid, words) VALUES (new.number, new.words);"
TRIGGERS = ("added", "removed", "changed")
INDEX = (
    "CREATE INDEX ix_case_words_search ON case_words "
    "USING gin (array_to_tsvector(string_to_array(words, ' ')))"
)
CASES = """
SELECT c.id, c.number FROM case_file AS c WHERE c.number > :after ORDER BY c.number LIMIT :together
"""
AMONG = "IN (SELECT id FROM case_file WHERE number > :after AND number <= :last)"
POSTS = f"""
SELECT post."case" AS id, author.name AS a, author.handle AS b, capture.title AS c, capture.text AS d,
capture.quoted AS e FROM post JOIN capture ON capture.post = post.id
LEFT JOIN author ON author.id = capture.author WHERE post."case" {AMONG} ORDER BY capture.received_at,
capture.id
"""  # noqa: S608 - the text is ours alone
ENTRIES = f"""
SELECT e."case" AS id, p.body FROM entry AS e JOIN particulars AS p ON p.entry = e.id
WHERE e."case" {AMONG} ORDER BY e."case", e.position
"""  # noqa: S608 - the text is ours alone
JOINED = """
SELECT duplicate.number AS gone, kept.number AS kept FROM case_file AS duplicate
JOIN case_file AS kept ON kept.id = duplicate.duplicate_of ORDER BY duplicate.moved_at, duplicate.number
"""


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        drop_search()
    else:
        op.execute("DROP INDEX ix_case_words_search")
    op.execute("DELETE FROM case_words")
    fill()
    if is_sqlite:
        make_search("ascii")
    else:
        op.execute(INDEX)


def downgrade() -> None:
    """The words stay: those of other scripts are only found by fewer questions."""
    if op.get_bind().dialect.name == "sqlite":
        drop_search()
        make_search("unicode61 remove_diacritics 0")


def drop_search() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER case_words_{name}")
    op.execute("DROP TABLE case_search")


def make_search(tokenizer: str) -> None:
    """The tokenizer `ascii` takes every sign that is none of ASCII for a letter, emoji too."""
    op.execute(
        "CREATE VIRTUAL TABLE case_search USING fts5(words, content='case_words', content_rowid='number', "
        f"tokenize='{tokenizer}', prefix='2 3', detail=none)"
    )
    events = zip(TRIGGERS, ("INSERT", "DELETE", "UPDATE"), (LEARN, FORGET, f"{FORGET} {LEARN}"), strict=True)
    for name, event, statements in events:
        op.execute(f"CREATE TRIGGER case_words_{name} AFTER {event} ON case_words BEGIN {statements} END")
    op.execute("INSERT INTO case_search (case_search) VALUES ('rebuild')")


def fill() -> None:
    """A part of the cases at a time, and then what was joined to a case."""
    kept = sa.table("case_words", sa.column("number"), sa.column("words"))
    after = 0
    while part := rows(CASES, after=after, together=TOGETHER):
        numbers = {str(row["id"]): row["number"] for row in part}
        words: dict[int, list[str]] = {number: [str(number)] for number in numbers.values()}
        for case_id, text in texts(after=after, last=part[-1]["number"]):
            if text:
                words[numbers[case_id]].append(text)
        op.bulk_insert(
            kept, [{"number": number, "words": cut(" ".join(parts))} for number, parts in words.items()]
        )
        after = part[-1]["number"]
    for pair in rows(JOINED):
        take_over(pair["gone"], pair["kept"])


def texts(**between: int) -> Iterator[tuple[str, str]]:
    """The id of a case, and the words of one text of it."""
    for row in rows(POSTS, **between):
        yield str(row["id"]), index_of(*(row[name] or "" for name in "abcde"))
    for row in rows(ENTRIES, **between):
        yield str(row["id"]), index_of_entry(json.loads(row["body"]) if row["body"] else {})


def take_over(gone: int, kept: int) -> None:
    words = {row["number"]: row["words"] for row in rows(WORDS, gone=gone, kept=kept)}
    if len(words) == 2:
        statement = sa.text("UPDATE case_words SET words = :words WHERE number = :kept")
        op.get_bind().execute(statement, {"kept": kept, "words": cut(f"{words[kept]} {words[gone]}")})


WORDS = "SELECT number, words FROM case_words WHERE number IN (:gone, :kept)"


def rows(statement: str, **values: int) -> list[sa.RowMapping]:
    return list(op.get_bind().execute(sa.text(statement), values).mappings())


def cut(words: str) -> str:
    return words[:MOST].rstrip()
