"""After a restore: what must be done to rows that come from the past before anybody sees them.

A step for each reason, in order; each may be done twice.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from amends import tables
from amends.gateways.erased_list import ErasedList
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.secrets import Secrets
from amends.rules.vocabulary import NudgeState
from amends.services.case import case_numbers
from amends.services.operation.privacy import erasing_again


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What lies beside the database: evidence, and in the data folder the list of erased people."""

    folder: Path
    evidence: EvidenceFiles
    keys: tuple[str, ...] = ()


async def end_sessions(beside: Beside) -> None:
    """Nobody is signed in by what was true then; everybody types their password again."""
    await tables.Session.delete(force=True)
    await tables.OneTimeCode.delete(force=True)
    await tables.MessageLink.delete(force=True)


async def end_dossier_links(beside: Beside) -> None:
    """A link that was revoked after the backup was made must not open again; whoever needs one asks anew."""
    link = tables.DossierLink
    await link.update({link.ended_at: link.made_at}).where(link.ended_at.is_null())


async def void_webhook_deliveries(beside: Beside) -> None:
    """What was on its way to other programs has been told since, or is no news any more."""
    delivery = tables.WebhookDelivery
    waiting = delivery.state.is_in([NudgeState.READY, NudgeState.SENDING])
    await delivery.update({delivery.state: NudgeState.VOID, delivery.settled_at: delivery.at}).where(waiting)


async def erase_people_again(beside: Beside) -> None:
    """Who was erased since the backup was made is erased again; without keys only cases can be told."""
    keys = Secrets(beside.keys) if beside.keys else None
    await erasing_again.erase_again(ErasedList(beside.folder), keys, beside.evidence)


async def go_on_counting(beside: Beside) -> None:
    """The next case gets a number that none has."""
    await case_numbers.go_on_from_the_last()


STEPS: tuple[Callable[[Beside], Awaitable[None]], ...] = (
    end_sessions,
    end_dossier_links,
    void_webhook_deliveries,
    go_on_counting,
    erase_people_again,
)


async def run(beside: Beside) -> None:
    """All steps."""
    for step in STEPS:
        await step(beside)
