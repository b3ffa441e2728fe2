"""Mail identity of a message: Message-ID, thread and sender's name."""

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from amends.gateways.notifier import Message
from amends.rules.vocabulary import NudgeKind

Nudges = Sequence[Mapping[str, Any]]


def identified(
    message: Message, nudges: Nudges, *, base_url: str, now: datetime, instance: str = ""
) -> Message:
    """The message with its identity in mail (RFC 5322, 3.6.4); `nudges` are those that it carries.

    The id is the same when the same nudges are sent to their target again, so that mail programs drop the
    repeat; it differs from that of another target, whose message has other links.
    """
    host = urlsplit(base_url).hostname or "localhost"
    ids = "".join(sorted(nudge["id"].hex for nudge in nudges))
    return dataclasses.replace(
        message,
        message_id=f"{hashlib.sha256(ids.encode()).hexdigest()[:32]}@{host}",
        thread_id=f"{_thread(nudges, now)}@{host}",
        sender=nudges[0]["team_name"] or "",
        instance=instance,
    )


def _thread(nudges: Nudges, now: datetime) -> str:
    """One thread for a case; for a member's digests, and notices; for a day's lists, or reports, by a target.

    Its root is an id that no message has: whichever comes first, the others find it.
    """
    first = nudges[0]
    if first["kind"] == NudgeKind.DIGEST:
        return f"digests-{first['member'].hex}"
    if first["kind"] == NudgeKind.NOTICE:
        return f"notices-{first['member'].hex}"
    if first["kind"] == NudgeKind.REPORT:
        return f"reports-{first['target'].hex}"
    if first["kind"] == NudgeKind.TRIAL:
        return f"test-{first['id'].hex}"
    if len({nudge["case_id"] for nudge in nudges}) > 1:
        return f"list-{now:%Y%m%d}-{first['target'].hex}"
    return f"case-{first['number']}-{first['case_id'].hex[:8]}"
