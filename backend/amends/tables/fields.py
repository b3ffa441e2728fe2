"""Tables of the team's own fields and of their values on cases."""

from piccolo.columns import JSONB, UUID, Boolean, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.rules.vocabulary import FieldKind
from amends.tables.case import Case
from amends.tables.indexes import Index


class CaseField(Table, tablename="case_field"):
    """A field of the team's own; `name` is what replies and programs call it.

    A label may be missing in one language. An `asked` one stands on the form of private links. A retired one
    is offered no more; what was written into it stays readable. `opens` is the address of another tool at
    which a value opens, with "{value}" in its place.
    """

    name = Varchar(length=30, primary_key=True)
    kind = Varchar(length=12, default=FieldKind.TEXT)
    label_en = Varchar(length=60, default="")
    label_fr = Varchar(length=60, default="")
    choices = JSONB(default="[]")
    position = Integer(default=0)
    asked = Boolean(default=False)
    opens = Varchar(length=500, default="")
    made_at = Timestamptz(default=None)
    retired_at = Timestamptz(null=True, default=None)


class FieldValue(Table, tablename="field_value"):
    """What stands in a field of a case; `key` is what values have in common that mean the same."""

    id = UUID(primary_key=True)
    number = ForeignKey(Case, target_column="number", on_delete=OnDelete.cascade, null=False)
    field = ForeignKey(CaseField, on_delete=OnDelete.restrict, null=False)
    value = Varchar(length=200)
    key = Varchar(length=200)

    once_a_field = Unique([number, field])


TABLES = (CaseField, FieldValue)
INDEXES = (
    # Cases: those with one value in a field, newest first
    Index("ix_field_value_key", FieldValue, (FieldValue.field, FieldValue.key, FieldValue.number)),
)
