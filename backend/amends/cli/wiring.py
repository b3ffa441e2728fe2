"""Wiring: builds the worker and its dependencies (notifier, secrets, evidence files) from the settings."""

import os
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amends.clock import Clock
    from amends.gateways.backup_child import BackupMaker
    from amends.gateways.evidence_files import EvidenceFiles
    from amends.gateways.feeds import FeedReader
    from amends.gateways.mail_reader import MailReader
    from amends.gateways.mail_sender import MailSender
    from amends.gateways.mailboxes import MailboxReader
    from amends.gateways.notifier import Notifier
    from amends.gateways.secrets import Secrets
    from amends.gateways.time_stamps import TimeStamper
    from amends.gateways.webhooks import WebhookCarrier
    from amends.settings import Settings
    from amends.worker.jobs import Dependencies, Job
    from amends.worker.loop import Worker

CHILDREN = 4
"""Child processes that send at a time: one target server that hangs never holds them all."""


def dependencies_of(settings: "Settings") -> "Dependencies":
    """The worker's dependencies, as the settings want them."""
    from amends.gateways.erased_list import ErasedList
    from amends.worker.jobs import Dependencies

    return Dependencies(
        notifier=notifier_of(settings, children=CHILDREN),
        secrets=secrets_of(settings),
        files=files_of(settings),
        feeds=feeds_of(settings),
        mails=mails_of(),
        mailboxes=mailboxes_of(settings),
        mail_sender=mail_sender_of(settings),
        backups=backups_of(),
        stamps=stamps_of(settings),
        webhooks=webhooks_of(settings),
        erased_list=ErasedList(settings.data_dir),
        base_url=settings.base_url,
    )


def worker_of(settings: "Settings", *, clock: "Clock", jobs: "Sequence[Job] | None" = None) -> "Worker":
    """This process's worker, which hears of nudges in the way that was chosen; `jobs` are all of them."""
    from amends.worker.dispatchers import LocalDispatcher, QueueDispatcher
    from amends.worker.jobs import JOBS
    from amends.worker.loop import Worker

    dispatcher = QueueDispatcher() if settings.has_queue else LocalDispatcher(clock)
    return Worker(
        dependencies_of(settings), clock=clock, name=worker_name(), jobs=jobs or JOBS, dispatcher=dispatcher
    )


def notifier_of(settings: "Settings", *, children: int) -> "Notifier":
    """What reads target addresses and sends to them, in at most so many child processes at a time."""
    from amends.gateways.notifier.sandbox_client import SandboxedNotifier

    return SandboxedNotifier(settings.allow_private_targets, size=children)


def webhooks_of(settings: "Settings") -> "WebhookCarrier":
    """What carries events to endpoints, in a child process of its own."""
    from amends.gateways.webhooks import SandboxedWebhookCarrier

    return SandboxedWebhookCarrier(settings.allow_private_targets)


def feeds_of(settings: "Settings") -> "FeedReader":
    """What fetches feeds, in a child process of its own."""
    from amends.gateways.feeds import SandboxedFeedReader

    return SandboxedFeedReader(settings.allow_private_targets)


def mails_of() -> "MailReader":
    """What reads mails, in a child process of its own."""
    from amends.gateways.mail_reader import SandboxedMailReader

    return SandboxedMailReader()


def mailboxes_of(settings: "Settings") -> "MailboxReader":
    """What fetches mails from a mailbox, in a child process of its own."""
    from amends.gateways.mailboxes import SandboxedMailboxReader

    return SandboxedMailboxReader(settings.allow_private_targets)


def mail_sender_of(settings: "Settings") -> "MailSender":
    """What hands private messages to a mail server, in a child process of its own."""
    from amends.gateways.mail_sender import SandboxedMailSender

    return SandboxedMailSender(settings.allow_private_targets)


def stamps_of(settings: "Settings") -> "TimeStamper":
    """What asks an authority for time stamps."""
    from amends.gateways.time_stamps import SandboxedTimeStamper

    return SandboxedTimeStamper(settings.allow_private_targets)


def backups_of() -> "BackupMaker":
    """What makes a backup when one is due."""
    from amends.gateways.backup_child import ChildBackupMaker

    return ChildBackupMaker()


def secrets_of(settings: "Settings") -> "Secrets":
    """What seals and opens target addresses."""
    from amends.gateways.secrets import Secrets

    return Secrets(settings.encryption_keys)


def files_of(settings: "Settings") -> "EvidenceFiles":
    """Where evidence is kept: in object storage where one is set, else in the folder."""
    if settings.object_storage:
        from amends.gateways.evidence_objects import ObjectEvidenceFiles

        return ObjectEvidenceFiles(settings.object_storage)
    return folder_files_of(settings)


def folder_files_of(settings: "Settings") -> "EvidenceFiles":
    """The folder of evidence in the data folder, whether it is in use or not."""
    from amends.gateways.evidence_files import FolderEvidenceFiles

    return FolderEvidenceFiles(settings.evidence_dir)


def worker_name() -> str:
    """Names this process among all workers."""
    return f"{socket.gethostname()[:100]}:{os.getpid()}"
