"""What fits a field of the team's own, and which values mean the same?"""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.case import fields
from amends.rules.case.fields import FieldUnusable, Said, choices_in, cleaned, fits, key_of, name_of, said_in
from amends.rules.vocabulary import FieldKind

CHOICES = ("Lyon", "Saint-Étienne")


def kept(kind: FieldKind, typed: str) -> str:
    return cleaned(kind, CHOICES, typed, field="x")


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FieldKind.TEXT, "  A blue \n vase ", "A blue vase"),
        (FieldKind.NUMBER, "1 234,50", "1234.5"),
        (FieldKind.NUMBER, "-0.00", "0"),
        (FieldKind.NUMBER, "100", "100"),
        (FieldKind.DATE, "2026-05-14", "2026-05-14"),
        (FieldKind.CHOICE, "saint-etienne", "Saint-Étienne"),
        (FieldKind.ORDER_NUMBER, " No. 12-A ", "No. 12-A"),
        *((kind, " \u200b ", "") for kind in FieldKind),
    ],
)
def test_a_value_is_kept_in_one_way(kind: FieldKind, typed: str, value: str):
    assert kept(kind, typed) == value
    assert fits(kind, CHOICES, typed) == bool(value)


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        (FieldKind.NUMBER, "twelve", "number"),
        (FieldKind.NUMBER, "1.234", "number"),
        (FieldKind.NUMBER, "NaN", "number"),
        (FieldKind.NUMBER, "1e9999", "number"),
        (FieldKind.DATE, "14/05/2026", "date"),
        (FieldKind.DATE, "0001-01-01", "date"),
        (FieldKind.CHOICE, "Paris", "list"),
        (FieldKind.TEXT, "x" * 201, "200"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(kind: FieldKind, typed: str, sentence: str):
    with pytest.raises(FieldUnusable) as refused:
        kept(kind, typed)
    assert sentence in refused.value.fields["x"]
    assert not fits(kind, CHOICES, typed)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (FieldKind.TEXT, "Café  crème", "cafe CREME"),
        (FieldKind.ORDER_NUMBER, "No. 12-A", "no 12a"),
        (FieldKind.NUMBER, "1 234,50", "1234.5"),
        (FieldKind.CHOICE, "Saint-Étienne", "saint-etienne"),
    ],
)
def test_values_that_mean_the_same_have_one_key(kind: FieldKind, one: str, other: str):
    assert key_of(kind, one) == key_of(kind, other) != ""


@given(st.sampled_from(FieldKind), st.text(max_size=300))
def test_no_text_breaks_a_field_and_what_is_kept_fits_again(kind: FieldKind, typed: str):
    try:
        value = kept(kind, typed)
    except FieldUnusable:
        return
    assert kept(kind, value) == value
    assert len(value) <= fields.LONGEST_VALUE
    assert len(key_of(kind, value)) <= fields.LONGEST_VALUE
    assert bool(value) == bool(key_of(kind, value)) or kind is FieldKind.ORDER_NUMBER


@given(st.text(max_size=80))
def test_every_label_gives_a_name_that_a_reply_can_use(label: str):
    name = name_of(label, {"field", "author"})
    assert 0 < len(name) <= fields.LONGEST_NAME
    assert name.isascii()
    assert name[0].isalpha()
    assert name not in ("field", "author")


def test_a_second_field_of_the_same_name_is_counted():
    assert name_of("Numéro de commande", ()) == "numero_de_commande"
    assert name_of("Order number", {"order_number", "order_number_2"}) == "order_number_3"


def test_choices_stand_one_on_each_line_each_once():
    assert choices_in(" Lyon \n\nlyon\nNice\r\n") == ("Lyon", "Nice")


def test_what_an_entry_tells_is_read_as_it_was_told():
    said = Said("size", FieldKind.NUMBER, "Size", "Taille", "12", "11")
    assert said_in({"fields": fields.told([said])}) == (said,)


def test_an_order_number_that_a_link_once_asked_for_is_an_answer_too():
    [said] = said_in({"order_number": "4711", "by_link": "hand_off"}, "given")
    assert (said.field, said.kind, said.after) == ("order_number", FieldKind.ORDER_NUMBER, "4711")


@given(st.text(min_size=1, max_size=40).filter(lambda value: value.strip(".")))
def test_no_sign_of_a_value_has_a_meaning_in_the_address_at_which_it_opens(value: str):
    opened = fields.opened("https://help.example/t?id={value}&of=us#top", value)
    parts = urlsplit(opened)
    assert (parts.hostname, parts.path, parts.fragment) == ("help.example", "/t", "top")
    assert parse_qs(parts.query, keep_blank_values=True) == {"id": [value], "of": ["us"]}


def test_dots_alone_lead_to_no_folder_above():
    assert {fields.opened("https://help.example/t/{value}", value) for value in (".", "..", "...")} == {""}
    assert fields.opened("https://help.example/t/{value}/x", "..a") == "https://help.example/t/..a/x"


def test_nothing_opens_without_a_value_or_an_address():
    assert fields.opened("", "17") == fields.opened("https://help.example/{value}", "") == ""
