"""Words that no text on screen or in a message may use, in the catalogues of the server and the extension."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from amends.i18n import catalogue_path
from tests.offenders import expect_none

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "extension" / "_locales"

INSTEAD = {
    "en": {
        r"nudg(e|es|ed|ing)\b": "reminder",
        r"somebody\b": "someone",
        r"everybody\b": "everyone",
        r"meanwhile\b": "in the meantime",
        r"e-mail": "email",
        r"touchpoints?\b": "exchange",
        r"no longer good|good (once|until)\b": "valid",
        r"\banew\b": "again",
        r"as is decent": "that is the limit",
        r"is no (address|webhook|calendar)\b": "isn’t a …",
        r"The worker\b": "the background worker",
        r"Nobody is asked|nobody told": "say what happens",
        r"\bsleeps?\b|\basleep\b|\bAwake\b": "snoozed",
        r"Who does not\b|^Whoever (is|had)\b": "name the person",
        r"Without words": "no text",
        r"^Keep (this list|this password|this address|the note|the reply)$": "save",
        r"week-end": "weekend",
        r"\bstands? (here|below|twice|on the case|in the history)\b": "is, appears, is kept",
        r"\bSomebody\b|\bEverybody\b": "Someone, everyone",
        r"\b(erased|off) by itself\b": "automatically",
    },
    "fr": {
        r"pot commun": "file commune",
        r"\bplaintes?\b|s’est plaint": "réclamation",
        r"\bpostures?\b": "position",
        r"\bpassages? (n’existe|nommé)|dernier passage": "action",
        r"[Ll]aiss(er|é|ez) partir": "classer sans suite",
        r"[Cc]onfi(er|é|ez) plus haut|[Tt]oujours confié": "faire remonter",
        r"accuser publiquement": "répondre en public",
        r"\bà l’horloge\b|À votre heure": "en temps réel, dans votre fuseau",
        r"\bworkers?\b": "service d’envoi",
        r"\bmandataire\b": "proxy",
        r"\bla relance\b|Relance envoyée": "prise de nouvelles",
        r"\bpost\b": "publication",
        r"\b[Cc]aptur(é|és|ée|ées|er|ez|ent)\b": "capter",
        r"[Cc]aptures? d’écran": "copie d’écran",
        r"[Mm]essages? captés?\b": "publication captée",
        r"\b([Aa]ppair|[Dd]issoci|[Aa]ssociez l’extension)": "relier",
        r"[Dd]ossiers? (des données|des sauvegardes|des preuves)": "répertoire",
        r"boîtes? mails?\b|[Cc]ourriel": "boîte e-mail, e-mail",
        r"\b[Aa]dministrateurs?\b": "admin",
        r"[Dd]ates? limites?\b": "échéance",
        r"\w·(e|s|es|ne|trice)\b": "sans point médian",
        r"#%\(number\)s|#\$": "nº",
        r"\bvous pouvez être franc\b": "en toute franchise",
        r"[Pp]ersonne encore\b": "non attribué",
        r"[Cc]hronologies?\b": "historique",
    },
}


def texts(language: str) -> Iterator[str]:
    """Every text of a language: what the server says, what the extension says, and the lines of the help."""
    for entry in read_po(BytesIO(catalogue_path("fr").read_bytes()), locale="fr"):
        if entry.id:
            said = entry.id if language == "en" else entry.string
            yield from (said,) if isinstance(said, str) else said
    for entry in json.loads((EXTENSION / language / "messages.json").read_text()).values():
        yield entry["message"]
    if language == "fr":  # the English help is written for readers of the README as well
        for page in sorted((ROOT / "docs" / "help" / language).glob("*.md")):
            yield from page.read_text().splitlines()


@pytest.mark.parametrize("language", sorted(INSTEAD))
def test_no_text_uses_a_word_that_we_do_not_say(language: str):
    wrong = [
        f"{text!r}: say “{better}”"
        for text in texts(language)
        for word, better in INSTEAD[language].items()
        if re.search(word, text)
    ]
    expect_none(wrong, "Reword these texts")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nobody is being nudged."),
        ("en", "It sleeps."),
        ("fr", "Retour au pot commun"),
        ("fr", "ami·e"),
    ],
)
def test_such_a_word_is_noticed(language: str, text: str):
    assert any(re.search(word, text) for word in INSTEAD[language])
