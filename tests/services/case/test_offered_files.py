"""Offered files are written once each, with what their rows will say, before any transaction."""

from amends.services.case import offered_files, stored_files
from amends.services.case.offered_files import CheckedFile
from tests.fakes import MemoryEvidenceFiles
from tests.world import MONDAY


async def test_an_offered_file_says_what_its_row_will_and_its_bytes_are_there(database: str) -> None:
    files = MemoryEvidenceFiles()
    photo = CheckedFile(name="photo.png", media_type="image/png", content=b"pixels", width=4, height=3)
    letter = CheckedFile(name="letter.txt", media_type="text/plain", content=b"Dear")
    offered = (await offered_files.offer([photo, letter], files, now=MONDAY)).files
    assert [(one.name, one.size, one.width, one.height) for one in offered] == [
        ("photo.png", 6, 4, 3),
        ("letter.txt", 4, None, None),
    ]
    assert sorted(files.kept) == sorted(one.bytes.sha256 for one in offered)


async def test_without_files_nothing_is_written(database: str) -> None:
    files = MemoryEvidenceFiles()
    assert (await offered_files.offer([], files, now=MONDAY)).files == ()
    assert await stored_files.erase_left(files, now=MONDAY + stored_files.OFFERED_FOR) == 0
