"""Are files of a dossier named, listed and spread over volumes as its checkers and its PDF want it?"""

import json
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as some

from amends.rules.case import timeline
from amends.rules.case.timeline import GENESIS, Line
from amends.rules.case.verification import Recorded, Told
from amends.rules.operation import dossiers
from amends.rules.operation.dossiers import A_VOLUME, PICTURES_IN_A_VOLUME, Sized

DIGEST = "ab" * 32


def recorded(body: str | None, salt: str | None = "00" * 32) -> Recorded:
    commitment = timeline.commitment(salt, body) if salt and body else "0" * 64
    line = Line(
        UUID(int=1), 1, "noted", datetime(2026, 3, 2, 9, tzinfo=UTC), "system", None, commitment, GENESIS
    )
    return Recorded(line, timeline.chained(line), Told(salt, body, erased=body is None))


def test_a_row_holds_what_the_hash_covers_and_what_it_tells() -> None:
    entry = recorded('{"text":"été"}')
    row = json.loads(dossiers.timeline_row(entry, withheld=False))
    assert (row["hash"], row["body"], row["salt"]) == (entry.hash, '{"text":"été"}', "00" * 32)
    assert row["at"] == "2026-03-02T09:00:00.000000+00:00"


def test_a_row_that_is_withheld_or_erased_says_so_and_tells_nothing() -> None:
    withheld = json.loads(dossiers.timeline_row(recorded('{"text":"secret"}'), withheld=True))
    erased = json.loads(dossiers.timeline_row(recorded(None, None), withheld=False))
    assert withheld["withheld"]
    assert erased["erased"]
    assert not {"body", "salt"} & (set(withheld) | set(erased))


def test_files_are_found_by_the_words_of_entries() -> None:
    body = timeline.canonical({"files": [{"sha256": DIGEST}], "content": "cd" * 32, "text": "ef" * 32})
    assert dossiers.named_by([recorded(body), recorded(None, None)]) == {DIGEST, "cd" * 32}


def test_a_manifest_is_what_sha256sum_reads() -> None:
    assert dossiers.manifest({"b": DIGEST, "a": DIGEST}) == f"{DIGEST}  a\n{DIGEST}  b\n".encode()


def test_a_file_is_named_by_its_number_and_digest_alone() -> None:
    assert dossiers.file_name("files", 7, DIGEST, "image/png") == "files/007-abababababab.png"
    assert dossiers.file_name("files", 7, DIGEST, "../../etc") == "files/007-abababababab.bin"


@given(some.lists(some.integers(0, 2 * PICTURES_IN_A_VOLUME), max_size=300))
def test_volumes_hold_every_post_once_in_order_and_never_too_much(sizes: list[int]) -> None:
    volumes = dossiers.volumes([Sized(number, size) for number, size in enumerate(sizes)])
    assert [number for volume in volumes for number in volume] == list(range(len(sizes)))
    for volume in volumes:
        assert len(volume) <= A_VOLUME
        assert (
            len(volume) == 1 or sum(sizes[number] for number in volume) <= PICTURES_IN_A_VOLUME or not volume
        )
