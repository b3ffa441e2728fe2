"""Two small tables with every type of column, for the tests of the engines."""

from piccolo.columns import JSONB, UUID, Boolean, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.table import Table

from amends.database import transaction


class Shelf(Table, tablename="shelf"):
    id = UUID(primary_key=True)
    name = Varchar(length=20, unique=True)
    copies = Integer(default=0)
    seen_at = Timestamptz(null=True, default=None)
    lit = Boolean(default=False)
    notes = JSONB(null=True, default=None)


class Book(Table, tablename="book"):
    id = UUID(primary_key=True)
    shelf = ForeignKey(Shelf, null=False)


SHELVES = (Shelf, Book)
STATEMENTS = (
    "CREATE TABLE shelf (id UUID PRIMARY KEY, name VARCHAR(20) UNIQUE, copies INTEGER, seen_at TIMESTAMPTZ, "
    "lit BOOLEAN, notes JSONB)",
    # checked at COMMIT, so that a commit can fail
    "CREATE TABLE book (id UUID PRIMARY KEY, shelf UUID REFERENCES shelf (id) DEFERRABLE INITIALLY DEFERRED)",
)


async def names() -> list[str]:
    """The shelves there are, in order."""
    return [row["name"] for row in await Shelf.select(Shelf.name).order_by(Shelf.name)]


async def add(name: str) -> None:
    await Shelf.insert(Shelf(name=name))


async def add_and_fail(name: str) -> None:
    """A transaction whose last line raises KeyError."""
    async with transaction():
        await add(name)
        raise KeyError
