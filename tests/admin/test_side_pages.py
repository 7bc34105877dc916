"""The pages beside a working copy: checks, preview, history, comparison, restoring, and the facts that prose may quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content_api.editorial.actions import comment, record_edit, submit
from content_api.editorial.models import Contribution
from tests.admin.browser import Browser, page_of, said
from therapies.models import ApprovalEventCitation, TherapyClass

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People


def side(row: Any, name: str) -> str:
    return page_of(row).replace("/change/", f"/{name}/")


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def look(browser: Browser, row: Any, page: str, /, **typed: Any) -> str:
    """Send the form as a script does, and return what comes back."""
    fields = {**browser.fields(page_of(row)), **typed}
    return text_of(browser.client.post(side(row, page), fields, headers={"X-Requested-With": "fetch"}))


def test_what_is_typed_is_checked_and_not_saved(shelf: Shelf) -> None:
    row = shelf["therapy_class"]
    before = Contribution.objects.count()

    assert "The checks notice nothing" in look(shelf.ann, row, "checks")
    assert "Raw HTML is not published" in look(shelf.ann, row, "checks", definition="<b>Cells</b>")
    assert "Must be mended" in look(shelf.ann, row, "checks", name="")
    assert TherapyClass.objects.get().definition == "Engineered T cells."
    assert Contribution.objects.count() == before


def test_what_is_typed_is_shown_as_readers_will_read_it(shelf: Shelf) -> None:
    row = shelf["therapy_class"]
    shown = look(shelf.ann, row, "preview", definition="Cells, **engineered**.")

    assert "<strong>engineered</strong>" in shown
    assert "<html" not in shown
    assert TherapyClass.objects.get().definition == "Engineered T cells."


def test_both_are_pages_without_a_script_and_only_editors_try_words_out(shelf: Shelf, people: People) -> None:
    row = shelf["therapy_class"]
    mei = Browser(people.mei)

    assert "The checks notice nothing" in text_of(mei.get(side(row, "checks")))
    assert "Engineered T cells." in text_of(mei.get(side(row, "preview")))
    assert mei.script.post(side(row, "preview"), {"definition": "Mine."}).status_code == 403


def test_two_submissions_are_compared_word_by_word(shelf: Shelf, people: People) -> None:
    row = shelf["therapy_class"]
    shelf.approve(row)
    row.definition = "Engineered cells of the patient."
    row.save()
    record_edit(item=row.item, person=people.ann)
    submit(item=row.item, person=people.ann, change_type="EDITORIAL", change_note="Said better.")
    page = text_of(shelf.ann.get(f"{side(row, 'compare')}?from=1&to=2"))

    assert "<del>T cells.</del>" in page
    assert "<ins>cells of the patient.</ins>" in page
    assert "Choose two submissions" in text_of(shelf.ann.get(f"{side(row, 'compare')}?from=1&to=99999999999"))
    history = text_of(shelf.ann.get(side(row, "history")))
    assert "Submission 2" in history
    assert "Said better." in history


def test_an_old_submission_comes_back_and_its_writers_with_it(shelf: Shelf, people: People) -> None:
    row = shelf["therapy_class"]
    shelf.approve(row)
    row.definition = "Something else."
    row.save()
    record_edit(item=row.item, person=people.carl)
    refused = Browser(people.mei).post(side(row, "restore"), number=1)
    kept = TherapyClass.objects.get().definition
    done = Browser(people.carl).post(side(row, "restore"), number=1)

    assert "Only an editor may do this" in said(refused)
    assert kept == "Something else."
    assert "Submission 1 is in the working copy again" in said(done)
    assert TherapyClass.objects.get().definition == "Engineered T cells."
    assert "Choose a submission" in said(shelf.ann.post(side(row, "restore"), number="x"))


def test_a_comment_stands_beside_its_field(shelf: Shelf, people: People) -> None:
    row = shelf["therapy_class"]
    version = submit(item=row.item, person=people.ann)
    comment(version=version, person=people.mei, pointer="/definition", text="Whose <cells>?")
    page = text_of(shelf.ann.get(page_of(row)))

    field = page[page.index('id="id_definition_helptext"') :]
    assert "Whose &lt;cells&gt;?" in field
    assert "Mei Example" in field
    assert 'href="#id_definition"' in page


def test_a_comment_is_shown_although_the_form_has_no_such_field_or_row(shelf: Shelf, people: People) -> None:
    """The sources of an event stand on its own page; and an editor may have taken the row away since."""
    event = shelf.add_event()
    cited = ApprovalEventCitation.objects.create(parent=event, source=shelf["source"], position=0)
    record_edit(item=shelf["approval"].item, person=people.ann)
    version = submit(item=shelf["approval"].item, person=people.ann)
    comment(version=version, person=people.mei, pointer="/events/approved/sources", text="Cite the notice.")
    with_the_row = text_of(shelf.ann.get(page_of(shelf["approval"])))
    cited.delete()
    event.delete()

    assert "Cite the notice." in with_the_row
    assert "Cite the notice." in text_of(shelf.ann.get(page_of(shelf["approval"])))


def test_a_reviewer_comments_on_a_field_and_sends_it_back_without_more_words(shelf: Shelf, people: People) -> None:
    row = shelf["therapy_class"]
    version = submit(item=row.item, person=people.ann)
    mei, page = Browser(people.mei), page_of(version)
    mei.post(page.replace("/change/", "/comment/"), pointer="/definition", text="Whose cells?")
    refused = mei.post(page.replace("/change/", "/comment/"), pointer="/nothing", text="What?")
    mei.send(page, to=page.replace("/change/", "/verdict/"), verdict="CHANGES_REQUESTED", comment="")
    version.refresh_from_db()

    assert "has no field" in said(refused)
    assert version.state == "CHANGES_REQUESTED"
    assert [one.text for one in version.comments.all()] == ["Whose cells?"]


def test_what_was_said_of_a_row_that_was_taken_away_is_shown_as_answered(shelf: Shelf, people: People) -> None:
    event = shelf.add_event()
    cited = ApprovalEventCitation.objects.create(parent=event, source=shelf["source"], position=0)
    record_edit(item=shelf["approval"].item, person=people.ann)
    first = submit(item=shelf["approval"].item, person=people.ann)
    comment(version=first, person=people.mei, pointer="/events/approved", text="No such event.")
    comment(version=first, person=people.mei, pointer="/title", text="Say where.")
    mei = Browser(people.mei)
    mei.send(page_of(first), to=side(first, "verdict"), verdict="CHANGES_REQUESTED", comment="")
    cited.delete()
    event.delete()
    record_edit(item=shelf["approval"].item, person=people.ann)
    second = submit(item=shelf["approval"].item, person=people.ann)
    page = mei.get(page_of(second))

    assert {one.comment.text: one.has_changed for one in page.context["asked_before"]} == {
        "No such event.": True,
        "Say where.": False,
    }


def test_facts_are_found_with_their_words_and_their_slots(shelf: Shelf, people: People) -> None:
    approval = shelf["approval"]
    ApprovalEventCitation.objects.create(parent=shelf.add_event(), source=shelf["source"], position=0)
    record_edit(item=approval.item, person=people.ann)
    submit(item=shelf["source"].item, person=people.ann)
    submit(item=shelf["therapy"].item, person=people.ann)
    submit(item=approval.item, person=people.ann)
    found = text_of(shelf.ann.get("/admin/facts/?q=satri china"))
    facts = text_of(shelf.ann.get(f"/admin/facts/?item={approval.pk}"))
    about = text_of(shelf.ann.get(f"/admin/facts/?item={shelf['therapy'].pk}"))

    assert f"item={approval.pk}" in found
    assert "{{ approval:satri-cel-nmpa.status }}" in facts
    assert "{{ approvals(therapy=satri-cel).status-by-jurisdiction }}" in about
    assert "No record with these words" in text_of(shelf.ann.get("/admin/facts/?q=nothing-like-it"))
