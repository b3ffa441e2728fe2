"""Expired data: deletes undo data, imports, codes, links, sent forms, sessions and failed sign-ins."""

from datetime import datetime, timedelta

from amends import tables
from amends.database import queue, transaction
from amends.services.capture import feeds, imports, mails
from amends.services.desk import presences
from amends.services.operation import nightly_verification, webhooks
from amends.services.operation.backups import schedule
from amends.services.operation.privacy import mention_searches
from amends.services.operation.retention import erasing
from amends.services.team import audit, audit_keeping, sessions, throttle, used_forms
from amends.services.workflow import batches, undo_snapshots

KEPT_AFTER = timedelta(days=1)
"""A spent or expired code answers "no longer good" for another day; after that it is as if it never was."""

QUEUE_LOG_KEPT_FOR = timedelta(days=7)
"""How long the queue's own notes of finished jobs are kept."""


async def delete_expired(*, now: datetime) -> None:
    """Delete the rows whose time is over; nobody can use them any more."""
    async with transaction():
        await undo_snapshots.delete_expired(now=now)
        await imports.forget_old(now=now)
        await feeds.forget_old(now=now)
        await mails.forget_old(now=now)
        await batches.forget_old(now=now)
        await presences.forget_old(now=now)
        await tables.OneTimeCode.delete().where(tables.OneTimeCode.expires_at < now - KEPT_AFTER)
        await tables.MessageLink.delete().where(tables.MessageLink.expires_at < now - KEPT_AFTER)
        await tables.FailedSignIn.delete().where(tables.FailedSignIn.failed_at < now - KEPT_AFTER)
        await used_forms.forget_old(now=now)
        await schedule.forget_old(now=now)
        await nightly_verification.forget_old(now=now)
        await webhooks.forget_old(now=now)
        await mention_searches.forget_old(now=now)
        known = tables.KnownNetwork
        await known.delete().where(known.seen_at < now - throttle.KNOWN_FOR)
        await tables.Session.delete().where(sessions.has_ended(now))
    await erasing.delete_drafts(now=now)
    kept = await audit_keeping.standing()
    await audit.prune(now=now, months=kept.months)
    await queue.forget(before=now - QUEUE_LOG_KEPT_FOR)
