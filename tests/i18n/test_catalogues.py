"""French catalogue: complete, same placeholders, French typography, as `make texts` writes it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import amends
from amends.i18n import catalogue_path, gettext, ngettext, use_language
from backend.texts import extracted, updated
from tests.offenders import expect_none

BACKEND = Path(amends.__file__).parent
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[sdf]|\{\w+\}")
BARE_SIGN = re.compile(
    r"(?<=\w)[;!?](?=\s|$)|(?<=[^\u202f])»|«(?!\u202f)|(?<=[^\s\u202f\d/a-z]) [;:!?]| [;:!?»](?=\s|$)"
)
REMEDY = (
    f"Run `make texts`, then write the French in {catalogue_path('fr').name} where it is empty or `fuzzy`."
)

Key = tuple[str | None, str | tuple[str, ...]]


@cache
def french() -> Catalog:
    return read_po(BytesIO(catalogue_path("fr").read_bytes()), locale="fr", abort_invalid=True)


def entries() -> list[Message]:
    return [message for message in french() if message.id]


def keys(catalog: Catalog) -> set[Key]:
    ids = [(message.context, message.id) for message in catalog if message.id]
    return {(context, one if isinstance(one, str) else tuple(one)) for context, one in ids}


def spoken(code: str) -> Iterator[tuple[int, str]]:
    """Line and words of each call that translates a text, or marks it to be translated."""
    for call in ast.walk(ast.parse(code)):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id in ("_", "N_", "ngettext")
        ):
            first = call.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield call.lineno, first.value


template = cache(extracted)
wanted = cache(lambda: keys(template()))


def said(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_every_message_is_said_in_french():
    expect_none(wanted() - keys(french()), REMEDY)


def test_the_catalogue_holds_nothing_that_nobody_says():
    expect_none(keys(french()) - wanted(), REMEDY)


def test_what_the_code_says_is_found_by_make_texts():
    known = {one if isinstance(one, str) else one[0] for _context, one in wanted()}
    expect_none(
        [
            f"{file.name}:{line} {words}"
            for file in BACKEND.rglob("*.py")
            for line, words in spoken(file.read_text())
            if words not in known
        ],
        "Babel reads no call within an f-string: give the words a name first.",
    )


def test_words_within_an_f_string_are_noticed():
    assert list(spoken("words = f\"{number} {_('Not found.')}\"")) == [(1, "Not found.")]


def test_no_translation_is_empty_or_a_guess():
    unfinished = [entry.id for entry in entries() if entry.fuzzy or not all(said(entry))]
    expect_none(unfinished, REMEDY)


def test_the_catalogue_is_written_as_make_texts_writes_it():
    content = catalogue_path("fr").read_bytes()
    assert updated(content, template(), language="fr") == content, "Run `make texts`."


def test_a_translation_keeps_the_placeholders_of_its_message():
    wrong = []
    for entry in entries():
        meant = set(PLACEHOLDER.findall(entry.id if isinstance(entry.id, str) else entry.id[-1]))
        wrong += [entry.id for words in said(entry) if set(PLACEHOLDER.findall(words)) != meant]
    expect_none(wrong, "Use in the translation the placeholders of the message, and no others")


COUNTED = re.compile(
    r"(?<![#\w])%\((?!name|owner|names|reader|person|drafter)\w+\)\d*[sd] (?:[a-z-]+ ){0,2}?"
    r"(?!(?:was|is|has|asks|owns|this|us|reviews|says|does|needs|as|its)\b)[a-z]{3,}s\b"
)
"""A figure before a noun in the plural: where the figure may be one, the message needs both forms."""
NEVER_ONE = {
    "There are already %(most)s rules. Remove one first.",
    "There are already %(most)s fields. Retire one first: who fills in a case reads them all.",
    "%(count)s months. Older events are deleted by themselves, and an event says so.",
    "%(count)s days",
    "%(ignored)s of %(judged)s reminders of the last %(days)s days were ignored (%(percent)s%%).",
    "All %(count)s complaints that were to be answered were answered on time.",
    "All %(count)s promises were kept.",
    "Promises due in these %(days)s days. A promise still open when its case is closed counts as broken.",
    (
        "What the extension could not read in the last %(days)s days. A part that is suddenly missing often "
        "means that the site has changed its layout."
    ),
    "No promise came due in the last %(days)s days. Promises are recorded on a case, with a due date.",
    "No reminder was sent in the last %(days)s days.",
    "Nothing was captured in the last %(days)s days.",
    "You have had %(count)s hostile cases this week. Someone else can take this one.",
    "every %(count)d weeks",
    "on %(weekday)s mornings",
    "on %(weekday)s afternoons",
    "on %(weekday)s evenings",
}
"""Messages whose figure begins at two."""
LIMITS = re.compile(r"\b(?:[Aa]t most|at least|[Uu]p to|longer than|more than|already go to)\b")
"""Words before a limit of the program, which is never one."""


def test_a_figure_before_a_plural_has_its_singular_too():
    alone = {one.id for one in template() if isinstance(one.id, str)}
    wrong = [words for words in alone if COUNTED.search(words) and not LIMITS.search(words)]
    expect_none(
        set(wrong) - NEVER_ONE, "Say it by ngettext, or add it to NEVER_ONE where the figure is never one"
    )
    expect_none(NEVER_ONE - set(wrong), "Take from NEVER_ONE what is no longer said")


def test_french_has_its_narrow_spaces_and_its_apostrophes():
    wrong = [words for entry in entries() for words in said(entry) if BARE_SIGN.search(words) or "'" in words]
    expect_none(wrong, "Write U+202F before ; : ! ? and inside « », and ’ for an apostrophe")


@pytest.mark.parametrize("words", ["Pourquoi?", "Pourquoi ?", "« ainsi »", "«\u202fainsi»", "fait : rien"])
def test_a_wrong_space_is_noticed(words: str):
    assert BARE_SIGN.search(words)


@pytest.mark.parametrize("words", ["Pourquoi\u202f?", "«\u202fainsi\u202f»", "https://", "de 09:00 à 18:00"])
def test_a_right_space_is_let_through(words: str):
    assert not BARE_SIGN.search(words)


def test_french_counts_nothing_and_one_as_one():
    with use_language("fr"):
        assert [ngettext("%(count)d day", "%(count)d days", count) for count in (0, 1, 2)] == [
            "%(count)d jour",
            "%(count)d jour",
            "%(count)d jours",
        ]
        assert gettext("Today") == "Aujourd’hui"


HEADER = '# Words\nmsgid ""\nmsgstr ""\n"Language: fr\\n"\n'
DAYS = ("%(count)d day", "%(count)d days")
DAYS_ENTRY = (
    f'#, python-format\nmsgid "{DAYS[0]}"\nmsgid_plural "{DAYS[1]}"\n'
    'msgstr[0] "%(count)d jour"\nmsgstr[1] "%(count)d jours"\n'
)


def after(catalogue: str, *messages: str | tuple[str, str]) -> str:
    found = Catalog()
    for message in messages:
        found.add(message, locations=[("a.py", 3)])
    return updated(catalogue.encode(), found, language="fr").decode()


def test_an_update_changes_nothing_where_no_message_changed():
    catalogue = f'{HEADER}\n{DAYS_ENTRY}\nmsgid "A; long one, {"very " * 30}long"\nmsgstr "Long"\n'
    assert (
        after(catalogue, f"A; long one, {'very ' * 30}long", ("%(count)d day", "%(count)d days")) == catalogue
    )


def test_an_update_puts_a_new_message_in_its_place_without_a_translation():
    assert after(f"{HEADER}\n{DAYS_ENTRY}", "Zone", DAYS, "#") == (
        f'{HEADER}\nmsgid "#"\nmsgstr ""\n\n{DAYS_ENTRY}\nmsgid "Zone"\nmsgstr ""\n'
    )


def test_an_update_marks_the_translation_of_a_reworded_message_as_fuzzy():
    catalogue = f'{HEADER}\nmsgid "Take the screenshot again."\nmsgstr "Refaites la copie."\n'
    assert after(catalogue, "Take this screenshot again.") == (
        f'{HEADER}\n#, fuzzy\n#| msgid "Take the screenshot again."\n'
        'msgid "Take this screenshot again."\nmsgstr "Refaites la copie."\n'
    )


def test_an_update_keeps_what_is_no_longer_used_as_obsolete_and_brings_it_back():
    catalogue = f'{HEADER}\nmsgid "Away"\nmsgstr "Absent"\n'
    without = after(catalogue)
    assert without == f'{HEADER}\n#~ msgid "Away"\n#~ msgstr "Absent"\n'
    assert after(without, "Away") == catalogue
