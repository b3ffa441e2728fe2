"""Does anything that tells who it was survive in an anonymous text?"""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.case.texts import BLANKS
from amends.rules.insight.redaction import MARK, ORDINARY, anonymous, without_contacts

NAMES = ("Marie Dupont", "@m_dupont", "王伟", "The Angry Baker", "🦄")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Marie says so", "[…] says so"),
        ("MARIE DUPONT’s cake", "[…]’s cake"),
        ("Dear Mârie Dùpont,", "Dear […],"),
        ("#mariedupont2", "#[…]2"),
        ("Ma\u200brie", "[…]"),
        ("𝓜𝓪𝓻𝓲𝓮, Ｍａｒｉｅ", "[…]"),
        ("Mariette baked", "Mariette baked"),
        ("我叫王伟。", "我叫[…]。"),
        ("the angry customer of the baker", "the […] customer of the […]"),
        ("said 🦄 today", "said […] today"),
        ("M a r i e wrote, D.u.p.o.n.t too", "[…] wrote, […] too"),
        ("Маrіе with Cyrillic letters", "[…] with Cyrillic letters"),
        ("Mar\u3164ie, Ma\u034frie", "[…]"),
        ("Marie\u0301 said", "[…] said"),
        ("@ m_dupont, ＠m_dupont, @\u200bm_dupont", "[…]"),
    ],
)
def test_a_name_goes_however_it_is_written_and_words_around_it_stay(text: str, left: str):
    assert anonymous(text, NAMES) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to dana+x@mail.example.org now", "Write to […] now"),
        ("See https://x.com/dana/status/1?b=2 or example.fr", "See […] or […]"),
        ("@dana and u/dana told me", "[…] and […] told me"),
        ("Call +33 6 12 34 56 78 or (0)20 7946-0958.", "Call […] or […]."),
        ("Order no. 4711, order #88 and CMD-2024-0012", "Order no. […], order […] and […]"),
        ("Commande n° 4711, n° 12", "Commande n° […]"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189", "IBAN […]"),
        ("parcel 6A12345678901", "parcel […]"),
        ("dana (at) mail.example, dana at example dot com", "[…]"),
        ("dana＠example．com or example。org", "[…] or […]"),
        ("https :// example.org and example[.]com", "[…] and […]"),
        ("dana_b on Instagram, snap dana77", "[…] on Instagram, snap […]"),
        ("06\u201112\u201134\u201156\u201178 or 06, 12, 34, 56, 78", "[…] or […]"),
        ("06 12 34\n56 78", "[…]"),
        ("6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣", "[…]"),
        ("my order number is 4711, order no 47", "my order number is […], order no […]"),
        ("commandes 4711 et 4712, réf. X9", "commandes […], réf. […]"),
        ("order ABX-QT, PNR: XKQFRT, № 4711", "order […], PNR: […]"),
        ("born on March 3rd, 1984", "born on […]"),
        ("née le 3 mars 1984, le 12.03.84", "née le […], le […]"),
        ("12 rue de la Paix, 221B Baker Street", "[…]"),
        ("SW1A 1AA, AB-123-CD", "[…]"),
    ],
)
def test_links_addresses_and_numbers_go(text: str, left: str):
    assert without_contacts(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 it cost 1 200,00 €.",
        "I waited 12 days, 24/7, and gave 1/5.",
        "I had to order 2 times.\nThen nothing.",
        "well-known, e.g. this one",
        "Il ne reste que 12 places, de 2023-2024.",
        "12 500 000 €, 1 000 000 fois, 10 000 - 20 000 €",
        "My order was 120 €, order of 12 roses, sizes 38, 39, 40, 41, 42.",
        "At that point we looked at it in 3 days, from 10:30-11:45.",
    ],
)
def test_plain_words_years_and_amounts_stay(text: str):
    assert anonymous(text, NAMES) == text


def folded(text: str) -> str:
    """As a reader would compare: no capitals, no accents, nothing invisible."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(
        one for one in apart if unicodedata.category(one) not in ("Mn", "Me", "Cf") and one not in BLANKS
    )


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(text))


WRITTEN = (str, str.upper, str.lower, str.title, lambda name: unicodedata.normalize("NFD", name))
names = st.text(st.characters(categories=("L", "Nd", "Pd", "Pc", "Zs")), min_size=1, max_size=24).filter(
    words_of
)
texts = st.text(max_size=40)


@given(
    name=names,
    handle=names,
    pieces=st.lists(texts, min_size=2, max_size=5),
    written=st.sampled_from(WRITTEN),
    gap=st.sampled_from([" ", ", ", "\n", "(", ":", "…"]),
)
def test_no_name_and_no_handle_survives(name: str, handle: str, pieces: list[str], written, gap: str):
    between = f"{gap}{written(name)}{gap}{written(handle)}{gap}"
    left = anonymous(between.join(pieces), [name, handle])
    there = words_of(left)
    for known in (name, handle):
        parts = words_of(known)
        assert not any(there[at : at + len(parts)] == parts for at in range(len(there)))
        assert not [one for one in parts if len(one) > 1 and one not in ORDINARY and one in there]
        if len("".join(parts)) >= 5:
            assert "".join(parts) not in folded(left).replace(" ", "")


@given(text=texts, name=names)
def test_an_anonymous_text_stays_as_it_is(text: str, name: str):
    once = anonymous(text, [name])
    assert anonymous(once, [name]) == once


@given(text=texts)
def test_without_anything_to_hide_nothing_is_hidden(text: str):
    plain = re.sub(r"[^a-z \n]", "", text)
    assert anonymous(plain, []) == plain
    assert MARK not in plain
