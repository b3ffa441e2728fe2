"""Words by which cases are found, and each engine's own index over them.

SQLite drops a table's triggers with it: who lets a later batch build `case_words` anew makes them again.
"""

import json
import re
import unicodedata
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

SAID = (
    "text",
    "words",
    "draft",
    "remedy",
    "next_step",
    "reason",
    "note",
    "person",
    "contact",
    "order_number",
)
TOKEN = re.compile(r"[^\W_]+")
LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"}
)
MOST = 250_000
INDEX = (
    "CREATE INDEX ix_case_words_search ON case_words "
    "USING gin (array_to_tsvector(string_to_array(words, ' ')))"
)
FORGET = "INSERT INTO case_search (case_search, rowid, words) VALUES ('delete', old.number, old.words);"
LEARN = "INSERT INTO case_search (rowid, words) VALUES (new.number, new.words);"
SEARCH = (
    "CREATE VIRTUAL TABLE case_search USING fts5(words, content='case_words', content_rowid='number', "
    "tokenize='unicode61 remove_diacritics 0', prefix='2 3', detail=none)",
    f"CREATE TRIGGER case_words_added AFTER INSERT ON case_words BEGIN {LEARN} END",
    f"CREATE TRIGGER case_words_removed AFTER DELETE ON case_words BEGIN {FORGET} END",
    f"CREATE TRIGGER case_words_changed AFTER UPDATE ON case_words BEGIN {FORGET} {LEARN} END",
)
POSTS = """
SELECT post."case" AS id, capture.title AS a, capture.text AS b, capture.quoted AS c, author.name AS d,
author.handle AS e FROM post JOIN capture ON capture.post = post.id
LEFT JOIN author ON author.id = capture.author
"""
ENTRIES = 'SELECT e."case" AS id, p.body FROM entry AS e JOIN particulars AS p ON p.entry = e.id'


def upgrade() -> None:
    op.create_table(
        "case_words",
        sa.Column(
            "number",
            sa.Integer(),
            sa.ForeignKey("case_file.number", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
    )
    kept = sa.table("case_words", sa.column("number"), sa.column("words"))
    rows = [{"number": number, "words": words} for number, words in of_every_case()]
    for start in range(0, len(rows), 1000):
        op.bulk_insert(kept, rows[start : start + 1000])
    if op.get_bind().dialect.name == "sqlite":
        for statement in SEARCH:
            op.execute(statement)
        op.execute("INSERT INTO case_search (case_search) VALUES ('rebuild')")
    else:
        op.execute(INDEX)


def of_every_case() -> Iterator[tuple[int, str]]:
    """Each case's number and the words of all that is kept of it."""
    run = op.get_bind().exec_driver_sql
    words: dict[str, dict[str, None]] = {}
    for case_id, *texts in run(POSTS):
        words.setdefault(str(case_id), {}).update(dict.fromkeys(folded(texts)))
    for case_id, body in run(ENTRIES):
        told = json.loads(body) if body else {}
        said = [str(told[name]) for name in SAID if told.get(name)]
        words.setdefault(str(case_id), {}).update(dict.fromkeys(folded(said)))
    for case_id, number in run("SELECT id, number FROM case_file").fetchall():
        yield number, " ".join([str(number), *words.get(str(case_id), ())])[:MOST].rstrip()


def folded(texts: list[str | None]) -> list[str]:
    """Without case, accents and ligatures; letters and digits alone."""
    apart = unicodedata.normalize(
        "NFKD", " ".join(text or "" for text in texts).translate(LIGATURES)
    ).casefold()
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return [word[:60] for word in TOKEN.findall(plain)]


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE case_search")
    op.drop_table("case_words")
