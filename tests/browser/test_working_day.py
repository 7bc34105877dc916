"""A working day in the browser: a text is written, sent back on a field, answered, approved, published and read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.editorial.models import Version
from content_api.partners.actions import create_site, issue_key
from tests.delivery.conftest import Reader
from therapies.models import TherapyClass

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.admin.conftest import Shelf
    from tests.browser.window import Window
    from tests.conftest import People


def test_from_an_editors_keys_to_a_partners_json(people: People, open_window: Callable[..., Window]) -> None:
    ann, mei, pia = open_window(people.ann), open_window(people.mei, width=390), open_window(people.pia, dark=True)

    _write(ann)
    _send_back(mei)
    _answer(ann)
    _approve(mei)
    _publish(pia)

    reader = Reader(issue_key(site=create_site(slug="site", name="A site")))
    item = reader.get("/api/v1/therapy-classes/car-t/").json()
    assert item["definition_html"] == "<p>T cells of the patient, <strong>engineered</strong> to find a target.</p>"
    assert item["reviewed_by"] == [
        {"role": "Medical reviewer", "name": "Mei Example", "credentials": "MD, medical oncology"}
    ]


def _write(ann: Window) -> None:
    """Write a text with the keyboard's help, see its checks and its preview, and submit it."""
    ann.go("/admin/")
    ann.page.get_by_role("link", name="Add to therapy classes").click()
    ann.page.get_by_label("Name", exact=True).fill("CAR-T cell therapy")
    ann.page.get_by_label("Abbreviation").fill("CAR-T")
    ann.page.get_by_label("Definition").fill("<b>T cells</b>, engineered.")
    ann.press("Save")
    ann.page.get_by_role("link", name="Check").click()
    ann.page.get_by_text("Raw HTML is not published").first.wait_for()
    ann.page.get_by_label("Definition").fill("T cells, engineered.")
    ann.page.get_by_role("link", name="Preview").click()
    ann.page.locator("#preview").get_by_text("T cells, engineered.").first.wait_for()
    ann.page.keyboard.press("Escape")
    ann.press("Save and submit for review")
    ann.press("Submit for review")
    assert "waits for medical reviewer" in ann.text()


def _send_back(mei: Window) -> None:
    """Find it on the dashboard, on a phone, and ask about one field."""
    mei.go("/admin/")
    mei.follow("CAR-T cell therapy")
    definition = mei.page.locator("dl.reading > div").filter(has_text="Definition").first
    definition.locator("summary", has_text="Comment").click()
    definition.get_by_role("textbox").fill("Whose T cells?")
    definition.get_by_role("button", name="Add comment").click()
    assert mei.overflow() <= 0
    mei.press("Request changes")
    assert "Changes requested" in mei.text()


def _answer(ann: Window) -> None:
    """Find the comment beside the field, mend it, answer, and submit again."""
    ann.go("/admin/")
    ann.follow("CAR-T cell therapy")
    assert "Whose T cells?" in ann.page.inner_text(".field-definition")
    ann.follow("Answer")
    ann.page.locator(".comment summary", has_text="Answer").click()
    ann.page.get_by_label("Answer to Mei Example").fill("The patient's.")
    ann.press("Answer")
    ann.page.get_by_role("link", name="Working copy").click()
    area = ann.page.get_by_label("Definition")
    area.fill("T cells of the patient,  to find a target.")
    area.evaluate("area => area.setSelectionRange(24, 24)")
    ann.page.get_by_role("button", name="Bold").click()
    ann.page.keyboard.type("engineered")
    ann.press("Save and submit for review")
    ann.press("Submit for review")


def _approve(mei: Window) -> None:
    """See what was asked and answered, and that the field is another now; approve."""
    mei.go("/admin/")
    mei.follow("CAR-T cell therapy")
    asked = mei.page.get_by_role("region", name="Asked for last time").inner_text()
    assert "Ann Example answered: The patient's." in asked
    assert "changed since" in asked
    mei.press("Approve this text")
    assert "It is approved" in mei.text()


def _publish(pia: Window) -> None:
    """Open a release, put the text in, and publish it."""
    pia.go("/admin/releases/release/add/")
    pia.page.get_by_label("Title").fill("CAR-T")
    pia.press("Open it")
    pia.page.get_by_role("checkbox", name="CAR-T cell therapy").check()
    pia.page.get_by_role("button", name="Add").first.click()
    pia.page.get_by_role("button", name="Publish").first.click()
    assert "release 1" in pia.text().lower()


def test_nobody_approves_what_they_wrote_and_a_superuser_is_nobody_else(
    shelf: Shelf, people: People, open_window: Callable[..., Window]
) -> None:
    people.ann.groups.add(*people.mei.groups.all())
    shelf.people.carl.is_superuser = True
    shelf.people.carl.save()
    row = shelf["therapy_class"]
    ann = open_window(people.ann)
    ann.go(f"/admin/therapies/therapyclass/submit/?id={row.pk}")
    ann.press("Submit for review")
    page = f"/admin/editorial/version/{Version.objects.get().pk}/change/"
    ann.go(page)
    carl = open_window(people.carl)
    carl.go(page)

    assert "somebody else must approve it" in ann.text()
    assert "This waits for a medical reviewer" in carl.text()
    for window in (ann, carl):
        assert window.page.get_by_role("button", name="Approve this text").count() == 0


def test_a_text_is_written_and_submitted_by_keys_alone(people: People, open_window: Callable[..., Window]) -> None:
    ann = open_window(people.ann)
    ann.go("/admin/therapies/therapyclass/add/")
    keys = ann.page.keyboard
    ann.page.get_by_label("Name", exact=True).focus()
    keys.type("TIL therapy")
    keys.press("Tab")
    keys.type("TIL")
    keys.press("Tab")
    keys.press("Tab")  # past the check box, into the toolbar
    for _ in range(6):
        keys.press("Tab")
    keys.type("Cells of the tumor, grown outside the body.")
    keys.press("Enter")
    focus = ann.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    keys.press("Control+Enter")
    ann.page.wait_for_url("**/change/")

    assert focus == "solid"
    assert TherapyClass.objects.get().definition.startswith("Cells of the tumor")
