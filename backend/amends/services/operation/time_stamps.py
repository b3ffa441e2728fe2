"""Time stamps of anchors by an authority (RFC 3161): which one, and what became of asking it."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from piccolo.columns import Column

from amends.database import columns_of, convert, run, transaction
from amends.errors import Invalid
from amends.gateways.time_stamps import Answered, TimeStamper
from amends.i18n import gettext as _
from amends.rules.capture.links import safe_url
from amends.rules.case.anchors import covered
from amends.rules.operation import time_stamps as rules
from amends.services.case import anchors
from amends.services.team import audit, members, notices
from amends.services.team.members import Act
from amends.tables.record import StampAuthority, TimeStamp

LONGEST_ADDRESS, LONGEST_TEXT = 500, 20_000


class WrongStampAuthority(Invalid):
    "This authority for time stamps cannot be asked."


class Authority(msgspec.Struct, frozen=True, kw_only=True):
    """Who is asked; `certificates` in PEM are those that its own certificate has to go back to."""

    address: str
    certificates: str


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """The time stamp of one anchor; without a token it is still to come, after `problem`."""

    id: UUID
    anchor: int
    authority: str
    certificates: str
    token: str
    stamped_at: datetime | None
    tries: int
    run_at: datetime
    problem: str
    detail: str


STAMPS = f"SELECT {columns_of(Stamp, table='time_stamp')} FROM time_stamp"


async def authority() -> Authority | None:
    """The one that is asked, if an admin wants time stamps."""
    rows = await run("SELECT address, certificates FROM stamp_authority")
    return convert(rows[0], Authority) if rows else None


async def newest() -> Stamp | None:
    """What became of asking last."""
    rows = await run(f"{STAMPS} ORDER BY anchor DESC LIMIT 1")
    return convert(rows[0], Stamp) if rows else None


async def newest_good() -> Stamp | None:
    """The newest time stamp that there is."""
    rows = await run(f"{STAMPS} WHERE token <> '' ORDER BY anchor DESC LIMIT 1")
    return convert(rows[0], Stamp) if rows else None


async def choose(act: Act, *, address: str, certificates: str) -> None:
    """Another authority; none where both are empty. Raises OnlyAdminsMay, WrongStampAuthority."""
    members.only_admins(act.by)
    address, certificates = address.strip(), certificates.strip()
    table = StampAuthority
    before = await authority()
    if not address and not certificates:
        async with transaction():
            await table.delete(force=True)
            await _note(act, before, "")
        return
    if wrong := _wrong(address, certificates):
        raise WrongStampAuthority(fields=wrong)
    row = table(id=uuid4(), only=True, address=address, certificates=certificates, changed_at=act.now)
    async with transaction():
        await table.insert(row).on_conflict(
            target=table.only,
            action="DO UPDATE",
            values=[table.address, table.certificates, table.changed_at],
        )
        await _note(act, before, address)
        waiting = TimeStamp.token == ""
        await TimeStamp.update({TimeStamp.run_at: act.now, TimeStamp.tries: 0}).where(waiting)


async def _note(act: Act, before: Authority | None, address: str) -> None:
    old = {"address": before.address if before else ""}
    await audit.record_change("stamp_authority", old, {"address": address}, by=act.by, now=act.now)


def _wrong(address: str, certificates: str) -> dict[str, str]:
    found = {}
    is_web = address.startswith(("https://", "http://")) and len(address) <= LONGEST_ADDRESS
    if not (is_web and safe_url(address)):
        found["address"] = _("Enter the web address of the authority, such as https://tsa.example.org/tsr.")
    if len(certificates) > LONGEST_TEXT or not rules.certificates_in(certificates):
        found["certificates"] = _("Paste the certificate in PEM: it begins with -----BEGIN CERTIFICATE-----.")
    return found


async def ask_for_newest(stamper: TimeStamper, *, now: datetime) -> bool:
    """A time stamp of the newest anchor, which covers all before it: whether the authority was asked."""
    asked, anchor = await authority(), await anchors.last()
    if asked is None or anchor is None:
        return False
    stamp_id = await _claim(anchor.number, asked, now=now)
    if stamp_id is None:
        return False
    answer = await stamper.stamp(covered(anchor), address=asked.address, certificates=asked.certificates)
    await _settle(stamp_id, answer, now=now)
    return True


async def _claim(anchor: int, asked: Authority, *, now: datetime) -> UUID | None:
    """The row of the time stamp that is due; the next try is already put off, so that one worker asks."""
    table = TimeStamp
    async with transaction():
        row = table(
            id=uuid4(),
            anchor=anchor,
            authority=asked.address,
            certificates=asked.certificates,
            run_at=now,
        )
        await table.insert(row).on_conflict(target=table.anchor, action="DO NOTHING")
        found = convert((await run(f"{STAMPS} WHERE anchor = :anchor", anchor=anchor))[0], Stamp)
        if found.token or found.run_at > now:
            return None
        values: dict[Column | str, Any] = {
            table.tries: table.tries + 1,
            table.run_at: now + rules.pause(found.tries + 1),
            table.authority: asked.address,
            table.certificates: asked.certificates,
        }
        claimed = (
            await table.update(values)
            .where(table.id == found.id, table.tries == found.tries)
            .returning(table.id)
        )
    return found.id if claimed else None


async def _settle(stamp_id: UUID, answer: Answered, *, now: datetime) -> None:
    table = TimeStamp
    good = answer.outcome == "stamped"
    values: dict[Column | str, Any] = {
        table.token: answer.token,
        table.stamped_at: answer.at,
        table.problem: "" if good else answer.outcome[:20],
        table.detail: answer.detail[:200],
    }
    async with transaction():
        rows = await table.update(values).where(table.id == stamp_id).returning(table.tries)
        if not good and rows and rows[0]["tries"] == rules.TOLD_AFTER and await _is_news(stamp_id):
            await notices.give_admins(stamp_id, now=now)


async def _is_news(stamp_id: UUID) -> bool:
    """Whether the anchor before this one had a time stamp, or admins have not been told yet."""
    rows = await run(
        "SELECT token FROM time_stamp WHERE anchor < (SELECT anchor FROM time_stamp WHERE id = :id) "
        "ORDER BY anchor DESC LIMIT 1",
        id=stamp_id,
    )
    return not rows or bool(rows[0]["token"])
