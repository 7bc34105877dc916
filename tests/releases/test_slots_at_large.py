"""Facts in prose and the rest of a release: sign-offs, what it costs, and that everything agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content_api.editions.models import Edition, EditionReference
from content_api.refusals import Refused
from content_api.releases import actions, integrity
from content_api.releases.impact import impact_of
from tests.releases.reading import live
from tests.releases.test_slots import desk_publish, quoting, slot

if TYPE_CHECKING:
    from tests.situations import Desk


class TestASignOff:
    def test_is_void_when_the_words_change_again(self, desk: Desk) -> None:
        base = desk.approved("base", title="Base")
        text = quoting(desk, desk_publish(desk, base))
        desk.publish(text)
        first = desk.compose(desk.approved("base", title="Base II"))
        desk.sign(first)
        other = desk.approved("other", title="Other")
        desk.publish(other, desk.approve(desk.submit(desk.write("text", note=f"Now: {slot(base.item, 'title')}"))))
        with pytest.raises(Refused, match="wait for a sign-off by: Medical reviewer"):
            actions.publish(release=first, person=desk.people.pia)

    def test_is_asked_for_an_entering_text_that_no_longer_reads_as_it_was_approved(self, desk: Desk) -> None:
        base = desk.approved("base", title="Base")
        text = quoting(desk, desk_publish(desk, base))
        desk.publish(desk.approved("base", title="Base II"))
        (row,) = impact_of(desk.compose(text)).rows
        assert (row.slug, row.needs_sign_off) == ("text", True)
        assert (row.before["note_markdown"], row.after["note_markdown"]) == (
            "It is called Base.",
            "It is called Base II.",
        )


class TestCost:
    def test_a_new_wording_looks_at_none_of_those_who_refer_to_it(self, desk: Desk) -> None:
        base = desk.approved("base")
        desk.publish(base)
        texts = [quoting(desk, base.item, slug=f"text-{number}") for number in range(10)]
        few = self._queries_of(desk, "First.")
        desk.publish(*texts)
        assert self._queries_of(desk, "Second.") == few

    def test_texts_that_quote_a_fact_are_looked_at_together(self, desk: Desk) -> None:
        base = desk.approved("base")
        desk.publish(base)
        desk.publish(*[quoting(desk, base.item, slug=f"text-{number}") for number in range(3)])
        few = self._looked_at(desk, "II")
        desk.publish(*[quoting(desk, base.item, slug=f"more-{number}") for number in range(20)])
        assert self._looked_at(desk, "III") - few < 20, "less than one question for each text"

    @staticmethod
    def _queries_of(desk: Desk, note: str) -> int:
        release = desk.compose(desk.approved("base", note=note))
        with CaptureQueriesContext(connection) as asked:
            actions.publish(release=release, person=desk.people.pia)
        return len(asked)

    @staticmethod
    def _looked_at(desk: Desk, title: str) -> int:
        release = desk.compose(desk.approved("base", title=title))
        with CaptureQueriesContext(connection) as asked:
            impact_of(release)
        return len(asked)


class TestIntegrity:
    def test_facts_that_were_changed_behind_the_guards_are_named(self, desk: Desk, guards_lifted: None) -> None:
        base = desk.approved("base", title="Base")
        desk_publish(desk, base)
        edition = live(base.item)
        Edition.objects.update(facts=edition.facts.replace("Base", "Case"))
        found = [one for one in integrity.editions() if "lets others quote something else" in one]
        assert len(found) == 1

    def test_references_to_facts_can_be_made_again(self, desk: Desk) -> None:
        base = desk.approved("base")
        desk.publish(base, quoting(desk, base.item))
        EditionReference.objects.all().delete()
        for edition in Edition.objects.all():
            integrity.rebuild_index(edition)
        assert list(integrity.indexes()) == []
        assert EditionReference.objects.filter(role="FACT", target=base.item_id, cascades=True).count() == 1
