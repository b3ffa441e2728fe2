"""In which encoding is a text file written?"""

import pytest

from amends.rules.team.file_encoding import decoded

TEXT = "Très déçu ; coût 20 € à l’œil\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_what_excel_and_its_like_save_is_read(encoding: str):
    assert decoded(TEXT.encode(encoding)).removeprefix("\ufeff") == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_wide_text_is_read_with_and_without_its_mark(encoding: str, mark: str):
    assert decoded(f"{mark}{TEXT}".encode(encoding)) == TEXT


def test_a_byte_that_windows_has_no_sign_for_is_marked():
    assert decoded(b"caf\xe9 \x81") == "café \ufffd"


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04\x14\x00\x08\x00", b"\xff\xfe\x00", b"\xef\xbb\xbf\xff", b"\0"]
)
def test_a_file_that_is_no_text_is_refused(content: bytes):
    with pytest.raises(UnicodeDecodeError):
        decoded(content)


def test_an_empty_file_is_an_empty_text():
    assert decoded(b"") == ""
