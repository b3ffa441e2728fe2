"""Do variables become words, and do the replies that fit a case come first?"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.case.platforms import PLATFORMS
from amends.rules.reply.reply_templates import (
    SOURCES,
    VARIABLES,
    Record,
    UnknownVariable,
    Wish,
    WrongTemplate,
    check,
    fill,
    fitting,
    left_over,
    occasion_for,
    ranked,
    tone_for,
    why,
)
from amends.rules.vocabulary import Language, Nature, Stance
from amends.rules.vocabulary.replies import Occasion, Tone

VALUES = {name: name.upper() for name in VARIABLES}


def test_variables_become_words_and_all_else_stays():
    text = "Hello {author}, write to {private_place} about {case_number}. {signature}, {team} of {product}"
    filled = fill(text, VALUES)
    assert filled.text == "Hello AUTHOR, write to PRIVATE_PLACE about CASE_NUMBER. SIGNATURE, TEAM of PRODUCT"
    assert filled.missing == ()


def test_a_variable_without_a_value_stays_and_is_told():
    filled = fill("Write to {private_place}, {author}. {private_place}", VALUES | {"private_place": ""})
    assert filled.text == "Write to {private_place}, AUTHOR. {private_place}"
    assert filled.missing == ("private_place",)
    assert left_over(filled.text) == ("private_place",)


def test_what_a_variable_stands_for_is_never_read_as_a_variable():
    assert fill("Hello {author}", VALUES | {"author": "{team} {x}"}).text == "Hello {team} {x}"


@pytest.mark.parametrize("text", ["{autor}", "{}", "{ author }", "{Author}", "Hi {first name}"])
def test_an_unknown_variable_is_told_with_those_that_there_are(text: str):
    with pytest.raises(UnknownVariable):
        fill(text, VALUES)
    with pytest.raises(UnknownVariable) as told:
        check("Title", text, "any")
    assert all(f"{{{name}}}" in told.value.fields["text"] for name in VARIABLES)


@pytest.mark.parametrize("text", ["Brackets } alone { stay", "{" * 50, "{{author}}", "{" + "x" * 61 + "}"])
def test_braces_that_are_no_variable_stay(text: str):
    check("Title", text, "any")
    assert fill(text, VALUES).text == text.replace("{author}", "AUTHOR")


@pytest.mark.parametrize(
    ("title", "text", "source", "fields"),
    [
        ("", "Hello", "any", {"title"}),
        ("Hello", "", "any", {"text"}),
        ("x" * 121, "x" * 5001, "nowhere", {"title", "text", "source"}),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(title: str, text: str, source: str, fields: set[str]):
    with pytest.raises(WrongTemplate) as told:
        check(title, text, source)
    assert told.value.fields.keys() == fields


@given(st.text(max_size=80), st.dictionaries(st.sampled_from(VARIABLES), st.text(max_size=10)))
def test_a_text_without_variables_is_never_changed(text: str, values: dict[str, str]):
    plain = text.replace("{", "(")
    assert fill(plain, values) == fill(plain, {})
    assert fill(plain, values).text == plain


UNUSED = Record()
MONDAY, DAY = datetime(2026, 5, 4, tzinfo=UTC), timedelta(days=1)


@dataclass(frozen=True)
class Prepared:
    title: str
    text: str = ""
    stance: Stance = Stance.FIX
    occasion: Occasion = Occasion.FIRST
    tone: Tone = Tone.EMPATHY
    language: Language = Language.ENGLISH
    source: str = "any"
    record: Record = UNUSED
    changed_at: datetime = MONDAY


WISH = Wish(language=Language.ENGLISH, platform="x", occasion=Occasion.FIRST, stance=Stance.FIX, fault="ours")
LIBRARY = (
    Prepared("another stance", stance=Stance.CLARIFY),
    Prepared("right stance"),
    Prepared("right stance and tone", tone=Tone.APOLOGY),
    Prepared("made for social accounts", tone=Tone.APOLOGY, source="social"),
    Prepared("made for this very site", tone=Tone.APOLOGY, source="x"),
    Prepared("for reviews", source="reviews"),
    Prepared("for another site", source="reddit"),
    Prepared("in French", language=Language.FRENCH),
    Prepared("to close with", occasion=Occasion.CLOSING),
)


def titles(wish: Wish) -> list[str]:
    return [one.title for one in fitting(LIBRARY, wish)]


def test_what_fits_best_comes_first_and_what_does_not_fit_is_left_out():
    assert titles(WISH) == [
        "made for this very site",
        "made for social accounts",
        "right stance and tone",
        "right stance",
        "another stance",
    ]


@pytest.mark.parametrize(
    ("wish", "first"),
    [
        (replace(WISH, language=Language.FRENCH), "in French"),
        (replace(WISH, occasion=Occasion.CLOSING), "to close with"),
        (replace(WISH, platform="google", fault=None), "for reviews"),
        (replace(WISH, platform="reddit", fault=None), "for another site"),
        (replace(WISH, stance=Stance.CLARIFY, fault=None), "another stance"),
    ],
)
def test_the_language_the_occasion_the_site_and_the_stance_decide(wish: Wish, first: str):
    assert titles(wish)[0] == first


def test_what_helped_on_this_theme_comes_before_the_right_tone_and_after_the_stance():
    helped = Prepared("helped on this theme", record=Record(well=1, on_theme=1))
    wrong_stance = replace(helped, title="helped with another stance", stance=Stance.CLARIFY)
    right_tone = Prepared("right tone", tone=Tone.APOLOGY)
    offered = fitting([wrong_stance, right_tone, helped], WISH)
    assert [one.title for one in offered] == [
        "helped on this theme",
        "right tone",
        "helped with another stance",
    ]


def test_of_those_that_fit_alike_what_ended_well_more_often_comes_first():
    records = {
        "lost": Record(badly=3),
        "new": Record(),
        "once": Record(well=1),
        "often": Record(well=9, badly=1),
    }
    offered = fitting([Prepared(title, record=record) for title, record in records.items()], WISH)
    assert [one.title for one in offered] == ["often", "once", "new", "lost"]


def test_what_speaks_of_the_same_things_comes_before_what_only_fits_as_well():
    offered = [Prepared("Charged wrongly"), Prepared("It never came", "Where is your parcel?")]
    wish = replace(WISH, about="Your courier threw my parcel over the fence")
    found = [(one, shared.words) for one, shared in ranked(offered, wish)]
    assert found == [(offered[1], ("parcel",)), (offered[0], ())]


def test_ties_go_to_what_was_used_last_then_to_what_was_written_last_and_never_to_a_name():
    used = [
        Prepared(name, record=Record(uses=1, last_used=MONDAY + day * DAY))
        for name, day in zip("abc", (1, 3, 2), strict=True)
    ]
    written = [
        Prepared(name, changed_at=MONDAY + day * DAY) for name, day in zip("def", (1, 3, 2), strict=True)
    ]
    assert [one.title for one in fitting([*written, *used], WISH)] == ["b", "c", "a", "e", "f", "d"]


def test_a_word_of_everyday_speech_brings_no_reply_forward():
    wish = replace(WISH, language=Language.FRENCH, about="Ça commence bien, mon colis est perdu")
    lost = Prepared("Perdu", "Votre colis a disparu.", language=Language.FRENCH)
    begins = Prepared("Avis", "Tout commence par un avis.", language=Language.FRENCH, record=Record(uses=9))
    assert fitting([begins, lost], wish) == [lost, begins]


def test_of_those_of_which_no_case_has_ended_what_is_used_more_often_comes_first():
    uses = {"a": 0, "b": 2, "c": 5}
    offered = fitting([Prepared(title, record=Record(uses=count)) for title, count in uses.items()], WISH)
    assert [one.title for one in offered] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("one", "reasons"),
    [
        (Prepared("nothing", stance=Stance.CLARIFY), ""),
        (Prepared("stance"), "stance"),
        (Prepared("tone", stance=Stance.CLARIFY, tone=Tone.APOLOGY), "tone"),
        (Prepared("theme", record=Record(well=1, on_theme=1)), "stance theme"),
        (Prepared("all", tone=Tone.APOLOGY, source="x", record=Record(on_theme=1)), "stance theme tone site"),
    ],
)
def test_what_speaks_for_a_reply_is_said_the_weightiest_first(one: Prepared, reasons: str):
    assert " ".join(why(one, WISH)) == reasons


def test_no_apology_is_offered_to_abuse():
    offered = fitting(LIBRARY, replace(WISH, nature=Nature.THREAT))
    assert offered
    assert not [one for one in offered if one.tone is Tone.APOLOGY]


def test_six_are_offered_at_most():
    assert len(fitting([Prepared(str(number)) for number in range(20)], WISH)) == 6


@pytest.mark.parametrize(
    ("nature", "fault", "tone"),
    [
        (None, None, Tone.EMPATHY),
        (Nature.COMPLAINT, "ours", Tone.APOLOGY),
        (Nature.COMPLAINT, "shared", Tone.APOLOGY),
        (Nature.COMPLAINT, "theirs", Tone.EMPATHY),
        (Nature.CRITICISM, "unclear", Tone.THANKS),
        (Nature.HARASSMENT, "ours", Tone.DISTANCE),
        (Nature.SPAM, None, Tone.DISTANCE),
    ],
)
def test_the_tone_follows_from_fault_and_nature(nature: Nature | None, fault: str | None, tone: Tone):
    assert tone_for(nature, fault) is tone


@pytest.mark.parametrize(
    ("replies", "solved", "occasion"),
    [
        (0, False, Occasion.FIRST),
        (0, True, Occasion.SOLUTION),
        (1, False, Occasion.FOLLOWING),
        (1, True, Occasion.SOLUTION),
        (2, False, Occasion.CLOSING),
        (3, True, Occasion.CLOSING),
    ],
)
def test_at_the_end_of_the_budget_the_closing_line_comes(replies: int, solved: bool, occasion: Occasion):
    assert occasion_for(replies, 2, is_solved=solved) is occasion


def test_every_platform_but_the_open_web_may_have_templates_of_its_own():
    assert set(PLATFORMS) < set(SOURCES)
