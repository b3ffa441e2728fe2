"""Character encoding of text files that office programs write."""

import codecs

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN = "cp1252"
"""What Windows in western Europe calls ANSI; ISO 8859-1 and 8859-15 differ from it in signs that are rare."""
SAMPLE = 512


def decoded(content: bytes) -> str:
    """The text of a file, by its byte order mark, else the first that fits of UTF-16, UTF-8, Windows-1252.

    Raises UnicodeDecodeError for what is no text in any of them, such as a workbook.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding)
    if wide := _unmarked_utf_16(content[:SAMPLE]):
        return content.decode(wide)
    if b"\0" in content:
        raise UnicodeDecodeError("utf-8", content, content.index(b"\0"), content.index(b"\0") + 1, "binary")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(WESTERN, errors="replace")


def _unmarked_utf_16(sample: bytes) -> str:
    """UTF-16 without a mark has a zero in nearly every second place, as long as its text is western."""
    pairs = len(sample) // 2
    if pairs and sample[1::2].count(0) > pairs * 0.6 and sample[::2].count(0) == 0:
        return "utf-16-le"
    if pairs and sample[::2].count(0) > pairs * 0.6 and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return ""
