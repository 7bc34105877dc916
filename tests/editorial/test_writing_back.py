"""An earlier text written into the working copy again: refused where that cannot be, with nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content_api import shapes
from content_api.editorial import actions
from content_api.refusals import Refused
from tests.faqs.shelf import Shelf
from therapies.models import Trial

if TYPE_CHECKING:
    from content_api.content_items import ContentItem
    from tests.situations import Desk

REGISTERED = {"identifiers": [{"key": "nct", "registry": "NCT", "identifier": "NCT04581473"}]}


@pytest.fixture
def shelf(desk: Desk) -> Shelf:
    return Shelf(desk)


def says(item: ContentItem) -> list[str]:
    """Return the registry ids in a trial's working copy."""
    return [one["identifier"] for one in shapes.snapshot(Trial.objects.get(pk=item.pk))["identifiers"]]


def test_a_text_is_not_restored_over_a_rule_of_the_database(shelf: Shelf) -> None:
    """The registry id that it had is another trial's by now."""
    trial = shelf.write("trial", "ct041", **REGISTERED)
    version = shelf.desk.submit(trial)
    shelf.desk.send_back(version)
    shelf.write("trial", "ct041", identifiers=[])
    other = shelf.write(
        "trial", "other", title="Another", overall_status="COMPLETED", review_interval_days=90, **REGISTERED
    )
    with pytest.raises(Refused) as refused:
        actions.restore(version=version, person=shelf.desk.people.ann)

    assert refused.value.code == "no-valid-text"
    assert "Make the change by hand" in refused.value.message
    assert (says(trial), says(other)) == ([], ["NCT04581473"])


def test_a_text_is_restored_where_nothing_stands_against_it(shelf: Shelf) -> None:
    trial = shelf.write("trial", "ct041", **REGISTERED)
    version = shelf.desk.submit(trial)
    shelf.desk.send_back(version)
    shelf.write("trial", "ct041", identifiers=[])
    actions.restore(version=version, person=shelf.desk.people.ann)

    assert says(trial) == ["NCT04581473"]


def test_a_text_is_not_put_on_top_of_what_is_not_live(desk: Desk) -> None:
    version = desk.approved("rose")
    with pytest.raises(Refused) as refused:
        actions.merge_into_live(version=version, person=desk.people.ann)

    assert refused.value.code == "not-live"
