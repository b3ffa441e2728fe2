"""Attached files are accepted by content, limited in number and size, and named by us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.case.attachments import (
    ENDINGS,
    HEAD,
    LIMITS,
    Problem,
    kept_name,
    kind_of,
    problem_of,
    problem_of_all,
    problem_on_case,
)

PNG, JPEG, WEBP = b"\x89PNG\r\n\x1a\n...", b"\xff\xd8\xff\xe0...", b"RIFF\x00\x01\x02\x03WEBPVP8 "
MAIL = b"Return-Path: <dana@example.org>\r\nFrom: Dana <dana@example.org>\r\nSubject: The cake\r\n\r\nHello"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (PNG, "photo.png", "image/png"),
        (PNG, "photo.html", "image/png"),
        (JPEG, "", "image/jpeg"),
        (WEBP, "x", "image/webp"),
        (b"%PDF-1.7\n", "invoice.exe", "application/pdf"),
        (MAIL, "The cake.eml", "message/rfc822"),
        (MAIL, "THE CAKE.EML", "message/rfc822"),
        (b"\xef\xbb\xbf" + MAIL, "a.eml", "message/rfc822"),
        (b"From - Mon May  4 08:00:00 2026\n" + MAIL, "a.eml", "message/rfc822"),
        (b"From: a@example.org\nDate: now\nX-Long: a\n b\n\tc\n\n\xe9t\xe9", "a.eml", "message/rfc822"),
        (b"From: a\nDate: b\n" + b"X-Spam: no\n" * (HEAD // 8) + b"\nHello", "a.eml", "message/rfc822"),
        (b"Hello\nthere\n", "chat.txt", "text/plain"),
        ("Où est mon gâteau ?".encode("latin-1"), "chat.TXT", "text/plain"),
        (HTML, "harmless.txt", "text/plain"),
    ],
)
def test_what_is_accepted_is_known_by_its_content(content: bytes, name: str, expected: str):
    assert kind_of(content, name) == expected


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SVG, "logo.svg"),
        (HTML, "page.html"),
        (HTML, "page"),
        (HTML, "page.ht\u200bml"),
        (HTML, "mail.eml"),
        (b"Hello there", "mail.eml"),
        (b"From: dana@example.org\n\nno other field", "mail.eml"),
        (b"Subject: x\nDate: y\n\nnobody sent it", "mail.eml"),
        (b"From: a\n<script>alert(1)</script>\nDate: b\n", "mail.eml"),
        (MAIL, "mail.html"),
        (MAIL, "mail"),
        (b"MZ\x90\x00\x03", "setup.exe"),
        (b"MZ\x90\x00\x03", "setup.txt"),
        (b"PK\x03\x04\x14\x00", "invoice.docx"),
        (b"PK\x03\x04\x14\x00", "invoice.txt"),
        (b"GIF89a/*\x00*/=alert(1)", "a.gif"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "a.eps"),
        (b" %PDF-1.7", "not at the beginning.pdf"),
        (b"%PDF-", "no version.pdf"),
        (b"#!/bin/sh\nrm -rf /", "run.sh"),
        (b"H\x00e\x00l\x00l\x00o\x00", "wide.txt"),
        (b"x", "txt"),
        (b"", ""),
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(content: bytes, name: str):
    assert kind_of(content, name) is None


@pytest.mark.parametrize(
    ("name", "media_type", "expected"),
    [
        ("Photo du colis.JPG", "image/jpeg", "Photo du colis.jpg"),
        ("Photo du colis.jpeg", "image/jpeg", "Photo du colis.jpeg"),
        ("photo.png", "image/jpeg", "photo.png.jpg"),
        ("page.html", "image/png", "page.html.png"),
        ("../../etc/passwd\r\nX: y", "application/pdf", "passwd X: y.pdf"),
        ("C:\\Users\\dana\\mail.eml", "message/rfc822", "mail.eml"),
        ("exe.\u202egpj.txt", "text/plain", "exe.gpj.txt"),
        ("a\x00b.pdf", "application/pdf", "a\ufffdb.pdf"),
        ("server.log", "text/plain", "server.log"),
        ("colis 📦.png", "image/png", "colis 📦.png"),
        (".eml", "message/rfc822", "file.eml"),
        ("", "image/png", "file.png"),
        ("..", "image/png", "file.png"),
        ("/", "image/png", "file.png"),
        ("x" * 500 + ".pdf", "application/pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_one_line_without_folders_and_ends_as_its_kind_does(
    name: str, media_type: str, expected: str
):
    assert kept_name(name, media_type) == expected


@given(st.text(max_size=300), st.sampled_from(sorted(ENDINGS)))
def test_no_name_leaves_its_folder_its_line_or_its_kind(name: str, media_type: str):
    kept = kept_name(name, media_type)
    assert len(kept) <= LIMITS.name
    assert kept.endswith(ENDINGS[media_type])
    assert not kept.startswith(".")
    assert not set(kept) & set("/\\\r\n\0")
    assert kept_name(kept, media_type) == kept


def test_one_file_is_not_empty_not_too_large_and_of_a_known_kind():
    assert problem_of(0, "image/png") is Problem.EMPTY
    assert problem_of(LIMITS.file_bytes, "image/png") is None
    assert problem_of(LIMITS.file_bytes + 1, "image/png") is Problem.FILE_TOO_LARGE
    assert problem_of(10, None) is Problem.KIND


def test_the_files_of_one_form_are_limited_together():
    assert problem_of_all([1] * LIMITS.at_once) is None
    assert problem_of_all([1] * (LIMITS.at_once + 1)) is Problem.TOO_MANY
    assert problem_of_all([LIMITS.file_bytes] * 2) is None
    assert problem_of_all([LIMITS.file_bytes] * 2 + [1]) is Problem.SENT_TOO_LARGE


def test_a_case_takes_so_many_files_and_so_many_bytes():
    assert problem_on_case([1], files=LIMITS.on_case - 1, total=0) is None
    assert problem_on_case([1], files=LIMITS.on_case, total=0) is Problem.CASE_FULL
    assert problem_on_case([1], files=0, total=LIMITS.case_bytes - 1) is None
    assert problem_on_case([1], files=0, total=LIMITS.case_bytes) is Problem.CASE_TOO_LARGE
