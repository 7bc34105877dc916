"""What carries a disclaimer: by its rule, in the release in which either of them moves, and never without a last one."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from content_api.editions.models import EditionReference
from content_api.refusals import Refused
from content_api.releases import actions as releases
from content_api.releases.impact import closure_of
from content_api.releases.integrity import problems
from content_api.releases.sets import items_of
from tests.beginnings import begun, rolled_back
from tests.conftest import People
from tests.faqs.shelf import Shelf, clause
from tests.situations import Desk

if TYPE_CHECKING:
    from content_api.content_items import ContentItem
    from content_api.editions.models import PublishedRelease
    from content_api.editorial.models import Version
    from tests.delivery.conftest import Reader


RULES: list[tuple[dict[str, Any], set[str]]] = [
    ({"applies_to_kinds": ["faq"]}, {"narrow", "open", "why-harder"}),
    ({"applies_to_kinds": ["faq"], "applies_to_audiences": ["CLINICIAN"]}, {"narrow"}),
    ({"applies_to_kinds": ["faq"], "applies_to_jurisdictions": ["US"]}, {"open", "why-harder"}),
    ({"applies_to_kinds": ["faq"], "applies_to_jurisdictions": ["JP"]}, {"narrow", "open"}),
    ({"applies_to_kinds": ["faq"], "applies_to_classes": ["car-t"]}, {"open", "why-harder"}),
    ({"applies_to_kinds": ["faq", "therapy"], "applies_to_classes": ["til"]}, {"narrow", "open"}),
    (
        {"applies_to_kinds": ["faq", "approval"], "applies_to_jurisdictions": ["CN"]},
        {"open", "satri-cel-nmpa", "why-harder"},
    ),
]


def _shelf() -> Shelf:
    """Publish the shelf as it is."""
    shelf = Shelf(Desk(People()))
    shelf.published()
    return shelf


beginning, db = begun(_shelf), rolled_back()


@pytest.fixture
def shelf(db: None, beginning: Shelf) -> Shelf:
    return deepcopy(beginning)


def carried(reader: Reader, address: str) -> list[str]:
    """Return the slugs of the disclaimers that an item carries."""
    response = reader.get(f"/api/v1/{address}/")
    assert response.status_code == 200, response.content
    return [one["slug"] for one in response.json()["disclaimers"]]


def opened(release: PublishedRelease) -> set[str]:
    """Return the slugs of what a release published."""
    return {one["slug"] for one in release.published}


def release(shelf: Shelf, *slugs: str) -> PublishedRelease:
    """Submit, approve and publish these, with whatever they change signed off."""
    return shelf.desk.publish(*shelf.approved(*slugs))


def test_an_item_carries_what_applies_to_it_and_nothing_else(shelf: Shelf, reader: Reader) -> None:
    (link,) = reader.get("/api/v1/faqs/why-harder/").json()["disclaimers"]

    assert link == {"id": shelf.id_of("general"), "slug": "general", "mandatory": True}
    assert carried(reader, "therapies/satri-cel") == []
    assert carried(reader, "disclaimers/general") == []
    used = EditionReference.objects.filter(role="DISCLAIMER").values_list("edition__slug", "target")
    assert [(slug, str(target)) for slug, target in used] == [("why-harder", shelf.id_of("general"))]


def test_each_list_of_a_rule_is_met_or_left_open(shelf: Shelf) -> None:
    """Each rule is written before the items in one release, and after them in another; both ways lead to the same."""
    shelf.write("therapy_class", "til", name="TIL therapy", engineered=False, definition="Cells out of the tumor.")
    shelf.faq("open")
    shelf.faq("narrow", audience=["CLINICIAN"], jurisdictions=["JP"], about_classes=[shelf.id_of("til")])
    _write_rules(shelf, "with-them")
    shelf.published()
    _write_rules(shelf, "after-them")
    shelf.published()

    for number, (_, carriers) in enumerate(RULES):
        for slug in (f"with-them-{number}", f"after-them-{number}"):
            used = EditionReference.objects.filter(target=shelf.id_of(slug), edition__until_release=None)
            assert set(used.values_list("edition__slug", flat=True)) == carriers, slug
    assert not list(problems())


def _write_rules(shelf: Shelf, when: str) -> None:
    for number, (rule, _) in enumerate(RULES):
        classes = [shelf.id_of(one) for one in rule.get("applies_to_classes", [])]
        shelf.disclaimer(f"{when}-{number}", **{**rule, "applies_to_classes": classes})


def test_a_disclaimer_that_appears_reaches_just_what_it_applies_to(shelf: Shelf, reader: Reader) -> None:
    shelf.disclaimer("for-therapies", applies_to_kinds=["therapy"])
    second = release(shelf, "for-therapies")

    assert opened(second) == {"for-therapies", "satri-cel"}
    assert carried(reader, "therapies/satri-cel") == ["for-therapies"]
    assert reader.get("/api/v1/therapies/satri-cel/?release=1").json()["disclaimers"] == []


def test_a_rule_that_changes_moves_its_carriers_in_the_same_release(shelf: Shelf, reader: Reader) -> None:
    shelf.disclaimer("second", applies_to_kinds=["therapy"])
    shelf.published()
    shelf.disclaimer("general", applies_to_kinds=["faq", "approval"])
    shelf.disclaimer("second", applies_to_kinds=["trial"])
    with pytest.raises(Refused, match="satri-cel"):
        release(shelf, "general", "second")
    shelf.disclaimer("third", applies_to_kinds=["therapy"])
    shelf.desk.publish(*shelf.approved("third"), _open(shelf, "general"), _open(shelf, "second"))

    assert carried(reader, "approvals/satri-cel-nmpa") == ["general"]
    assert carried(reader, "therapies/satri-cel") == ["third"]
    assert carried(reader, "trials/ct041") == ["second"]
    assert not list(problems())


def _open(shelf: Shelf, slug: str) -> Version:
    """Return the version that is approved and waits."""
    version: Version = shelf.items[slug].versions.order_by("-number").first()  # type: ignore[assignment]
    return version


def test_new_words_of_a_disclaimer_move_nothing_else(shelf: Shelf) -> None:
    shelf.disclaimer("general", clause(template="Please ask your own doctors."), applies_to_kinds=["faq"])

    assert opened(release(shelf, "general")) == {"general"}


def test_a_disclaimer_about_questions_looks_at_nothing_but_questions(shelf: Shelf) -> None:
    shelf.disclaimer("another", applies_to_kinds=["faq"])
    composed = shelf.desk.compose(*shelf.approved("another"))

    assert closure_of(composed, items_of(composed)).because.keys() == {shelf.id_of("why-harder")}


def test_who_reviews_a_question_sees_what_it_carries(shelf: Shelf, reader: Reader) -> None:
    """So a question that goes out with its disclaimer, as it was shown, needs no further sign-off."""
    shelf.faq("later")
    version = shelf.approve(shelf.submit("later"))
    composed = shelf.desk.compose(version)
    releases.publish(release=composed, person=shelf.desk.people.pia)

    assert carried(reader, "faqs/later") == ["general"]


def test_a_disclaimer_that_appears_needs_the_sign_off_of_what_carries_it(shelf: Shelf) -> None:
    shelf.disclaimer("another", applies_to_kinds=["faq"])
    composed = shelf.desk.compose(*shelf.approved("another"))
    with pytest.raises(Refused) as refused:
        releases.publish(release=composed, person=shelf.desk.people.pia)

    assert refused.value.code == "impact-not-signed-off"
    assert "Why are solid tumors harder" in refused.value.message


class TestTheLastMandatoryDisclaimer:
    def test_is_not_withdrawn_without_naming_what_takes_its_place(self, shelf: Shelf, reader: Reader) -> None:
        shelf.disclaimer("spare", applies_to_kinds=["faq"])
        shelf.disclaimer("weak", clause(mandatory=False), applies_to_kinds=["faq"])
        shelf.published()
        for replaced_by in (None, "weak", "general", "satri-cel"):
            named = {"replaced_by": shelf.items[replaced_by]} if replaced_by else {}
            with pytest.raises(Refused) as refused:
                shelf.desk.withdraw(shelf.items["general"], **named)
            assert refused.value.code in {"replacement-missing", "replaces-itself"}
        shelf.desk.withdraw(shelf.items["general"], replaced_by=shelf.items["spare"])

        assert carried(reader, "faqs/why-harder") == ["spare", "weak"]
        gone = reader.refused("disclaimers/general/", 410, "withdrawn")
        assert gone["replaced_by"]["slug"] == "spare"

    def test_is_not_replaced_by_one_that_does_not_apply(self, shelf: Shelf, reader: Reader) -> None:
        shelf.disclaimer("elsewhere", applies_to_kinds=["therapy"])
        shelf.published()
        with pytest.raises(Refused) as refused:
            shelf.desk.withdraw(shelf.items["general"], replaced_by=shelf.items["elsewhere"])

        assert refused.value.code == "disclaimer-dropped"
        assert "why-harder" in refused.value.message
        assert carried(reader, "faqs/why-harder") == ["general"]

    def test_is_replaced_in_one_release(self, shelf: Shelf, reader: Reader) -> None:
        shelf.disclaimer("successor", applies_to_kinds=["faq"])
        composed = shelf.desk.compose(*shelf.approved("successor"))
        releases.add_withdrawal(
            release=composed,
            item=shelf.items["general"],
            person=shelf.desk.people.pia,
            reason="OUTDATED",
            public_note="There is a better one.",
            replaced_by=shelf.items["successor"],
        )
        shelf.desk.sign(composed)
        releases.publish(release=composed, person=shelf.desk.people.pia)

        assert carried(reader, "faqs/why-harder") == ["successor"]

    def test_is_pulled_only_when_another_stands_in(self, shelf: Shelf, reader: Reader) -> None:
        with pytest.raises(Refused) as refused:
            pull(shelf, "general")
        assert refused.value.code == "replacement-missing"
        shelf.disclaimer("spare", applies_to_kinds=["faq"])
        release(shelf, "spare")
        pull(shelf, "general", replaced_by=shelf.items["spare"])

        assert carried(reader, "faqs/why-harder") == ["spare"]
        reader.refused("disclaimers/general/?release=1", 410, "redacted")
        # A question showed nothing of it but its address, so its past can still be read.
        assert reader.get("/api/v1/faqs/why-harder/?release=1").status_code == 200
        assert not list(problems())

    def test_is_kept_when_it_becomes_optional_or_narrower(self, shelf: Shelf) -> None:
        shelf.disclaimer("general", clause(mandatory=False), applies_to_kinds=["faq"])
        with pytest.raises(Refused, match="why-harder"):
            release(shelf, "general")

    def test_may_go_when_nothing_carries_it(self, shelf: Shelf, reader: Reader) -> None:
        shelf.disclaimer("idle", applies_to_kinds=["target"])
        shelf.published()
        shelf.desk.withdraw(shelf.items["idle"])

        reader.refused("disclaimers/idle/", 410, "withdrawn")


def test_nothing_but_the_address_of_a_disclaimer_that_was_pulled_stays_anywhere(shelf: Shelf, reader: Reader) -> None:
    shelf.disclaimer("wrong", title="Words that must go", applies_to_kinds=["faq"])
    release(shelf, "wrong")
    note = reader.get("/api/v1/faqs/why-harder/").json()["change"]["note"]
    pull(shelf, "wrong", replaced_by=shelf.items["general"])

    assert note == "Follows from: wrong."
    for path in ("faqs/?release=2", "faqs/why-harder/?release=2", "faqs/why-harder/history/", "export/?release=2"):
        answer = reader.get(path)
        assert answer.status_code == 200
        assert b"Words that must go" not in answer.getvalue(), path


def pull(shelf: Shelf, slug: str, replaced_by: ContentItem | None = None) -> None:
    """Take a disclaimer down at once."""
    releases.pull(
        item=shelf.items[slug],
        person=shelf.desk.people.rui,
        reason="ENTERED_IN_ERROR",
        public_note="It was wrong.",
        replaced_by=replaced_by,
    )
