"""Sign-in without typing a password: by a passkey, alone or after the password."""

from datetime import datetime

from amends.database import transaction
from amends.services.team import codes, sessions
from amends.services.team.members import Member
from amends.services.team.sessions import AwaitsCode, SignedIn


async def by_passkey(
    member: Member, awaits: AwaitsCode | None = None, *, address: str, program: str, now: datetime
) -> SignedIn:
    """A new session for the member whose passkey was verified; `awaits` where the password came first.

    Raises CodeIsSpent.
    """
    async with transaction():
        if awaits:
            await codes.spend("code", awaits.token, now=now)
        keep = awaits is not None and awaits.keep and await sessions.may_stay()
        return await sessions.begin(
            member, address=address, program=program, now=now, keep=keep, how="passkey"
        )
