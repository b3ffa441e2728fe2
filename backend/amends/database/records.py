"""Struct declarations from which SELECT column lists and row conversion follow."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Annotated, Any, TypedDict, TypeVar, get_args, get_origin, get_type_hints

import msgspec

Record = TypeVar("Record", bound=msgspec.Struct)
JSON_TYPES = (dict, list, tuple)
make_typed_dict: Any = TypedDict  # mypy wants a literal for its name


@dataclass(frozen=True, slots=True)
class Selected:
    """In the annotation of a field: the SQL expression it is selected from, instead of its own column.

    Of a field that is a struct it is the foreign key; `join` is then the alias of the joined table.
    """

    sql: str
    join: str = ""


GIVEN = object()
"""In the annotation of a field: no column; `convert` is given its value."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field that is read from columns; `parts` are the fields of one that is a struct."""

    name: str
    selected: Selected | None
    is_json: bool
    parts: tuple["Field", ...]

    def columns(self, table: str) -> list[tuple[str, str]]:
        """Name and SQL of every column that it needs."""
        column = f'{table}."{self.name}"'
        sql = self.selected.sql if self.selected else f"CAST({column} AS TEXT)" if self.is_json else column
        if not self.parts:
            return [(self.name, sql)]
        join = (self.selected and self.selected.join) or self.name
        rest = [column for part in self.parts[1:] for column in part.columns(join)]
        return [(self.name, sql), *((f"{self.name}_{name}", sql) for name, sql in rest)]

    def names(self) -> tuple[tuple[str, str], ...]:
        """Of a struct: each of its fields with the column that it is in."""
        key, *rest = self.parts
        return ((key.name, self.name), *((part.name, f"{self.name}_{part.name}") for part in rest))


@dataclass(frozen=True, slots=True)
class Plan:
    """The fields that are columns; `target` is what msgspec makes of them: a dict where others are given."""

    fields: tuple[Field, ...]
    target: type[Any]
    json: tuple[str, ...]
    joined: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def columns_of(*structs: type[msgspec.Struct], table: str, prefix: str = "") -> str:
    """The column list for structs that are read from one row of `table`; what two of them need is named once.

    - A field is the column of its name, unless its `Selected` says otherwise.
    - A field that is a struct is the foreign key of that name, and None where the key is. Its other fields
      are columns of the table that is joined under the name of the field; they are called `field_column`.
    - A dict, list or tuple is a JSON column, selected as text, as its `Selected` has to be: such a row can be
      kept by `read`.
    - `prefix` stands before every name, so that `convert` finds this struct among others in a row.
    """
    return ", ".join(f'{sql} AS "{prefix}{name}"' for name, sql in _columns(structs, table).items())


def convert(row: Mapping[str, Any], struct: type[Record], /, *, prefix: str = "", **given: object) -> Record:
    """The struct of a row that was selected by its columns; `given` are the fields that are no columns.

    Raises msgspec.ValidationError for a value that does not fit, such as a word that the enum does not know.
    """
    plan = _plan(struct)
    values = values_of(row)
    if prefix:
        values = {name.removeprefix(prefix): values[name] for name in values if name.startswith(prefix)}
    for name in plan.json:
        values[name] = None if values[name] is None else json.loads(values[name])
    for name, parts in plan.joined:
        values[name] = None if values[name] is None else {part: values[column] for part, column in parts}
    # not strict: what SQLite computes is 0 or 1 and no boolean
    converted = msgspec.convert(values, plan.target, strict=False)
    return converted if plan.target is struct else struct(**converted, **given)


def packed(*structs: type[msgspec.Struct], table: str) -> str:
    """The columns of `columns_of` as one text, a JSON array.

    On either engine each column of a list costs time in every row, and so does each value by which a row that
    was made before is found again (`read`). Long lists therefore carry their rows packed.
    """
    return f"CAST(json_array({', '.join(_columns(structs, table).values())}) AS TEXT)"


def unpacked(text: str, *structs: type[msgspec.Struct]) -> dict[str, Any]:
    """A row that was selected as `packed` for the same structs, as `convert` takes it: instants are texts."""
    return dict(zip(_names(structs), msgspec.json.decode(text), strict=True))


@cache
def _names(structs: tuple[type[msgspec.Struct], ...]) -> tuple[str, ...]:
    return tuple(_columns(structs, ""))


def _columns(structs: tuple[type[msgspec.Struct], ...], table: str) -> dict[str, str]:
    """Name and SQL of every column that these structs need, each once."""
    fields = (field for struct in structs for field in _plan(struct).fields)
    columns: dict[str, str] = {}
    for name, sql in (column for field in fields for column in field.columns(table)):
        columns.setdefault(name, sql)
    return columns


def values_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as a dict of its own: SQLite looks each name up from the first column on."""
    return dict(row) if isinstance(row, dict) else dict(zip(row.keys(), row, strict=True))


@cache
def converter(struct: type[Record]) -> Callable[[Mapping[str, Any]], Record]:
    """`convert` for one struct, always the same function: what `read` makes of rows."""
    return lambda row: convert(row, struct)


@cache
def _plan(struct: type[msgspec.Struct]) -> Plan:
    hints = get_type_hints(struct, include_extras=True)
    names = [name for name in struct.__struct_fields__ if GIVEN not in get_args(hints[name])]
    fields = tuple(_field(name, hints[name]) for name in names)
    is_whole = len(names) == len(struct.__struct_fields__)
    columns = make_typed_dict(struct.__name__, {name: hints[name] for name in names})
    return Plan(
        fields,
        struct if is_whole else columns,
        json=tuple(field.name for field in fields if field.is_json),
        joined=tuple((field.name, field.names()) for field in fields if field.parts),
    )


def _field(name: str, hint: Any) -> Field:  # noqa: ANN401 - a type, a union, an annotation: no type in common
    notes: tuple[object, ...] = ()
    if get_origin(hint) is Annotated:
        hint, *rest = get_args(hint)
        notes = tuple(rest)
    [kind, *others] = [one for one in get_args(hint) if one is not NoneType] if _is_optional(hint) else [hint]
    is_struct = not others and isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    return Field(
        name,
        next((note for note in notes if isinstance(note, Selected)), None),
        is_json=(get_origin(kind) or kind) in JSON_TYPES,
        parts=_plan(kind).fields if is_struct else (),
    )


def _is_optional(hint: object) -> bool:
    return NoneType in get_args(hint)
