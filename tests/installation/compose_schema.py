"""Schema of what our compose file uses of the Compose Specification, in our own words."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Duration = Annotated[str, Meta(pattern=r"^(\d+h)?(\d+m)?(\d+s)?$", min_length=2)]
Size = Annotated[str, Meta(pattern=r"^\d+[bkmg]b?$")]
Name = Annotated[str, Meta(pattern=r"^[a-zA-Z0-9._-]+$")]
Volume = Annotated[str, Meta(pattern=r"^[a-zA-Z0-9._-]+:/[^:]*(:(ro|rw))?$")]
Port = Annotated[str, Meta(pattern=r"^127\.0\.0\.1:\d+:\d+$")]
Folder = Annotated[str, Meta(pattern=r"^/[^:]*(:[^:]+)?$")]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping in which nothing stands that is not named: Compose itself refuses it too."""


class Waits(Strict):
    """When a service that another one needs is there."""

    condition: Literal["service_started", "service_healthy", "service_completed_successfully"]


class HealthCheck(Strict):
    """How Compose learns whether a service is well; `disable` where it has no way to ask."""

    test: Annotated[list[str], Meta(min_length=2)] | None = None
    interval: Duration | None = None
    timeout: Duration | None = None
    start_period: Duration | None = None
    retries: Annotated[int, Meta(gt=0)] | None = None
    disable: bool = False


class Hardened(Strict):
    """What all services share."""

    restart: Literal["no", "always", "on-failure", "unless-stopped"]
    read_only: bool
    cap_drop: list[Name]
    security_opt: list[str]


class Shared(Hardened):
    """What our own services share."""

    build: str
    image: str
    user: Annotated[str, Meta(pattern=r"^[a-z]+$|^\d+:\d+$")]
    tmpfs: list[Folder]
    volumes: list[Volume]
    environment: dict[Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_]*$")], str]


class Service(Hardened, kw_only=True):
    """One service."""

    image: str
    user: Annotated[str, Meta(pattern=r"^[a-z]+$|^\d+:\d+$")]
    tmpfs: list[Folder]
    volumes: list[Volume]
    networks: list[Name]
    environment: dict[Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_]*$")], str]
    build: str | None = None
    command: list[str] | None = None
    ports: list[Port] = []
    depends_on: dict[Name, Waits] = {}
    healthcheck: HealthCheck | None = None
    shm_size: Size | None = None
    stop_grace_period: Duration | None = None


class Network(Strict):
    """A network; an `internal` one leads nowhere outside."""

    internal: bool = False


class Compose(Strict, kw_only=True):
    """The whole file."""

    name: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    services: dict[Name, Service]
    networks: dict[Name, Network]
    volumes: dict[Name, dict[str, str]]
    hardened: Hardened = msgspec.field(name="x-hardened")
    amends: Shared = msgspec.field(name="x-amends")
