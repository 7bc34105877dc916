"""Slots in a text that goes to review: what is refused, what is offered instead, and by which names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from content_api import kinds, shapes
from content_api.editorial import actions, queries
from content_api.editorial.admin.reading import readable
from content_api.editorial.slot_names import by_id, by_slug
from content_api.kinds import ReviewRole
from content_api.refusals import Refused
from content_api.rendering.slots import kinds_quoted

if TYPE_CHECKING:
    from content_api.content_items import ContentItem
    from tests.situations import Desk


@pytest.fixture
def base(desk: Desk) -> ContentItem:
    """A specimen that is only written: with an old mark, and a new one."""
    item = desk.write("base", title="Base")
    marks = [{"key": "first", "text": "Old one", "seen_with": str(item.pk)}]
    marks.append({"key": "second", "text": "New one", "seen_with": str(item.pk)})
    return desk.write("base", marks=marks)


def problems(desk: Desk, note: str) -> list[str]:
    """Return why a text with this note may not go to review, as an editor reads it."""
    item = desk.write("text", note=by_id(note))
    with pytest.raises(Refused) as refusal:
        desk.submit(item)
    assert {error["pointer"] for error in refusal.value.errors} == {"/note"}
    return [error["detail"] for error in refusal.value.errors]


class TestASubmission:
    @pytest.mark.parametrize(
        ("slot", "problem"),
        [
            ("specimn:base.title", "there is no kind “specimn”. Did you mean “specimen”?"),
            ("specimen:bass.title", "there is no specimen “bass”. Did you mean “base”?"),
            ("specimen:base.titel", "this specimen has no “titel”. Did you mean “title”?"),
            ("specimen:base.marks.secnd.text", "has no “marks.secnd.text”. Did you mean “marks.second.text”?"),
            ("specimen:base.title | quotd", "it has no format “quotd”. Did you mean “quoted”?"),
            ("specimen:base.marks.first.text", "it is superseded; quote the new mark"),
            ("specimen(stands_on=base).titles", "“specimen”. Did you mean “specimens”?"),
            ("specimen.title", "is not a slot. Write {{ kind:slug.path }}"),
            (
                "specimns(stands_on=base).titles",
                "no kind of which sets can be asked for “specimns”. Did you mean “specimens”?",
            ),
            ("specimens(stand_on=base).titles", "are not asked for by “stand_on”. Did you mean “stands_on”?"),
            ("specimens(stands_on=bass).titles", "there is no specimen “bass”. Did you mean “base”?"),
            ("specimens(stands_on=base, stands_on=base).titles", "“stands_on” is given twice. Give it once."),
            (
                "specimens(stands_on=base).tilte",
                "nothing called “tilte” can be said of specimens. Did you mean “titles”?",
            ),
            ("specimens(stands_on=base).titles | sum", "it has no format “sum”. Known: count, list."),
            ("specimens(shade=dark).titles", "there is no shade “dark”. Did you mean “DARK”?"),
            ("specimens(shade=DRAK).titles", "there is no shade “DRAK”. Did you mean “DARK”?"),
            ("approvals(jurisdiction=UZA).count", "there is no jurisdiction “UZA”. Did you mean “ZA”?"),
            ("approvals(jurisdiction=China).count", "there is no jurisdiction “China”. Did you mean “CN”?"),
            ("approvals(jurisdiction=united-states).count", "Did you mean “US”?"),
            ("trials(phase=PHASE9).list", "there is no phase “PHASE9”. Did you mean “PHASE"),
            ("organization:base.name", "there is no organization “base”. Known: none."),
        ],
    )
    def test_names_the_slot_as_it_was_typed_and_what_was_meant(
        self, desk: Desk, base: ContentItem, slot: str, problem: str
    ) -> None:
        (said,) = problems(desk, f"It is {{{{ {slot} }}}}.")
        assert said.startswith("/note: ")
        assert problem in said
        assert "is not a slot" in said or f"{{{{ {slot} }}}}" in said

    def test_names_every_slot_that_is_wrong(self, desk: Desk, base: ContentItem) -> None:
        assert len(problems(desk, "{{ specimen:base.x }} {{ specimen:base.y }} {{ specimen:base.title }} `{{`")) == 3

    def test_refuses_a_slot_whose_words_would_become_an_address(self, desk: Desk, base: ContentItem) -> None:
        (said,) = problems(desk, "[more]({{ specimen:base.title }})")
        assert "its words would become an address" in said

    def test_refuses_the_id_of_nothing(self, desk: Desk) -> None:
        (said,) = problems(desk, "{{ specimen:6f1c2a52-7a40-4d0e-9d39-0d5b9f3b1a11.title }}")
        assert "there is no specimen with the id 6f1c2a52" in said

    def test_asks_to_save_again_what_was_written_before_its_item(self, desk: Desk) -> None:
        item = desk.write("text", note=by_id("{{ specimen:later.title }}"))
        desk.write("later")
        with pytest.raises(Refused, match=r"came after this was saved\. Save the working copy once more"):
            desk.submit(item)

    def test_lets_a_text_go_ahead_of_what_it_quotes_and_tells_the_reviewer(self, desk: Desk, base: ContentItem) -> None:
        version = desk.submit(desk.write("text", note=by_id("{{ specimen:base.marks.second.text }}")))
        (finding,) = version.findings
        assert finding["severity"] == "WARNING"
        assert (
            "{{ specimen:base.marks.second.text }}: what it quotes goes out before it or with it" in finding["message"]
        )

    def test_finds_what_is_only_in_a_version_on_its_way(self, desk: Desk, base: ContentItem) -> None:
        desk.publish(desk.approved("base", marks=[]))
        marks = [{"key": "third", "text": "Third", "seen_with": str(base.pk)}]
        desk.submit(desk.write("base", marks=marks))
        desk.write("base", marks=[])
        assert desk.submit(desk.write("text", note=by_id("{{ specimen:base.marks.third.text }}")))

    def test_takes_a_set_that_has_nobody_yet(self, desk: Desk, base: ContentItem) -> None:
        assert desk.submit(desk.write("text", note=by_id("{{ specimens(stands_on=base, shade=DARK).titles | count }}")))


class TestNames:
    def test_are_ids_where_text_is_stored_and_slugs_where_it_is_read(self, desk: Desk, base: ContentItem) -> None:
        typed = "{{specimen:base.title}} {{ specimens(shade=DARK, stands_on=base).titles | count }}"
        stored = by_id(typed)
        assert stored == (
            f"{{{{ specimen:{base.pk}.title }}}} {{{{ specimens(shade=DARK, stands_on={base.pk}).titles | count }}}}"
        )
        assert by_slug(stored) == typed.replace("{{specimen:base.title}}", "{{ specimen:base.title }}")
        assert by_id(stored) == stored

    def test_stay_as_they_were_typed_where_nobody_has_them(self, desk: Desk) -> None:
        for text in ("{{ specimen:nobody.title }}", "{{ nothing:x.y }}", "{{x}}", "no slot", ""):
            assert by_id(text) == by_slug(text) == text

    def test_follow_an_item_to_its_new_address(self, desk: Desk, base: ContentItem) -> None:
        desk.publish(desk.approved("base"))
        stored = by_id("{{ specimen:base.title }}")
        specimen = queries.working_copy(base)
        specimen.slug = "renamed"
        specimen.save()
        assert by_slug(stored) == "{{ specimen:renamed.title }}"
        assert by_id("{{ specimen:base.title }}") == stored, "an address that was public once leads to its item"

    def test_come_back_whole_when_a_version_is_restored(self, desk: Desk, base: ContentItem) -> None:
        version = desk.submit(desk.write("text", note=by_id("{{ specimen:base.title }}")))
        desk.write("text", note="Other.")
        working_copy = actions.restore(version=version, person=desk.people.ann)
        assert shapes.snapshot(working_copy) == queries.content_of(version)


def test_a_text_says_which_kinds_it_quotes(desk: Desk, base: ContentItem) -> None:
    note = by_id("{{ specimen:base.title }} {{ organizations(x=y).z }} {{ nothing:a.b }}")
    content = queries.draft(desk.write("text", note=note))
    assert kinds_quoted(kinds.get("specimen").shape, content) == {"specimen", "organization"}


def test_a_reviewer_reads_slots_by_slug_beside_their_words_and_sources(desk: Desk, base: ContentItem) -> None:
    desk.publish(desk.approved("base"))
    version = desk.submit(desk.write("text", note=by_id("{{ specimen:base.title | quoted }}")))
    substance = queries.shown(version).substance
    source = {"id": "1", "kind": "source", "slug": "notice", "name": "Notice", "url": "/api/v1/sources/notice/"}
    shown = str(readable([{**substance["facts"][0], "sources": [source]}]))
    assert "“Base” <code" in shown
    assert "{{ specimen:base.title | quoted }}" in shown
    assert "Notice" in shown
    assert str(base.pk) not in shown


def test_a_text_needs_the_roles_that_what_it_quotes_asks_for(
    desk: Desk, base: ContentItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = replace(kinds.get("specimen"), quoting_roles=frozenset({ReviewRole.REGULATORY}))
    monkeypatch.setitem(kinds._registry, "specimen", strict)
    quoting = desk.submit(desk.write("text", note=by_id("{{ specimen:base.title }}")))
    plain = desk.submit(desk.write("plain", note="Nothing of others."))
    roles = [[one.role for one in version.required_reviews.order_by("role")] for version in (quoting, plain)]
    assert roles == [["Medical reviewer", "Regulatory reviewer"], ["Medical reviewer"]]


def test_a_text_that_quotes_an_approval_needs_a_regulatory_reviewer() -> None:
    assert [kind.name for kind in kinds.all_kinds() if kind.quoting_roles] == ["approval"]
