"""What people type into a search box, read as terms that must all be found.

A term is a word, in any of its spellings that the index knows: `satri-cel` is found as satricel, and where `satri` and
`cel` both stand. A star at the end asks for words that begin so. Chinese, Japanese and Korean words are found by their
pairs of characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.delivery.parameters import InvalidValue, Parameter
from content_api.editions.searching import Group, Term, Wanted
from content_api.editions.words import compounds, fold, grams, joined, segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from content_api.editions.words import Piece

MOST_TERMS = 8
MOST_WORDS = 40  # that the database is asked for, whatever the script
SHORTEST_BEGINNING = 2
HOW = (
    "Words that must all be found, at most 8: in names, short texts and texts. Case, accents and English plurals make "
    "no difference, hyphens and dots may be left out, and `gastr*` finds words that begin so."
)


def terms(text: str) -> list[Term]:
    """Return the terms of a query; raise InvalidValue if there are none or too many."""
    found = list(dict.fromkeys(_terms(text)))
    if not found:
        msg = "It holds no word to look for. Write letters or digits."
        raise InvalidValue(msg)
    words = sum(len(group) for term in found for group in term)
    if len(found) > MOST_TERMS or words > MOST_WORDS:
        msg = f"It holds {len(found)} words. Ask for at most {MOST_TERMS} at a time."
        raise InvalidValue(msg)
    return found


def parameter(*, is_required: bool = False) -> Parameter:
    """Return the parameter `q`."""
    return Parameter(
        "q",
        HOW,
        terms,
        {"type": "string", "minLength": 1, "maxLength": 256},
        is_required=is_required,
        example="恺力" if is_required else None,
    )


def met_by(word: str, wanted: Iterable[Wanted]) -> bool:
    """Tell whether a word is any of those that are looked for."""
    return any(one.meets(word) for one in wanted)


def group_in(term: Term, words: Sequence[str] | set[str]) -> Group:
    """Return the words of a term that a text was found by: its first spelling of which every word is there."""
    return next((group for group in term if all(any(map(one.meets, words)) for one in group)), ())


def _terms(text: str) -> Iterator[Term]:
    folded = fold(text).text
    for compound in compounds(folded):
        if compound[0].is_cjk:
            yield (_pairs(compound[0].text),)
        else:
            is_beginning = folded[compound[-1].end : compound[-1].end + 1] == "*"
            yield _beginning(compound) if is_beginning else _spellings(compound, folded)


def _pairs(text: str) -> Group:
    """Return the pairs of a CJK word, or the one character that it is."""
    return tuple(Wanted(gram) for gram, start, end in grams(text) if end - start == min(2, len(text)))


def _beginning(compound: list[Piece]) -> Term:
    word = "".join(piece.text for piece in compound)
    if len(word) < SHORTEST_BEGINNING:
        msg = f"“{word}*” would find too much. Write at least {SHORTEST_BEGINNING} letters before the star."
        raise InvalidValue(msg)
    return ((Wanted(word, is_beginning=True),),)


def _spellings(compound: list[Piece], folded: str) -> Term:
    """Return a word in one, and where it has hyphens also in the parts between them."""
    whole: Group = (Wanted(joined(compound)),)
    parts = segments(compound, folded)
    return (whole, tuple(Wanted(joined(part)) for part in parts)) if len(parts) > 1 else (whole,)
