"""Settings from environment variables, validated at start-up."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from amends.settings import object_storage
from amends.settings.object_storage import ObjectStorage
from amends.settings.wrong_setting import WrongSetting

__all__ = [
    "HELP",
    "KNOWN",
    "SECRETS",
    "ObjectStorage",
    "Settings",
    "WrongSetting",
    "from_environ",
    "terminal_language",
]

LEAST_PASSPHRASE = 12
"""Characters of what encrypts backups."""
LOCAL, QUEUE = "local", "pgqueuer"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an operator decides; each field is the environment variable AMENDS_ and its name.

    `object_storage` is several, AMENDS_S3_ and theirs.
    """

    database_url: str
    data_dir: Path
    base_url: str
    host: str = "127.0.0.1"
    port: int = 8000
    secret_key: str = field(repr=False)
    encryption_keys: tuple[str, ...] = field(repr=False)
    trusted_proxies: tuple[str, ...] = ()
    allow_private_targets: tuple[str, ...] = ()
    dispatcher: str = LOCAL
    metrics_token: str = field(default="", repr=False)
    backup_before_migrating: bool = True
    backup_dir: Path = Path("backups")
    backup_passphrase: str = field(default="", repr=False)
    object_storage: ObjectStorage | None = None

    @property
    def is_secure(self) -> bool:
        """Whether people reach us over https, so that cookies may demand it."""
        return self.base_url.startswith("https://")

    @property
    def has_queue(self) -> bool:
        """Whether workers hear of nudges through PgQueuer, and do not ask for them."""
        return self.dispatcher == QUEUE

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """The names under which we answer; any other is refused (R-17)."""
        return LOOPBACK | {urlsplit(self.base_url).hostname or ""}

    @property
    def evidence_dir(self) -> Path:
        """Where the bytes of evidence are kept, unless they are in object storage."""
        return self.data_dir / "evidence"


HELP = {
    "AMENDS_DATABASE_URL": "sqlite:///path or postgresql://user:password@host/name; else in the data folder.",
    "AMENDS_DATA_DIR": "The folder for the database, evidence and generated secrets; by default ./data.",
    "AMENDS_BASE_URL": "The address people type, such as https://amends.example.org; else http://127.0.0.1:PORT.",
    "AMENDS_HOST": "The address to listen on; by default 127.0.0.1, this machine only.",
    "AMENDS_PORT": "The port to listen on; by default 8000.",
    "AMENDS_SECRET_KEY": "At least 32 characters that sign what only we may sign; else made at first start.",
    "AMENDS_ENCRYPTION_KEYS": "Fernet keys that seal target addresses; the first one seals.",
    "AMENDS_TRUSTED_PROXIES": "Addresses or networks of reverse proxies whose X-Forwarded-For is believed.",
    "AMENDS_ALLOW_PRIVATE_TARGETS": "Private places that may be reached: host:port or CIDR, with commas.",
    "AMENDS_DISPATCHER": "How workers hear of nudges on PostgreSQL: pgqueuer, or local to ask the table.",
    "AMENDS_METRICS_TOKEN": "At least 32 characters with which a monitor reads /metrics; else there is none.",
    "AMENDS_BACKUP_BEFORE_MIGRATING": "Whether the database is copied before a migration: on, or off.",
    "AMENDS_BACKUP_DIR": "The folder for backups; by default the folder backups in the data folder.",
    "AMENDS_BACKUP_PASSPHRASE": "At least 12 characters with which backups are encrypted; else they are not.",
    **object_storage.HELP,
}  # fmt: skip
"""What each setting is for; the documentation is checked against this."""

SECRETS = (
    "AMENDS_DATABASE_URL",
    "AMENDS_SECRET_KEY",
    "AMENDS_ENCRYPTION_KEYS",
    "AMENDS_METRICS_TOKEN",
    "AMENDS_BACKUP_PASSPHRASE",
    "AMENDS_S3_SECRET_ACCESS_KEY",
)
"""Settings that may be given as the path of a file, by the name with _FILE."""
KNOWN = frozenset(HELP) | {f"{name}_FILE" for name in SECRETS}


def terminal_language(environ: Mapping[str, str] | None = None) -> str:
    """The code of the language that the terminal speaks, as `fr`; empty where it names none.

    LC_ALL says it before LC_MESSAGES before LANG.
    """
    env = os.environ if environ is None else environ  # noqa: TID251
    named = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), "")
    code = named.partition("_")[0].partition(".")[0].lower()
    return "" if code in ("c", "posix") else code


def from_environ(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process; makes the data folder and, at first start, the secrets.

    Raises WrongSetting with one sentence that names the setting and the shape expected.
    """
    env = os.environ if environ is None else environ  # noqa: TID251
    unknown = sorted(name for name in env if name.startswith("AMENDS_") and name not in KNOWN)
    if unknown:
        raise WrongSetting(f"{unknown[0]} is not a setting. See docs/configuration.md for the list.")
    data_dir = _folder(Path(env.get("AMENDS_DATA_DIR") or "data").expanduser().resolve())
    port = _port(env.get("AMENDS_PORT") or "8000")
    database_url = _database(_given(env, "AMENDS_DATABASE_URL") or f"sqlite:///{data_dir}/amends.db")
    return Settings(
        database_url=database_url,
        data_dir=data_dir,
        base_url=_base_url(env.get("AMENDS_BASE_URL") or f"http://127.0.0.1:{port}"),
        host=env.get("AMENDS_HOST") or "127.0.0.1",
        port=port,
        secret_key=_secret(env, data_dir),
        encryption_keys=_keys(env, data_dir),
        trusted_proxies=_proxies(env.get("AMENDS_TRUSTED_PROXIES", "")),
        allow_private_targets=_private(env.get("AMENDS_ALLOW_PRIVATE_TARGETS", "")),
        dispatcher=_dispatcher(env.get("AMENDS_DISPATCHER") or "", database_url),
        metrics_token=_metrics_token(env),
        backup_before_migrating=_switch(env, "AMENDS_BACKUP_BEFORE_MIGRATING"),
        backup_dir=Path(env.get("AMENDS_BACKUP_DIR") or data_dir / "backups").expanduser().absolute(),
        backup_passphrase=_passphrase(_given(env, "AMENDS_BACKUP_PASSPHRASE") or ""),
        object_storage=object_storage.read(lambda name: _given(env, name)),
    )


def _folder(path: Path) -> Path:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = path / f".writable-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise WrongSetting(
            f"AMENDS_DATA_DIR: cannot write in {path} ({error.strerror}). Choose a folder you may write."
        ) from None
    return path


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise WrongSetting(f"AMENDS_PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _database(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://")) or url == "sqlite:///":
        raise WrongSetting("AMENDS_DATABASE_URL must begin with sqlite:///path or postgresql://.")
    return url


def _dispatcher(text: str, database_url: str) -> str:
    """What was asked for; else the queue where the database is PostgreSQL and PgQueuer is installed."""
    possible = database_url.startswith("postgresql://") and find_spec("pgqueuer") is not None
    if text not in ("", LOCAL, QUEUE):
        raise WrongSetting(f"AMENDS_DISPATCHER must be {LOCAL} or {QUEUE}, not {text!r}.")
    if text == QUEUE and not possible:
        raise WrongSetting(
            "AMENDS_DISPATCHER=pgqueuer needs PostgreSQL and PgQueuer: "
            "install amends[postgres], or set it to local."
        )
    return text or (QUEUE if possible else LOCAL)


def _switch(env: Mapping[str, str], name: str) -> bool:
    """On, unless it was turned off."""
    if (text := env.get(name) or "on") not in ("on", "off"):
        raise WrongSetting(f"{name} must be on or off, not {text!r}.")
    return text == "on"


def _passphrase(text: str) -> str:
    if text and len(text) < LEAST_PASSPHRASE:
        raise WrongSetting(f"AMENDS_BACKUP_PASSPHRASE must have at least {LEAST_PASSPHRASE} characters.")
    return text


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.username:
        raise WrongSetting(f"AMENDS_BASE_URL must look like https://amends.example.org, not {url!r}.")
    if parts.path.strip("/"):
        raise WrongSetting("AMENDS_BASE_URL must not have a path: give Amends a host name of its own.")
    return url.rstrip("/")


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _proxies(text: str) -> tuple[str, ...]:
    """Addresses and networks. A name is refused: it is looked up once, and means another address later."""
    networks = []
    for part in _list(text):
        try:
            network = ip_network(part)
        except ValueError:
            raise WrongSetting(
                f"AMENDS_TRUSTED_PROXIES takes addresses and networks such as 10.0.0.2 or 172.18.0.0/16, "
                f"not {part!r}. For a service of Compose write the network that it is on."
            ) from None
        if network.prefixlen == 0:
            raise WrongSetting(
                f"AMENDS_TRUSTED_PROXIES must not be everybody ({part}): "
                "then each visitor could claim any address. Write the address of your proxy."
            )
        networks.append(str(network))
    return tuple(networks)


def _private(text: str) -> tuple[str, ...]:
    for part in _list(text):
        if "/" in part:
            _network(part)
        elif not part.rpartition(":")[2].isdigit() or not part.rpartition(":")[0]:
            raise WrongSetting(f"AMENDS_ALLOW_PRIVATE_TARGETS takes host:port or a CIDR, not {part!r}.")
    return _list(text)


def _network(text: str) -> None:
    try:
        ip_network(text)
    except ValueError:
        raise WrongSetting(f"AMENDS_ALLOW_PRIVATE_TARGETS takes host:port or a CIDR, not {text!r}.") from None


def _given(env: Mapping[str, str], name: str) -> str | None:
    if path := env.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise WrongSetting(f"{name}_FILE: cannot read {path} ({error.strerror}).") from None
    return env.get(name) or None


def _secret(env: Mapping[str, str], data_dir: Path) -> str:
    key = _given(env, "AMENDS_SECRET_KEY") or _kept(data_dir / "secret_key", secrets.token_urlsafe(48))
    return _hard_to_guess("AMENDS_SECRET_KEY", key)


def _metrics_token(env: Mapping[str, str]) -> str:
    token = _given(env, "AMENDS_METRICS_TOKEN")
    return _hard_to_guess("AMENDS_METRICS_TOKEN", token) if token else ""


def _hard_to_guess(name: str, secret: str) -> str:
    if len(secret) < 32 or len(set(secret)) < 8:
        raise WrongSetting(f"{name} must be at least 32 characters that nobody can guess.")
    return secret


def _keys(env: Mapping[str, str], data_dir: Path) -> tuple[str, ...]:
    fresh = Fernet.generate_key().decode()
    text = _given(env, "AMENDS_ENCRYPTION_KEYS") or _kept(data_dir / "encryption_keys", fresh)
    try:
        return tuple(key for key in _list(text) if Fernet(key))
    except ValueError:
        raise WrongSetting(
            "AMENDS_ENCRYPTION_KEYS must be Fernet keys (44 characters of base64), separated by commas."
        ) from None


def _kept(path: Path, fresh: str) -> str:
    """The secret in the file; made with mode 0600 when absent, by one of several processes at once."""
    if not path.exists():
        draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(fresh)
        with suppress(FileExistsError):
            os.link(draft, path)  # a whole file or none, and never over another's
        draft.unlink()
    return path.read_text().strip()
