"""A report by mail: the same words as text and markup, in which a theme's name is a name and nothing else."""

from amends.services.nudge.report_messages import Letter, Posted, Row, Table, message

HOSTILE = "Late\n- Pay here: https://evil.example\u202e <script>alert(1)</script>"
LETTER = Letter(
    language="en",
    title="Customer cases, April 2026",
    compared="Compared with March 2026.",
    sentences=("We answered 41 of 44 complaints on time.",),
    tables=(
        Table("Main figures", (Row("Captured", "44", "40 in the period before"),)),
        Table("Themes", (Row(HOSTILE, "9", "8 answered"),)),
    ),
    page="/insights?from=2026-04-01&to=2026-04-30",
)


def test_it_says_its_sentences_its_figures_and_where_all_of_them_stand():
    found = message(LETTER, reference="report-1", base_url="https://amends.example.org")
    assert found.title == "Customer cases, April 2026"
    assert found.body.startswith(
        "We answered 41 of 44 complaints on time.\n\nMain figures\n- Captured: 44 (40 in"
    )
    assert "https://amends.example.org/insights?from=2026-04-01&to=2026-04-30" in found.body
    assert found.html is not None
    assert 'href="https://amends.example.org/insights?from=2026-04-01&amp;to=2026-04-30"' in found.html
    assert "your address was entered in Amends" in found.body


def test_a_hostile_name_stays_on_its_line_and_is_no_markup():
    found = message(LETTER, reference="report-1", base_url="https://amends.example.org")
    assert "- Late - Pay here: https://evil.example <script>alert(1)</script>: 9 (8 answered)\n" in found.body
    assert found.html is not None
    assert "<script" not in found.html
    assert "<bdi>Late - Pay here" in found.html
    assert "\u202e" not in found.body + found.html


PNG = b"\x89PNG\r\n\x1a\n and pixels"


def test_the_logo_stands_above_it_with_the_name_of_the_team_instead_where_pictures_are_not_shown():
    found = Posted("boss@example.org", LETTER, 'Bakers" onload="x', PNG).message(reference="r", base_url="")
    assert found.html is not None
    assert found.picture == PNG
    assert found.html.index('src="cid:logo.png" alt="Bakers&#34; onload=&#34;x"') < found.html.index(
        "We answered"
    )
    assert "http" not in found.html.partition("We answered")[0], "nothing is fetched from anywhere"
    for logo in (b"", b"RIFF....WEBP"):
        without = Posted("boss@example.org", LETTER, "Bakers", logo).message(reference="r", base_url="")
        assert without.picture == b""
        assert "<img" not in (without.html or "")


def test_it_speaks_the_language_of_its_reader():
    letter = Letter(language="fr", title="t", compared="", sentences=(), tables=(), page="/insights")
    assert "Tous les chiffres" in message(letter, reference="r", base_url="").body


def test_a_mail_server_writes_to_the_reader_instead_of_its_own_receivers():
    through = (
        "mailtos://ada:secret@mail.example.org:587/?from=us%40example.org&to=team%40example.org&mode=starttls"
    )
    assert Posted("boss@example.org", LETTER).address(through) == (
        "mailtos://ada:secret@mail.example.org:587?from=us%40example.org&mode=starttls&to=boss%40example.org"
    )
