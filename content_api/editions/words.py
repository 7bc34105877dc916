"""How a text is cut into the words that it is found by.

The databases only match these words. They are made here, so that both engines find the same in the same order, and a
pinned search finds the same for ever:

- letters are folded: NFKC, case, accents (`Käse` = `kase`); a Greek letter is its name (`CD3ζ` = `cd3 zeta`);
- a plural counts as its singular where a word has five letters or more (`cells` = `cell`, `CARs` ≠ `CAR`);
- what hangs together is found whole and in its parts (`satri-cel`: satri, cel, satricel; `CLDN18.2`: cldn, cldn18, 18,
  cldn182 and so on), so hyphens and dots may be left out;
- Chinese, Japanese and Korean are found by every pair of characters, and by every one.

Changing any of this changes what old releases find: `rebuild_indexes` has to follow, and partners have to be told.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 64  # characters of a word; the rest of a longer one is not told apart
MOST_PARTS = 6  # of a compound that is found by every run of its parts
_LATIN_AND_GREEK_END = "\u0600"  # accents are taken off what comes before it, and belong to the letter after it
_SHORTEST_PLURAL = 5
_TELLING = 4  # letters by which a word is traced: a longer pattern costs more to make than it spares

_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
_GREEK = "\u0370-\u03ff"
_PART = re.compile(rf"[a-z]+|\d+|(?P<cjk>[{_CJK}]+)|(?P<greek>[{_GREEK}]+)|(?:(?![{_CJK}{_GREEK}])[^\W\d_])+")
_JOINER = re.compile(r"[-\u2010\u2011.'’·_]?")
_SPLITTER = re.compile(r"[-\u2010\u2011_'’·]")
_TO_SPACE = re.compile(r"[^ \n]*")
_ASCII = re.compile(r"[\x00-\x5b\x5d-\x7f]+")
_CLUSTER = re.compile(r"[\s\S][\u0300-\u036f\u1160-\u11ff\u3099\u309a\uff9e\uff9f]*")
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i"})


class Spot(NamedTuple):
    """A word, and where it stands: from one code point of the text to before another."""

    word: str
    start: int
    end: int


class Piece(NamedTuple):
    """A run of characters of one sort, and where it stands in the folded text."""

    text: str
    start: int
    end: int
    is_cjk: bool = False


@dataclass(frozen=True)
class Folded:
    """A text in which equal words look alike, with the code points of the original that each character came from."""

    text: str
    starts: list[int] | range
    ends: list[int] | range


def spots(text: str, trace: re.Pattern[str] | None = None) -> Iterator[Spot]:
    """Yield every word by which a text is found, each at every place where it stands.

    With a trace, only what hangs together with a place that shows it.
    """
    folded = fold(text)
    for at, stretch in _stretches(folded.text, trace) if trace else [(0, folded.text)]:
        for compound in compounds(stretch):
            for word, first, last in _words_of(compound):
                yield Spot(word, folded.starts[at + first], folded.ends[at + last - 1])


def trace_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return what folded text shows wherever one of these words may stand, or one that begins so.

    It shows more often than they stand: a Greek letter might be any of them, and a plural ends otherwise than its word.
    """
    joiner = _JOINER.pattern
    spelled = (joiner.join(map(re.escape, (word.removesuffix("y") or word)[:_TELLING])) for word in words)
    return re.compile("|".join([f"[{_GREEK}]", *spelled]))


def words_in(text: str) -> set[str]:
    """Return every word by which a text is found."""
    return {word for compound in compounds(fold(text).text) for word, _, _ in _words_of(compound)}


def fold(text: str) -> Folded:
    """Return a text as it is compared."""
    if text.isascii() and "\\" not in text:
        return Folded(text.lower(), range(len(text)), range(1, len(text) + 1))
    letters, starts, ends = list[str](), list[int](), list[int]()
    at = 0
    while at < len(text):
        match = _ASCII.match(text, at)
        if match:
            letters.append(match[0].lower())
            starts.extend(range(at, match.end()))
            ends.extend(range(at + 1, match.end() + 1))
        else:
            match = _CLUSTER.match(text, at)
            _fold_cluster(match[0] if match else "", at, letters, starts, ends)
        at = match.end() if match else len(text)
    return Folded("".join(letters), starts, ends)


def compounds(folded: str) -> Iterator[list[Piece]]:
    """Yield what hangs together in folded text: runs of letters and digits, at most a hyphen or a dot apart."""
    compound: list[Piece] = []
    for match in _PART.finditer(folded):
        gap = folded[compound[-1].end : match.start()] if compound else ""
        pieces = list(_pieces(match))
        if compound and (not _JOINER.fullmatch(gap) or compound[-1].is_cjk or pieces[0].is_cjk):
            yield compound
            compound = []
        compound += pieces
    if compound:
        yield compound


def segments(compound: list[Piece], folded: str) -> list[list[Piece]]:
    """Return a compound divided at its hyphens: there, and not at dots or digits, people may write a space."""
    parts = [[compound[0]]]
    for before, piece in pairwise(compound):
        if _SPLITTER.match(folded, before.end) and before.end < piece.start:
            parts.append([])
        parts[-1].append(piece)
    return parts


def joined(pieces: list[Piece]) -> str:
    """Return pieces as one word."""
    return singular("".join(piece.text for piece in pieces)[:LONGEST])


def grams(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield every character of a run of CJK text, and every pair of neighbors, with where they start and end."""
    for at in range(len(text)):
        yield text[at], at, at + 1
        if at + 1 < len(text):
            yield text[at : at + 2], at, at + 2


def singular(word: str) -> str:
    """Return an English plural of five letters or more as its singular; a rough rule, and the same for all words."""
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if not (word.isascii() and word.isalpha()):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def _stretches(folded: str, trace: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield what stands between spaces and shows a trace, with where it starts: no word reaches beyond a space."""
    at = 0
    while match := trace.search(folded, at):
        start = max(at, folded.rfind(" ", at, match.start()) + 1, folded.rfind("\n", at, match.start()) + 1)
        at = _TO_SPACE.match(folded, start).end()  # type: ignore[union-attr] # it always matches
        yield start, folded[start:at]


def _fold_cluster(cluster: str, at: int, letters: list[str], starts: list[int], ends: list[int]) -> None:
    text = _folded(cluster)
    letters.append(text)
    starts.extend([at] * len(text))
    ends.extend([at + len(cluster)] * len(text))
    if not text and ends and unicodedata.combining(cluster[0]):
        ends[-1] = at + len(cluster)  # an accent that stands apart belongs to the letter before it


@lru_cache(8192)
def _folded(cluster: str) -> str:
    """Return a character with its accents as it is compared; nothing for an escape or what cannot be seen."""
    if cluster == "\\" or unicodedata.category(cluster[0]) == "Cf":
        return ""
    text = unicodedata.normalize("NFKC", cluster).casefold()
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return bare.translate(_UNDECOMPOSED) if bare < _LATIN_AND_GREEK_END else text


def _pieces(match: re.Match[str]) -> Iterator[Piece]:
    text, start = match[0], match.start()
    if match["greek"] and len(text) <= 2:  # noqa: PLR2004 - a name such as γδ, and not a word of Greek
        for at, letter in enumerate(text):
            yield Piece(_name_of(letter), start + at, start + at + 1)
    else:
        yield Piece(text, start, match.end(), is_cjk=bool(match["cjk"]))


def _name_of(letter: str) -> str:
    """Return the name of a Greek letter: `ζ` is `zeta`."""
    name = unicodedata.name(letter, "")
    return name.rpartition(" ")[2].lower() if " LETTER " in name else letter


def _words_of(compound: list[Piece]) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a compound, each with where it starts and ends in the folded text."""
    if len(compound) == 1 and not compound[0].is_cjk:
        yield joined(compound), compound[0].start, compound[0].end
    elif compound[0].is_cjk:
        yield from ((gram, compound[0].start + a, compound[0].start + b) for gram, a, b in grams(compound[0].text))
    elif len(compound) > MOST_PARTS:
        yield from ((joined([piece]), piece.start, piece.end) for piece in compound)
        yield joined(compound), compound[0].start, compound[-1].end
    else:
        for first in range(len(compound)):
            for last in range(first, len(compound)):
                yield joined(compound[first : last + 1]), compound[first].start, compound[last].end
