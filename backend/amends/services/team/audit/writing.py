"""Writing of the audit log: one event, in the transaction of the act."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from amends import tables
from amends.database import add
from amends.rules.team.audit import COMMAND_LINE, KINDS, differences, shortened
from amends.rules.team.audit_chain import canonical
from amends.rules.vocabulary.audit import AuditKind

if TYPE_CHECKING:
    from amends.services.team.members.rows import Member

EMPTY: tuple[object, ...] = (None, "", {}, [], ())


async def record(
    kind: AuditKind,
    *,
    by: "Member | UUID | str | None",
    now: datetime,
    about: UUID | int | str = "",
    address: str = "",
    **told: object,
) -> None:
    """Step: one event. It gets no place in the chain yet, so nobody waits for anybody else here.

    `by` None is the command line; `system` and `stranger` are words. Of the `address` only the network is
    kept, and that of sign-ins alone. What the table of kinds does not name is an error of ours.
    """
    of = KINDS[kind]
    if unknown := told.keys() - set(of.keeps):
        raise ValueError(f"An event {kind} does not keep {', '.join(sorted(unknown))}.")
    await add(
        tables.AuditEvent,
        id=uuid4(),
        at=now,
        kind=kind.value,
        actor=_actor(by),
        about=str(about),
        network=shortened(address) if of.network else "",
        body=canonical({name: value for name, value in told.items() if value not in EMPTY}),
    )


async def record_change(
    setting: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    *,
    by: "Member | UUID | None",
    now: datetime,
) -> None:
    """Step: a setting has another value: which one, the old and the new. Nothing where nothing changed."""
    if changes := differences(before, after):
        await record(AuditKind.SETTING_CHANGED, by=by, now=now, about=setting, changes=changes)


def _actor(by: "Member | UUID | str | None") -> str:
    if by is None:
        return COMMAND_LINE
    return str(by if isinstance(by, UUID | str) else by.id)
