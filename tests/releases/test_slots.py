"""Facts in prose when releases are built: filled, followed, refused, taken down with what they quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from content_api.editions.models import Redaction, Tombstone
from content_api.editorial import queries
from content_api.refusals import Refused
from content_api.releases import actions, integrity
from content_api.releases.impact import impact_of
from content_api.releases.models import Release
from tests.releases.reading import body, live
from therapies.models import Source

if TYPE_CHECKING:
    from content_api.content_items import ContentItem
    from content_api.editorial.models import Version
    from tests.situations import Desk


def slot(item: ContentItem, path: str) -> str:
    return f"{{{{ specimen:{item.pk}.{path} }}}}"


def carried_by(item: ContentItem, name: str = "titles") -> str:
    return f"{{{{ specimens(stands_on={item.pk}).{name} }}}}"


def quoting(desk: Desk, item: ContentItem, path: str = "title", slug: str = "text") -> Version:
    return desk.approved(slug, note=f"It is called {slot(item, path)}.")


class TestAFact:
    def test_stands_in_the_prose_and_is_listed(self, desk: Desk) -> None:
        base = desk.approved("base", title="Basalt *II*")
        desk.publish(base)
        text = desk.approved("text", note=f"{slot(base.item, 'title')} or {slot(base.item, 'title | quoted')}.")
        desk.publish(text)
        item = body(text.item)
        ref = f"specimen:{base.item_id}.title"
        assert item["note_markdown"] == r"Basalt \*II\* or “Basalt \*II\*”."
        assert item["note_html"] == (
            f'<p><data data-fact="{ref}">Basalt *II*</data> or <data data-fact="{ref} | quoted">“Basalt *II*”</data>.</p>'
        )
        assert [(fact["ref"], fact["text"]) for fact in item["facts"]] == [
            (ref, "Basalt *II*"),
            (f"{ref} | quoted", "“Basalt *II*”"),
        ]
        assert item["facts"][0] == {
            "ref": ref,
            "text": "Basalt *II*",
            "id": str(base.item_id),
            "kind": "specimen",
            "slug": "base",
            "version": 1,
            "sources": [],
            "verification": None,
            "verification_label": None,
        }

    def test_is_listed_once_in_order_of_first_use(self, desk: Desk) -> None:
        one, two = desk.approved("one"), desk.approved("two")
        desk.publish(one, two)
        note = " ".join(slot(version.item, "title") for version in (two, one, two))
        text = desk.approved("text", note=note)
        desk.publish(text)
        assert [fact["slug"] for fact in body(text.item)["facts"]] == ["two", "one"]

    def test_says_what_it_stands_on(self, desk: Desk) -> None:
        source = published_source(desk)
        base = desk.approved("base", sources=[{"source": str(source.item_id), "locator": "p. 1"}])
        desk.publish(base)
        text = quoting(desk, base.item)
        desk.publish(text)
        (fact,) = body(text.item)["facts"]
        assert (fact["verification"], fact["verification_label"]) == ("SECONDARY", "Secondary source only")
        assert [one["slug"] for one in fact["sources"]] == ["notice"]
        assert fact["sources"][0].keys() == body(base.item)["sources"][0].keys() - {"locator"}

    def test_moves_with_the_record_in_the_same_release(self, desk: Desk) -> None:
        base = desk.approved("base", title="Base")
        text_version = quoting(desk, desk_publish(desk, base))
        desk.publish(text_version)
        release = desk.compose(desk.approved("base", title="Base II"))
        rows = {row.slug: row for row in impact_of(release).rows}
        assert rows["text"].needs_sign_off
        assert rows["text"].before["note_markdown"] == "It is called Base."
        assert rows["text"].after["note_markdown"] == "It is called Base II."
        desk.sign(release)
        actions.publish(release=release, person=desk.people.pia)
        item = body(text_version.item)
        assert (item["note_markdown"], item["version"], item["facts"][0]["version"]) == ("It is called Base II.", 1, 2)
        assert live(text_version.item).cause == "RERENDER"

    def test_keeps_its_slot_when_the_record_gets_another_address(self, desk: Desk) -> None:
        base = desk.approved("base", title="Base")
        text = quoting(desk, desk_publish(desk, base))
        desk.publish(text)
        base.item.refresh_from_db()
        rename(desk, base.item, "renamed")
        release = desk.compose(desk.approve(desk.submit(base.item)))
        assert not [row for row in impact_of(release).rows if row.needs_sign_off], "only an address moved"
        actions.publish(release=release, person=desk.people.pia)
        assert body(text.item)["facts"][0]["slug"] == "renamed"
        assert body(text.item)["note_markdown"] == "It is called Base."

    def test_that_did_not_move_renews_no_text(self, desk: Desk) -> None:
        base = desk.approved("base", title="Base")
        text = quoting(desk, desk_publish(desk, base))
        desk.publish(text)
        before = live(text.item)
        desk.publish(desk.approved("base", note="Said better."))
        assert live(text.item).pk == before.pk
        assert body(text.item)["facts"][0]["version"] == 1, "the version that it was taken from"

    def test_may_go_out_together_with_what_quotes_it(self, desk: Desk) -> None:
        base = desk.approved("base", title="Base")
        text = quoting(desk, base.item)
        assert [one["code"] for one in text.findings] == ["slot-waits"]
        desk.publish(text, base)
        assert body(text.item)["note_markdown"] == "It is called Base."


class TestASet:
    def test_gains_a_member_and_the_prose_reads_differently_though_nobody_touched_it(self, desk: Desk) -> None:
        base = desk.approved("base")
        text = desk.approved("text", note=f"On it: {carried_by(base.item)}.")
        desk.publish(base, text)
        assert body(text.item)["note_markdown"] == "On it: none."
        newcomer = desk.approved("newcomer", title="Newcomer", stands_on=base.item)
        release = desk.compose(newcomer)
        assert {row.slug for row in impact_of(release).rows if row.needs_sign_off} == {"base", "text"}
        desk.sign(release)
        actions.publish(release=release, person=desk.people.pia)
        item = body(text.item)
        assert item["note_markdown"] == "On it: Newcomer."
        (fact,) = item["facts"]
        assert (fact["id"], fact["slug"], fact["version"], fact["kind"]) == (None, None, None, "specimen")

    def test_loses_a_member_and_the_prose_stays(self, desk: Desk) -> None:
        base = desk.approved("base")
        top = desk.approved("top", title="Top", stands_on=base.item)
        text = desk.approved("text", note=f"On it: {carried_by(base.item, 'titles | count')}.")
        desk.publish(base, top, text)
        actions.pull(item=top.item, person=desk.people.mei, reason="SAFETY", public_note="Not safe.")
        assert body(text.item)["note_markdown"] == "On it: 0."
        redacted = set(Redaction.objects.values_list("edition__slug", flat=True))
        assert redacted == {"base", "text", "top"}, "the earlier edition that counted it is gone too"


class TestWhatMayNotBeQuoted:
    def test_is_refused_when_the_text_enters(self, desk: Desk) -> None:
        base = marked(desk, "New")
        desk_publish(desk, base)
        text = quoting(desk, base.item, "marks.m.text")
        desk.publish(marked(desk, "Old"))
        refuses(desk, desk.compose(text), "text", "marks.m.text", "it is superseded; quote the new mark")

    def test_is_refused_when_a_live_text_would_come_to_quote_it(self, desk: Desk) -> None:
        base = marked(desk, "New")
        desk_publish(desk, base)
        text = quoting(desk, base.item, "marks.m.text")
        desk.publish(text)
        release = desk.compose(marked(desk, "Old"))
        refuses(desk, release, "text", "marks.m.text", "it is superseded; quote the new mark")
        assert body(text.item)["note_markdown"] == "It is called New."
        better = desk.approve(desk.submit(desk.write("text", note="No name.")))
        actions.add_version(release=release, version=better, person=desk.people.ann)
        desk.sign(release)
        actions.publish(release=release, person=desk.people.pia)
        assert body(text.item)["note_markdown"] == "No name."

    def test_is_refused_where_it_is_no_longer_there(self, desk: Desk) -> None:
        base = marked(desk, "New")
        desk_publish(desk, base)
        desk.publish(quoting(desk, base.item, "marks.m.text"))
        refuses(
            desk, desk.compose(desk.approved("base", marks=[])), "text", "marks.m.text", "“marks.m.text” is not there"
        )

    def test_is_refused_where_what_it_quotes_is_not_live(self, desk: Desk) -> None:
        base = desk.write("base")
        refuses(desk, desk.compose(quoting(desk, base)), "text", "title", "what it quotes is not live")


class TestAPull:
    def test_takes_every_sentence_that_quoted_it_from_every_release(self, desk: Desk) -> None:
        base = desk.approved("base", title="Base")
        text = quoting(desk, desk_publish(desk, base))
        desk.publish(text)
        release = actions.pull(item=base.item, person=desk.people.mei, reason="SAFETY", public_note="Not safe.")
        assert {one["slug"] for one in release.withdrawn} == {"base", "text"}
        assert set(Redaction.objects.values_list("edition__slug", flat=True)) == {"base", "text"}
        assert Tombstone.objects.get(slug="text").reason == "SAFETY"
        assert list(integrity.problems()) == []

    def test_takes_a_text_whose_fact_stood_on_it(self, desk: Desk) -> None:
        source = published_source(desk)
        base = desk.approved("base", sources=[{"source": str(source.item_id), "locator": ""}])
        text = quoting(desk, desk_publish(desk, base), "finding")
        upper = desk.approved("upper", stands_on=text.item)
        desk.publish(text, upper)
        call: dict[str, Any] = {"reason": "ENTERED_IN_ERROR", "public_note": "There is no such notice."}
        release = actions.pull(item=source.item, person=desk.people.mei, **call)
        assert {one["slug"] for one in release.withdrawn} == {"notice", "text", "upper"}
        assert body(base.item)["sources"] == []
        assert {"notice", "base", "text", "upper"} == set(Redaction.objects.values_list("edition__slug", flat=True))
        assert list(integrity.problems()) == []
        actions.confirm_pull(release=Release.objects.get(is_pull=True), person=desk.people.rui)
        assert list(integrity.problems()) == []

    def test_a_withdrawal_takes_the_text_but_leaves_past_releases(self, desk: Desk) -> None:
        base = desk.approved("base", title="Base")
        text = quoting(desk, desk_publish(desk, base))
        desk.publish(text)
        release = desk.withdraw(base.item)
        assert {one["slug"] for one in release.withdrawn} == {"base", "text"}
        assert not Redaction.objects.exists()


def desk_publish(desk: Desk, version: Version) -> ContentItem:
    desk.publish(version)
    return version.item


def marked(desk: Desk, text: str) -> Version:
    """Approve a specimen with one mark, seen with itself."""
    base = desk.write("base")
    return desk.approved("base", marks=[{"key": "m", "text": text, "seen_with": str(base.pk)}])


def published_source(desk: Desk) -> Version:
    """Publish a source, reported by others."""
    source = Source.objects.create(slug="notice", title="Notice", type="WEB_PAGE", verification="SECONDARY")
    desk.record(source)
    version = desk.approve(desk.submit(source.item))
    desk.publish(version)
    return version


def rename(desk: Desk, item: ContentItem, slug: str) -> None:
    specimen = queries.working_copy(item)
    specimen.slug = slug
    specimen.save()
    desk.record(specimen)


def refuses(desk: Desk, release: Release, text: str, path: str, why: str) -> None:
    """See the release refused, naming text and slot."""
    desk.sign(release)
    with pytest.raises(Refused) as refusal:
        actions.publish(release=release, person=desk.people.pia)
    assert refusal.value.code == "slot-unfillable"
    assert f"The specimen “{text}” cannot fill {{{{ specimen:" in refusal.value.message
    assert f".{path} }}}}: {why}" in refusal.value.message
