"""Periodic jobs: the list of all, with their intervals."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.gateways.backup_child import BackupMaker
from amends.gateways.erased_list import ErasedList
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.feeds import FeedReader
from amends.gateways.mail_reader import MailReader
from amends.gateways.mail_sender import MailSender
from amends.gateways.mailboxes import MailboxReader
from amends.gateways.notifier import Notifier
from amends.gateways.secrets import Secrets
from amends.gateways.time_stamps import TimeStamper
from amends.gateways.webhooks import WebhookCarrier
from amends.services.capture import feeds, import_runs
from amends.services.capture import mails as kept_mails
from amends.services.case import attachments, redrawing, stored_files
from amends.services.desk import watched_places
from amends.services.insight import capacity, concerns, counting, daily, report_letters, waves
from amends.services.nudge import digests, nudges
from amends.services.operation import (
    dossier_links,
    health,
    installation_work,
    mailboxes,
    nightly_verification,
    privacy,
    retention,
    time_stamps,
    webhooks,
)
from amends.services.operation.backups import schedule
from amends.services.operation.privacy import erasing_again, mention_searches
from amends.services.person import legal_holds
from amends.services.team import audit
from amends.services.workflow import case_commands, mails, outgoing_mails, removals


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependencies:
    """What jobs and deliveries need of the outside; `base_url` begins every link in a message."""

    notifier: Notifier
    secrets: Secrets
    files: EvidenceFiles
    feeds: FeedReader
    mails: MailReader
    mailboxes: MailboxReader
    mail_sender: MailSender
    backups: BackupMaker
    stamps: TimeStamper
    webhooks: WebhookCarrier
    erased_list: ErasedList
    base_url: str


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done again and again; doing it twice, or in two processes at once, does no harm.

    One that works `in_parts` does a part at each run and says whether more may follow: then it runs again at
    once, at the instant that it is by then, since a lease is counted from it.
    """

    name: str
    every: timedelta
    run: Callable[[Dependencies, datetime], Awaitable[object]]
    in_parts: bool = False


async def wake_cases(dependencies: Dependencies, now: datetime) -> None:
    """Snoozed cases whose date has come."""
    await case_commands.wake_due(now=now)


async def tell_news(dependencies: Dependencies, now: datetime) -> int:
    """What is to be told at once: how many nudges were planned."""
    return await nudges.announce(now=now)


async def tell_members(dependencies: Dependencies, now: datetime) -> int:
    """Duties and absences that members were given by somebody else: how many nudges were planned."""
    return await nudges.tell_members(now=now)


async def remind_of_visits(dependencies: Dependencies, now: datetime) -> None:
    """Places to watch whose visit is late: whose turn it is, is to be told."""
    await watched_places.remind_of_late_visits(now=now)


async def sweep_nudges(dependencies: Dependencies, now: datetime) -> int:
    """Follow-ups whose next rung has come: how many nudges were planned. What may be tried is announced."""
    planned = await nudges.sweep(now=now)
    await nudges.announce_waiting(now=now)
    return planned


async def redraw_evidence(dependencies: Dependencies, now: datetime) -> None:
    """Pictures that pages cannot show before they have been drawn anew."""
    await redrawing.redraw_waiting(dependencies.files, now=now)


async def redraw_damaged(dependencies: Dependencies, now: datetime) -> None:
    """Pictures that were missing or altered, and may have been brought back."""
    await redrawing.redraw_damaged(dependencies.files, now=now)


async def erase_removed(dependencies: Dependencies, now: datetime) -> None:
    """Files of removed cases, removed ones, dossiers whose link has ended, forgotten mails, what was left."""
    await removals.erase_files(dependencies.files, now=now)
    await attachments.erase_removed(dependencies.files, now=now)
    await dossier_links.erase_ended(dependencies.files, now=now)
    await kept_mails.erase_gone(dependencies.files, now=now)
    await stored_files.erase_left(dependencies.files, now=now)


async def clean_up_erasures(dependencies: Dependencies, now: datetime) -> None:
    """Files of erased people, and what their rows left in the database."""
    await privacy.clean_up(dependencies.files, now=now)


async def search_mentions(dependencies: Dependencies, now: datetime) -> bool:
    """What names a person who is to be erased or given a copy: whether more may follow."""
    return await mention_searches.search_next(now=now)


async def review_retention(dependencies: Dependencies, now: datetime) -> bool:
    """Cases whose retention period is over come onto the list, others leave it: whether more may follow."""
    await erasing_again.complete(dependencies.erased_list)
    return await retention.review(now=now)


async def erase_by_retention(dependencies: Dependencies, now: datetime) -> bool:
    """The next cases whose notice is over: whether more may follow."""
    return await retention.erase_next(dependencies.erased_list, now=now)


async def owe_hold_reviews(dependencies: Dependencies, now: datetime) -> None:
    """Legal holds whose review nobody owes, as those of earlier versions."""
    await legal_holds.owe_missing_reviews(now=now)


async def delete_expired(dependencies: Dependencies, now: datetime) -> None:
    """Undo data, codes, sessions, heartbeats and whatever else was kept for a while."""
    await retention.delete_expired(now=now)
    await health.forget_workers(now=now)


async def fetch_feeds(dependencies: Dependencies, now: datetime) -> bool:
    """The next feed that is due: whether there was one, and more may be."""
    return await feeds.fetch_next(dependencies.feeds, now=now)


async def sort_mails(dependencies: Dependencies, now: datetime) -> bool:
    """Mails that came in: whether there were any, and more may be."""
    given = dependencies
    return await mails.sort_new(given.mails, given.files, given.secrets, now=now)


async def fetch_mailbox(dependencies: Dependencies, now: datetime) -> bool:
    """The next mails of the mailbox, if it is due: whether more wait there."""
    given = dependencies
    return await mailboxes.fetch_due(given.mailboxes, given.mails, given.files, given.secrets, now=now)


async def send_mails(dependencies: Dependencies, now: datetime) -> bool:
    """The next private message that may be sent: whether there was one, and more may follow."""
    given = dependencies
    return await outgoing_mails.send_next(given.mail_sender, given.secrets, given.files, now=now)


async def verify_records(dependencies: Dependencies, now: datetime) -> None:
    """Every night: whether anything recorded was altered."""
    await nightly_verification.look(dependencies.files, now=now)


async def make_anchor(dependencies: Dependencies, now: datetime) -> None:
    """The day's anchor of all timelines."""
    await installation_work.make_anchor(now=now)


async def ask_for_stamp(dependencies: Dependencies, now: datetime) -> None:
    """The time stamp of the newest anchor, where an admin wants them."""
    await time_stamps.ask_for_newest(dependencies.stamps, now=now)


async def plan_digests(dependencies: Dependencies, now: datetime) -> None:
    """Members whose hour for the digest has come."""
    await digests.plan(now=now)


async def import_tables(dependencies: Dependencies, now: datetime) -> bool:
    """The next lines of a table whose import was started: whether any is running."""
    return await import_runs.advance(now=now)


async def count_cases(dependencies: Dependencies, now: datetime) -> bool:
    """Cases that have changed, for the reports: whether more may be left."""
    return await counting.count_changed()


async def add_up_days(dependencies: Dependencies, now: datetime) -> bool:
    """Days whose cases were counted anew: whether more may be left."""
    return await daily.add_up_days()


async def plan_reports(dependencies: Dependencies, now: datetime) -> int:
    """Reports by mail whose day has come: how many were decided."""
    return await report_letters.plan(now=now)


async def count_concerns(dependencies: Dependencies, now: datetime) -> None:
    """What several people wrote about lately, and fixed problems that have come back."""
    await concerns.count_shared(now=now)


async def note_capacity(dependencies: Dependencies, now: datetime) -> None:
    """Hours owed in the coming week against hours there are, for Today."""
    await capacity.note(now=now)


async def watch_for_waves(dependencies: Dependencies, now: datetime) -> None:
    """What more people than usual write about: begun, kept up, told and ended."""
    await waves.look(now=now)


async def chain_log(dependencies: Dependencies, now: datetime) -> bool:
    """Events of the audit log that have no place in its chain yet: whether more may be left."""
    return await audit.chain()


async def make_backup(dependencies: Dependencies, now: datetime) -> None:
    """The backup whose day has come, where an admin wants them."""
    await schedule.make_due(dependencies.backups, now=now)


async def carry_events(dependencies: Dependencies, now: datetime) -> bool:
    """Events that wait for endpoints of other programs: whether more may follow."""
    secrets, base_url = dependencies.secrets, dependencies.base_url
    return await webhooks.carry_waiting(dependencies.webhooks, secrets, now=now, base_url=base_url)


SWEEP = Job("sweep nudges", timedelta(seconds=10), sweep_nudges)
NEWS = Job("tell news", timedelta(seconds=2), tell_news)
NOTICES = Job("tell members of duties", timedelta(seconds=5), tell_members)
PLANNING = (NEWS, SWEEP, NOTICES)
"""The jobs that say how many nudges they planned."""
JOBS = (
    Job("wake snoozed cases", timedelta(seconds=30), wake_cases),
    NEWS,
    SWEEP,
    Job("remind of late visits", timedelta(seconds=60), remind_of_visits),
    NOTICES,
    Job("fetch feeds", timedelta(seconds=60), fetch_feeds, in_parts=True),
    Job("fetch the mailbox", timedelta(seconds=20), fetch_mailbox, in_parts=True),
    Job("sort mails", timedelta(seconds=2), sort_mails, in_parts=True),
    Job("send private messages", timedelta(seconds=2), send_mails, in_parts=True),
    Job("plan digests", timedelta(seconds=60), plan_digests),
    Job("import tables", timedelta(seconds=1), import_tables, in_parts=True),
    Job("redraw evidence", timedelta(seconds=5), redraw_evidence),
    Job("look for damaged evidence again", timedelta(hours=1), redraw_damaged),
    Job("erase removed files", timedelta(seconds=10), erase_removed),
    Job("clean up after erasures", timedelta(seconds=30), clean_up_erasures),
    Job("search what names a person", timedelta(seconds=2), search_mentions, in_parts=True),
    Job("review retention", timedelta(hours=1), review_retention, in_parts=True),
    Job("owe reviews of legal holds", timedelta(hours=1), owe_hold_reviews),
    Job("erase by retention", timedelta(seconds=60), erase_by_retention, in_parts=True),
    Job("count cases for reports", timedelta(seconds=5), count_cases, in_parts=True),
    Job("add up the figures of days", timedelta(seconds=5), add_up_days, in_parts=True),
    Job("plan reports by mail", timedelta(seconds=60), plan_reports),
    Job("count shared concerns", timedelta(seconds=30), count_concerns),
    Job("note hours that are owed", timedelta(minutes=10), note_capacity),
    Job("watch for waves", timedelta(seconds=60), watch_for_waves),
    Job("chain the audit log", timedelta(seconds=60), chain_log, in_parts=True),
    Job("verify what is recorded", timedelta(minutes=10), verify_records),
    Job("make anchors", timedelta(minutes=5), make_anchor),
    Job("ask for time stamps", timedelta(seconds=60), ask_for_stamp),
    Job("make backups", timedelta(seconds=60), make_backup),
    Job("carry events to webhooks", timedelta(seconds=1), carry_events, in_parts=True),
    Job("delete expired data", timedelta(hours=1), delete_expired),
)
