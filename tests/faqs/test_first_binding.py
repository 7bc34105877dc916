"""Disclaimers that go out for the first time together with what carries them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from content_api.refusals import Refused
from tests.faqs.shelf import clause

if TYPE_CHECKING:
    from content_api.editorial.models import Version
    from tests.faqs.shelf import Shelf


@pytest.mark.parametrize("rule", [{"applies_to_kinds": ["therapy"]}, {"clauses": [clause(mandatory=False)]}])
def test_a_question_goes_out_with_a_mandatory_disclaimer_or_not_at_all(shelf: Shelf, rule: dict[str, Any]) -> None:
    shelf.disclaimer("general", **rule)
    with pytest.raises(Refused) as refused:
        shelf.published()

    assert refused.value.code == "disclaimer-missing"
    assert "why-harder" in refused.value.message
    shelf.disclaimer("enough", applies_to_kinds=["faq"], applies_to_audiences=["PATIENT"])
    waiting = [_open(shelf, slug) for slug in shelf.items if slug != "enough"]
    assert shelf.desk.publish(*waiting, *shelf.approved("enough"))


def test_the_last_one_is_kept_when_the_class_of_its_rule_is_withdrawn(shelf: Shelf) -> None:
    """Its rule without the class would reach what it was never meant for, so it would go too."""
    shelf.write("therapy_class", "til", name="TIL therapy", engineered=False, definition="Cells of the tumor.")
    shelf.disclaimer("general", applies_to_kinds=["faq"], applies_to_classes=[shelf.id_of("til")])
    shelf.faq("why-harder", about_therapies=[], about_classes=[shelf.id_of("til")])
    shelf.published()
    with pytest.raises(Refused, match="why-harder"):
        shelf.desk.withdraw(shelf.items["til"])


def _open(shelf: Shelf, slug: str) -> Version:
    """Return the version that is approved and waits."""
    version: Version = shelf.items[slug].versions.order_by("-number").first()  # type: ignore[assignment]
    return version
