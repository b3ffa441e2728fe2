"""One entry of a timeline, as the rules read it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from amends.rules.vocabulary import Channel, EntryKind


class TimelineEntry(Protocol):
    """What happened to a case, once; services give it as `services.case.timeline.EntryShown`."""

    @property
    def position(self) -> int:
        """Its number on the case, from 1."""

    @property
    def kind(self) -> EntryKind:
        """What happened."""

    @property
    def at(self) -> datetime:
        """When, in UTC."""

    @property
    def actor(self) -> str:
        """The member's id, "author" or "system"."""

    @property
    def channel(self) -> Channel | None:
        """How it travelled, where something was said."""

    @property
    def particulars(self) -> Mapping[str, Any]:
        """What it tells besides."""
