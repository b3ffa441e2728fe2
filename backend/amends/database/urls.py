"""Parsing and validation of database URLs."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from amends.errors import Invalid

SHAPES = "sqlite:///relative.db, sqlite:////folder/file.db or postgresql://user:password@host:5432/name"


class WrongDatabaseUrl(Invalid):
    """The address of the database cannot be used."""


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """An SQLite database: one file, here made absolute so that a later change of folder does not matter."""

    path: Path

    @property
    def shown(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A database of a PostgreSQL server; asyncpg reads the address (`?host=/folder/of/socket` too)."""

    dsn: str

    @property
    def shown(self) -> str:
        """The address without user, password and options, for people to read."""
        parts = urlsplit(self.dsn)
        return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}"


def read(url: str) -> SqliteFile | PostgresServer:
    """What the URL names. Raises WrongDatabaseUrl, which never repeats the URL: it may hold a password."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError as error:
        raise WrongDatabaseUrl(f"The database URL cannot be read ({error}). Write {SHAPES}.") from None
    if parts.scheme == "sqlite":
        return _sqlite(parts.netloc, parts.path, parts.query)
    if parts.scheme in ("postgresql", "postgres"):
        if not parts.path.strip("/"):
            raise WrongDatabaseUrl(f"The database URL names no database. Write {SHAPES}.")
        return PostgresServer(url)
    raise WrongDatabaseUrl(f"A database URL cannot begin with {parts.scheme or 'nothing'}. Write {SHAPES}.")


def _sqlite(netloc: str, path: str, query: str) -> SqliteFile:
    name = unquote(path[1:])
    if netloc or not name or name.endswith("/"):
        raise WrongDatabaseUrl(f"An SQLite URL has three slashes, then the file. Write {SHAPES}.")
    if query:
        raise WrongDatabaseUrl("An SQLite URL takes no options after a question mark. Take them away.")
    if name == ":memory:":
        raise WrongDatabaseUrl("A database in memory is not shared between connections. Name a file.")
    return SqliteFile(Path(name).absolute())
