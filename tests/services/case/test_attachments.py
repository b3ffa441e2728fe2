"""Files are checked, kept as they came, told on the timeline, limited, and removed by a lead."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from amends import tables
from amends.database import transaction
from amends.rules.case.attachments import LIMITS
from amends.services.case import attachments, offered_files, redrawing, stored_files, timeline
from amends.services.case.access import CaseUnknown
from amends.services.case.attachments import (
    FileRefused,
    FileRemovalNotYours,
    FileUnknown,
    GivenFile,
    NoFile,
    NoFileRemovalReason,
)
from amends.services.case.offered_files import Attached
from amends.services.desk import cases
from amends.services.team.members import Act, Member
from amends.services.workflow import moves
from tests.fakes import MemoryEvidenceFiles
from tests.world import MONDAY, case_row, entries, make_case, move

PDF = GivenFile("../invoice 4711.PDF", b"%PDF-1.7 invoice")


def photo(name: str = "parcel.png", colour: str = "teal") -> GivenFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "PNG")
    return GivenFile(name, drawn.getvalue() + b"trailing bytes")


@pytest.fixture
def store() -> MemoryEvidenceFiles:
    return MemoryEvidenceFiles()


async def add(by: Member, number: int, *given: GivenFile, store: MemoryEvidenceFiles) -> list[dict[str, Any]]:
    """Attaches files; their rows."""
    await attachments.add(
        Act(by, MONDAY), number, await offered_files.offer(await attachments.check(given), store, now=MONDAY)
    )
    return await tables.Attachment.select().order_by(tables.Attachment.name)


async def told(number: int) -> dict[str, Any]:
    """What the last entry of a case tells."""
    return (await timeline.of_case((await case_row(number))["id"]))[-1].particulars


async def shown(by: Member, number: int) -> list[tuple[int, str]]:
    """The files on the page of a case, with the case that each is of."""
    return [(one.number, one.name) for one in (await cases.detail(Act(by, MONDAY), number)).files]


async def test_files_are_kept_byte_for_byte_and_told_with_name_and_digest(
    bob: Member, store: MemoryEvidenceFiles
):
    number, picture = await make_case(bob), photo()
    rows = await add(bob, number, PDF, picture, store=store)
    assert [(row["name"], row["media_type"], row["width"]) for row in rows] == [
        ("invoice 4711.pdf", "application/pdf", None),
        ("parcel.png", "image/png", 40),
    ]
    assert await attachments.original(rows[1]["id"], by=bob, store=store) == ("parcel.png", picture.content)
    assert (await entries(number))[-1] == "files_added"
    names = {one["id"]: (one["name"], one["sha256"]) for one in (await told(number))["files"]}
    assert names == {str(row["id"]): (row["name"], row["sha256"]) for row in rows}


async def test_the_chain_covers_names_and_digests_and_no_bytes(bob: Member, store: MemoryEvidenceFiles):
    number = await make_case(bob)
    await add(bob, number, PDF, store=store)
    body = (await tables.Particulars.select().order_by(tables.Particulars.entry.position))[-1]["body"]
    assert '"name":"invoice 4711.pdf"' in body
    assert "%PDF" not in body


async def test_a_picture_has_a_preview_without_what_hides_in_it_and_a_pdf_has_none(
    bob: Member, store: MemoryEvidenceFiles
):
    number = await make_case(bob)
    pdf, picture = await add(bob, number, PDF, photo(), store=store)
    with pytest.raises(FileUnknown):
        await attachments.preview(picture["id"], by=bob, store=store)
    await redrawing.redraw_waiting(store, now=MONDAY)
    assert b"trailing" not in await attachments.preview(picture["id"], by=bob, store=store)
    with pytest.raises(FileUnknown):
        await attachments.preview(pdf["id"], by=bob, store=store)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (GivenFile("<b>.svg", b"<svg onload=alert(1)>"), "“<b>.svg” cannot be attached. Accepted are"),
        (GivenFile("a.html", b"<script>"), "“a.html” cannot be attached"),
        (GivenFile("a\u202e\n.exe", b"MZ\x00"), "“a .exe” cannot be attached"),
        (GivenFile("a.png", b""), "“a.png” is empty."),
        (
            GivenFile("a.txt", b"x" * (LIMITS.file_bytes + 1)),
            "“a.txt” is too large. A file has at most 15 MB.",
        ),
        (GivenFile("a.png", b"\x89PNG\r\n\x1a\nbroken"), "“a.png”: This is not a PNG, JPEG or WebP image"),
    ],
)
async def test_a_refused_file_is_named_with_the_limit(database: str, given: GivenFile, sentence: str):
    with pytest.raises(FileRefused) as refused:
        await attachments.check([photo(), given])
    assert refused.value.fields["files"].startswith(sentence)


async def test_too_much_at_once_is_refused_before_anything_is_decoded(database: str):
    one = GivenFile("a.txt", b"x")
    with pytest.raises(FileRefused) as refused:
        await attachments.check([one] * (LIMITS.at_once + 1))
    assert refused.value.fields == {"files": "Attach at most 10 files at once."}
    large = GivenFile("a.txt", b"x" * LIMITS.file_bytes)
    with pytest.raises(FileRefused) as refused:
        await attachments.check([large, large, one])
    assert refused.value.fields == {
        "files": "Together these files are too large. Attach at most 30 MB at once."
    }


async def test_a_full_case_says_how_full_it_is_and_takes_nothing(bob: Member, store: MemoryEvidenceFiles):
    number = await make_case(bob)
    rows = await add(bob, number, PDF, store=store)
    table = tables.Attachment
    await table.update({table.size: LIMITS.case_bytes - 10}).where(table.id == rows[0]["id"])
    with pytest.raises(FileRefused) as refused:
        await add(bob, number, PDF, store=store)
    assert refused.value.fields["files"] == "A case holds at most 200 MB of files, and this one has 199 MB."
    assert await entries(number) == ["captured", "files_added"]


async def test_a_case_holds_so_many_files(
    bob: Member, store: MemoryEvidenceFiles, monkeypatch: pytest.MonkeyPatch
):
    number = await make_case(bob)
    text = GivenFile("a.txt", b"x")
    for _ in range(LIMITS.on_case // LIMITS.at_once):
        await add(bob, number, *[text] * LIMITS.at_once, store=store)
    with pytest.raises(FileRefused) as refused:
        await add(bob, number, text, store=store)
    assert refused.value.fields["files"] == "A case holds at most 50 files, and this one has 50."


async def test_without_a_file_or_a_case_nothing_is_attached(bob: Member, store: MemoryEvidenceFiles):
    number = await make_case(bob)
    with pytest.raises(NoFile):
        await add(bob, number, store=store)
    with pytest.raises(CaseUnknown):
        await add(bob, 99, PDF, store=store)
    await stored_files.erase_left(store, now=MONDAY + stored_files.OFFERED_FOR)
    assert store.kept == {}


async def test_a_lead_removes_a_file_with_a_reason_and_its_entry_stays(
    alice: Member, bob: Member, store: MemoryEvidenceFiles
):
    number = await make_case(bob)
    pdf, picture = await add(bob, number, PDF, photo(), store=store)
    await redrawing.redraw_waiting(store, now=MONDAY)
    with pytest.raises(FileRemovalNotYours):
        await attachments.remove(Act(bob, MONDAY), number, picture["id"], reason="Wrong person")
    with pytest.raises(NoFileRemovalReason):
        await attachments.remove(Act(alice, MONDAY), number, picture["id"], reason=" \n")
    await attachments.remove(Act(alice, MONDAY), number, picture["id"], reason="Wrong person")
    assert await told(number) == {
        "file": str(picture["id"]),
        "name": "parcel.png",
        "sha256": picture["sha256"],
        "reason": "Wrong person",
    }
    assert await shown(bob, number) == [(number, "invoice 4711.pdf")]
    for read in (attachments.preview, attachments.original):
        with pytest.raises(FileUnknown):
            await read(picture["id"], by=alice, store=store)
    assert await attachments.erase_removed(store, now=MONDAY) == 2
    assert await attachments.erase_removed(store, now=MONDAY) == 0
    assert list(store.kept) == [pdf["sha256"]]
    assert (await entries(number))[-2:] == ["files_added", "file_removed"]


async def test_a_file_is_removed_once_and_from_its_own_case_only(
    alice: Member, bob: Member, store: MemoryEvidenceFiles
):
    number, other = await make_case(bob), await make_case(bob)
    [pdf] = await add(bob, number, PDF, store=store)
    act = Act(alice, MONDAY)
    for case, file_id in ((other, pdf["id"]), (number, uuid4())):
        with pytest.raises(FileUnknown):
            await attachments.remove(act, case, file_id, reason="Wrong")
    await attachments.remove(act, number, pdf["id"], reason="Wrong")
    with pytest.raises(FileUnknown):
        await attachments.remove(act, number, pdf["id"], reason="Wrong")


async def test_the_bytes_of_a_removed_file_stay_while_another_case_has_them(
    alice: Member, bob: Member, store: MemoryEvidenceFiles
):
    number, other = await make_case(bob), await make_case(bob)
    [pdf] = await add(bob, number, PDF, store=store)
    await add(bob, other, PDF, store=store)
    await attachments.remove(Act(alice, MONDAY), number, pdf["id"], reason="Wrong")
    assert await attachments.erase_removed(store, now=MONDAY) == 0
    assert list(store.kept) == [pdf["sha256"]]


async def test_a_removed_picture_is_not_drawn_anew(alice: Member, bob: Member, store: MemoryEvidenceFiles):
    number = await make_case(bob)
    [picture] = await add(bob, number, photo(), store=store)
    await attachments.remove(Act(alice, MONDAY), number, picture["id"], reason="Wrong")
    assert await redrawing.redraw_waiting(store, now=MONDAY) == 0
    await attachments.erase_removed(store, now=MONDAY)
    assert store.kept == {}


async def test_the_files_of_a_merged_case_are_shown_on_the_kept_one_until_that_is_undone(
    bob: Member, store: MemoryEvidenceFiles
):
    kept, joined, first = [await make_case(bob) for _ in range(3)]
    await add(bob, kept, photo(), store=store)
    await add(bob, joined, PDF, store=store)
    await add(bob, first, GivenFile("chat.txt", b"Hello"), store=store)
    await move(first, "join", by=bob, duplicate_of=joined)
    undo = await move(joined, "join", by=bob, duplicate_of=kept)
    everything = [(first, "chat.txt"), (joined, "invoice 4711.pdf"), (kept, "parcel.png")]
    assert await shown(bob, kept) == everything
    assert await shown(bob, joined) == everything[:2]
    await moves.undo(Act(bob, MONDAY), joined, undo)
    assert await shown(bob, kept) == everything[2:]


async def test_a_case_is_found_by_the_name_of_a_file(bob: Member, store: MemoryEvidenceFiles):
    number = await make_case(bob)
    await make_case(bob)
    await add(bob, number, PDF, store=store)
    found = await cases.page(cases.CaseFilters(words="invoice 4711"), now=MONDAY)
    assert [row.number for row in found.rows] == [number]


async def test_what_is_rolled_back_leaves_no_row(bob: Member, store: MemoryEvidenceFiles):
    number = await make_case(bob)
    attached = await offered_files.offer(await attachments.check([PDF]), store, now=MONDAY)
    with pytest.raises(ZeroDivisionError):
        await _broken(bob, number, attached)
    assert await shown(bob, number) == []
    assert await stored_files.erase_left(store, now=MONDAY + stored_files.OFFERED_FOR) == 1
    assert not store.kept


async def _broken(by: Member, number: int, attached: Attached) -> None:
    async with transaction():
        await attachments.add(Act(by, MONDAY), number, attached)
        raise ZeroDivisionError
