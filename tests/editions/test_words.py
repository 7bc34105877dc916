"""Words: what a text is found by, whatever the spelling, and where each stands in it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_api.delivery import terms
from content_api.delivery.parameters import InvalidValue
from content_api.editions.words import LONGEST, spots, trace_of, words_in


def _finds(query: str, text: str) -> bool:
    words = words_in(text)
    return all(terms.group_in(term, words) for term in terms.terms(query))


@pytest.mark.parametrize(
    ("query", "text", "other"),
    [
        ("satri-cel", "Satri-cel is given once.", "satri and others"),
        ("satricel", "Satri-cel is given once.", "satri only"),
        ("satri cel", "Satri-cel is given once.", "satri only"),
        ("satri\u2011cel", "satri-cel", "satris-cel"),
        ("satri-cel", "satri cel", "satri"),
        ("CLDN18.2", "against CLDN18.2", "CLDN18 and 2 others"),
        ("cldn182", "against CLDN18.2", "CLDN18.1"),
        ("Claudin18.2", "Claudin 18.2 or Claudin18.2", "Claudin18.1"),
        ("claudin 18.2", "Claudin18.2", "Claudin18"),
        ("claudin-18.2", "Claudin 18.2", "Claudin 18"),
        ("CAR T", "CAR-T cells", "a carcinoma of type T"),
        ("CAR-T", "CAR T cells", "cart"[:3]),
        ("cells", "one cell", "cellular"),
        ("cell", "two CELLS", "cel"),
        ("therapies", "a therapy", "therapist"),
        ("status", "the status", "statu"),
        ("kase", "Käse", "case"),
        ("KA\u0308SE", "kase", "ka se"),
        ("istanbul", "\u0130stanbul", "stanbul"),
        ("straße", "STRASSE", "strase"),
        ("ﬁrst", "first", "rst"),
        ("CD3 zeta", "CD3ζ", "CD3"),
        ("CD3ζ", "cd3-zeta", "CD3"),
        ("gamma delta", "γδ T cells", "gamma"),
        ("αβ", "alpha-beta", "alpha"),
        ("10⁶", "10⁶ cells", "10"),
        ("\uff2e\uff23\uff34\uff10\uff14\uff15\uff18\uff11\uff14\uff17\uff13", "NCT04581473", "NCT04581474"),
        ("nct 04581473", "NCT04581473", "NCT0458147"),
        ("恺力", "恺力美", "力恺"),
        ("恺力美", "药品恺力美已获批", "恺力"),
        ("恺", "恺力美", "力美"),
        ("ガン", "ｶﾞﾝ", "カン"),
        ("gastr*", "gastroesophageal", "epigastric"),
        ("claudin18*", "Claudin18.2", "claudin"),
        ("patients", "the patient’s cells", "patience"),
        ("7.92", r"7\.92 months", "7.29"),
        ("soft", "so\u00adft", "so ft"),
        ("non-small", "non-small-cell", "non"),
        ("CD19s", "a CD19s cell", "a CD19 cell"),
    ],
)
def test_are_found_in_any_usual_spelling_and_not_in_another_word(query: str, text: str, other: str) -> None:
    assert _finds(query, text)
    assert not _finds(query, other)


@pytest.mark.parametrize("text", ["", " ", "%_*", "🧬", "*", "-", "\u202eabc"[:1], "؟"])
def test_are_refused_where_there_is_none(text: str) -> None:
    with pytest.raises(InvalidValue, match="no word"):
        terms.terms(text)


def test_are_refused_where_there_are_too_many() -> None:
    assert len(terms.terms("a b c d e f g h")) == 8
    assert len(terms.terms("a a a a a a a a a A")) == 1
    for text in ("a b c d e f g h i", "恺力美" * 20):
        with pytest.raises(InvalidValue, match="at most 8"):
            terms.terms(text)
    with pytest.raises(InvalidValue, match="too much"):
        terms.terms("g*")


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("Against Claudin18.2 now", "claudin182", "Claudin18.2"),
        ("Ein Ka\u0308se.", "kase", "Ka\u0308se"),
        ("药品恺力美", "恺力", "恺力"),
        ("with ｶﾞﾝ", "ガン", "ｶﾞﾝ"),
        ("🧬 ﬁne", "fine", "ﬁne"),
        (r"after 7\.92 months", "792", r"7\.92"),
    ],
)
def test_know_where_they_stand_in_code_points(text: str, word: str, place: str) -> None:
    assert place in {text[spot.start : spot.end] for spot in spots(text) if spot.word == word}


@given(st.text(max_size=200))
def test_stand_inside_of_any_text_and_are_the_same_however_it_is_composed(text: str) -> None:
    found = list(spots(text))

    assert all(0 <= spot.start < spot.end <= len(text) for spot in found)
    assert {spot.word for spot in found} == words_in(text)
    assert all(spot.word and len(spot.word) <= LONGEST for spot in found)
    latin = "".join(one for one in text if one < "\u0250")
    assert words_in(latin) == words_in(unicodedata.normalize("NFD", latin)) == words_in(latin.upper().lower())


@given(
    st.lists(st.sampled_from([*"abyis '-.·_19 ζγß恺力ガ\n\t\\ｶﾞ\u0301", "therapies", "CLDN18.2", " "])).map("".join),
    st.data(),
)
def test_are_found_by_their_trace_wherever_they_stand(text: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted(words_in(text)) or ["none"]))
    beginning = word[:2]

    traced = spots(text, trace_of([word, beginning]))

    assert [one for one in traced if one.word.startswith(beginning)] == [
        one for one in spots(text) if one.word.startswith(beginning)
    ]


def test_are_not_cut_out_where_there_is_no_trace() -> None:
    assert [one.word for one in spots("One cell, two cell-lines\nand cellars", trace_of(["cell"]))] == [
        *("cell", "cell", "celllines"[:-1], "line"),
        "cellar",
    ]
    assert [one.word for one in spots("Bodies, and no other body.", trace_of(["body"]))] == ["body", "body"]


@pytest.mark.parametrize("text", ["a-" * 50_000, "a" * 100_000, "恺" * 20_000, "\u0301" * 50_000, "1a" * 50_000])
def test_are_cut_quickly_out_of_hostile_text(text: str) -> None:
    assert sum(1 for _ in spots(text)) <= 2 * len(text)
