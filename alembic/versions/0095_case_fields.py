"""Fields of the team's own and their values, the first of them the order number that cases already have."""

import unicodedata
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None

FIRST = """
INSERT INTO case_field (name, kind, label_en, label_fr, choices, position, asked, made_at)
SELECT 'order_number', 'order_number', 'Order number', 'Numéro de commande', {none}, 1, {true},
    team.created_at
FROM team LIMIT 1
"""
"""Where a team is at work; another one gets it when it is set up."""
ANSWERS = """
SELECT c.number, s.answer FROM checklist_step AS s JOIN checklist AS k ON k.id = s.checklist
JOIN case_file AS c ON c.id = k."case" JOIN case_field AS f ON f.name = s.variable
WHERE s.variable = 'order_number' AND s.answer <> '' ORDER BY s.settled_at
"""
WRITE = """
INSERT INTO field_value (id, number, field, value, key)
VALUES (CAST(:id AS {uuid}), :number, 'order_number', :value, :key)
"""


def upgrade() -> None:
    op.create_table(
        "case_field",
        sa.Column("name", sa.String(30), primary_key=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("label_en", sa.String(60), nullable=False),
        sa.Column("label_fr", sa.String(60), nullable=False),
        sa.Column("choices", JSONB(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("retired_at", TIMESTAMPTZ()),
    )
    op.create_table(
        "field_value",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column(
            "number", sa.Integer(), sa.ForeignKey("case_file.number", ondelete="CASCADE"), nullable=False
        ),
        sa.Column(
            "field", sa.String(30), sa.ForeignKey("case_field.name", ondelete="RESTRICT"), nullable=False
        ),
        sa.Column("value", sa.String(200), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.UniqueConstraint("number", "field", name="once_a_field"),
    )
    op.create_index("ix_field_value_key", "field_value", ["field", "key", "number"])
    _take_over()


def _take_over() -> None:
    """Answers to questions of playbooks that asked for it are its values."""
    bind = op.get_bind()
    on_sqlite = bind.dialect.name == "sqlite"
    none, true = ("'[]'", "1") if on_sqlite else ("CAST('[]' AS JSONB)", "true")
    op.execute(FIRST.format(none=none, true=true))
    answers = {row.number: " ".join(row.answer.split())[:200] for row in bind.execute(sa.text(ANSWERS))}
    write = sa.text(WRITE.format(uuid="TEXT" if on_sqlite else "UUID"))
    for number, value in answers.items():
        plain = unicodedata.normalize("NFKD", value).casefold()
        key = "".join(sign for sign in plain if sign.isalnum())[:200] or value
        bind.execute(write, {"id": str(uuid4()), "number": number, "value": value, "key": key})


def downgrade() -> None:
    op.drop_table("field_value")
    op.drop_table("case_field")
