"""The words that editions are found by, and the questions asked of them: plain rows, matched and never ranked by a database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Least

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models.expressions import Combinable

    from content_api.editions.models import EditionQuerySet

_PAST_THE_BEGINNING = b"\xff"  # no UTF-8 holds this byte, so every word with a beginning sorts before it


class Rank(models.IntegerChoices):
    """Where a word stands in an edition; the best place, if in several."""

    TITLE = 1, "In a name"
    SHORT = 2, "In the short text"
    BODY = 3, "In the text"


class SearchWord(models.Model):
    """A word that an edition is found by. Bytes and not text: both engines compare them by code point."""

    edition = models.ForeignKey("editions.Edition", on_delete=models.PROTECT, related_name="words", db_index=False)
    word = models.BinaryField(max_length=256, help_text="UTF-8, as content_api.editions.words cuts it.")
    rank = models.PositiveSmallIntegerField(choices=Rank)

    class Meta:
        app_label = "editions"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "word"], name="an_edition_has_a_word_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["word", "edition", "rank"], name="word_by_text"),
        ]

    def __str__(self) -> str:
        return bytes(self.word).decode()


@dataclass(frozen=True)
class Wanted:
    """A word that is looked for, or what it begins with."""

    word: str
    is_beginning: bool = False

    def meets(self, word: str) -> bool:
        """Tell whether a word is what is looked for."""
        return word.startswith(self.word) if self.is_beginning else word == self.word


Group = tuple[Wanted, ...]  # all of these
Term = tuple[Group, ...]  # any of these


def matching(editions: EditionQuerySet, terms: Sequence[Term]) -> EditionQuerySet:
    """Keep the editions that hold every term."""
    for term in terms:
        editions = editions.filter(reduce(or_, (reduce(and_, map(_holds, group)) for group in term)))
    return editions


def rank_of(terms: Sequence[Term]) -> Combinable:
    """Return the expression for how well an edition matches: as well as its worst term does."""
    return _of_all([_of_any([_of_all([_place(wanted) for wanted in group]) for group in term]) for term in terms])


def _holds(wanted: Wanted) -> Q:
    return Q(pk__in=_rows(wanted).values("edition"))


def _place(wanted: Wanted) -> Combinable:
    """Return the rank of a word in an edition; one that is not there counts behind all others."""
    best = _rows(wanted).filter(edition=OuterRef("pk")).order_by("rank").values("rank")[:1]
    return Coalesce(Subquery(best, output_field=IntegerField()), Value(len(Rank) + 1))


def _rows(wanted: Wanted) -> models.QuerySet[SearchWord]:
    word = wanted.word.encode()
    if wanted.is_beginning:
        return SearchWord.objects.filter(word__gte=word, word__lt=word + _PAST_THE_BEGINNING)
    return SearchWord.objects.filter(word=word)


def _of_all(ranks: list[Combinable]) -> Combinable:
    return Greatest(*ranks) if len(ranks) > 1 else ranks[0]


def _of_any(ranks: list[Combinable]) -> Combinable:
    return Least(*ranks) if len(ranks) > 1 else ranks[0]
