"""Mark damaged evidence, spell domains of members in punycode, let targets speak the team's language."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

WAITS = "shown_sha256 IS NULL"
MEMBER = sa.table("member", sa.column("id"), sa.column("email", sa.String))


def upgrade() -> None:
    run = op.get_bind().execute
    emails = {row.id: row.email for row in run(sa.select(MEMBER))}
    taken = set(emails.values())
    for member_id, email in emails.items():
        spelled = one_spelling(email)
        # Somebody with both spellings has two accounts; the second one keeps its own until an admin decides.
        if spelled not in taken:
            run(sa.update(MEMBER).where(MEMBER.c.id == member_id).values(email=spelled))
            taken.add(spelled)
    op.add_column("evidence", sa.Column("damage", sa.String(16)))
    op.drop_index("ix_evidence_redraw", "evidence")
    op.create_index("ix_evidence_redraw", "evidence", ["kept_at"], **where(f"{WAITS} AND damage IS NULL"))
    op.create_index("ix_evidence_damage", "evidence", ["kept_at"], **where("damage IS NOT NULL"))
    with op.batch_alter_table("target") as target:
        target.drop_constraint("language", type_="check")
        target.drop_column("language")


def downgrade() -> None:
    """Both spellings are addresses, and stay as they are."""
    with op.batch_alter_table("target") as target:
        target.add_column(sa.Column("language", sa.String(2), nullable=False, server_default="en"))
    with op.batch_alter_table("target") as target:
        target.alter_column("language", server_default=None)
        target.create_check_constraint("language", "language IN ('en', 'fr')")
    op.drop_index("ix_evidence_damage", "evidence")
    op.drop_index("ix_evidence_redraw", "evidence")
    op.create_index("ix_evidence_redraw", "evidence", ["kept_at"], **where(WAITS))
    op.drop_column("evidence", "damage")


def where(condition: str) -> dict[str, sa.TextClause]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def one_spelling(email: str) -> str:
    """The address with its domain in punycode, where it can be written so."""
    local, at, domain = unicodedata.normalize("NFC", email).rpartition("@")
    try:
        return f"{local}{at}{'.'.join(in_punycode(label) for label in domain.split('.'))}"
    except UnicodeError:
        return email


def in_punycode(label: str) -> str:
    """As browsers write it; Python's codec would read ß as ss."""
    if re.search("[ßς]", label):
        return "xn--" + label.encode("punycode").decode("ascii")
    return label if label.isascii() else label.encode("idna").decode("ascii")
