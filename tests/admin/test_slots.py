"""An editor types slots by slug; what is stored holds ids, and a page that is saved untouched changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.editorial.models import Contribution
from tests.admin.browser import Browser, page_of

if TYPE_CHECKING:
    from tests.admin.conftest import Shelf
    from tests.conftest import People


def test_an_editor_sees_the_slug_and_the_id_is_stored(shelf: Shelf, people: People) -> None:
    organization, text = shelf["organization"], shelf["therapy_class"]
    typed = f"Said by {{{{ organization:{organization.slug}.name }}}}.\r\n\r\nTwice."
    shelf.ann.send(page_of(text), definition=typed)
    text.refresh_from_db()
    assert text.definition == f"Said by {{{{ organization:{organization.pk}.name }}}}.\n\nTwice."
    shown: list[str] = Browser(people.carl).fields(page_of(text))["definition"]
    assert [text.replace("\r\n", "\n") for text in shown] == [typed.replace("\r\n", "\n")]
    Browser(people.carl).send(page_of(text))
    assert not Contribution.objects.filter(item=text.item, person=people.carl).exists()


def test_a_slot_that_nobody_knows_yet_is_saved_as_it_was_typed(shelf: Shelf) -> None:
    text = shelf["therapy_class"]
    shelf.ann.send(page_of(text), definition="{{ organization:nobody-yet.name }}")
    text.refresh_from_db()
    assert text.definition == "{{ organization:nobody-yet.name }}"


def test_whoever_may_only_read_reads_slugs_and_words_too(shelf: Shelf, people: People) -> None:
    organization, text = shelf["organization"], shelf["therapy_class"]
    shelf.ann.send(page_of(text), definition=f"Said by {{{{ organization:{organization.slug}.name }}}}.")
    mei = Browser(people.mei)

    prose, roles = mei.get(page_of(text)).content.decode(), mei.get(page_of(organization)).content.decode()

    assert f"Said by {{{{ organization:{organization.slug}.name }}}}." in prose
    assert "Regulator" in roles
    assert "REGULATOR" not in roles
