"""Sets in answers: what they may be asked for by, and who signs off what they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content_api import kinds
from content_api.refusals import Refused
from content_api.releases import actions
from content_api.releases.impact import impact_of
from tests.journeys.dossier import event

if TYPE_CHECKING:
    from content_api.editorial.models import Version
    from tests.delivery.conftest import Reader
    from tests.faqs.shelf import Shelf

PLACES = "{{{{ approvals(therapy={therapy}).approved-places | sentence }}}}"


@pytest.fixture
def asked(shelf: Shelf) -> Shelf:
    """A shelf with an answer that lists where a therapy is approved; it is in China."""
    shelf.approval("satri-cel-nmpa", "satri-cel", "CN", "nmpa", [event("APPROVED", "2026-06-22", pathway="FULL")])
    shelf.faq("where", answer=PLACES.format(therapy=shelf.id_of("satri-cel")), review_interval_days=90)
    shelf.published()
    return shelf


def appearing(shelf: Shelf, slug: str, country: str, authority: str) -> list[Version]:
    """Approve a case in another country, where the therapy is approved already."""
    if authority not in shelf.items:
        shelf.write("organization", authority, name=authority.upper(), roles=["REGULATOR"], country=country)
    shelf.approval(slug, "satri-cel", country, authority, [event("APPROVED", "2026-08-01", pathway="FULL")])
    new = [one for one in (authority, slug) if not shelf.items[one].versions.exists()]
    return shelf.approved(*new)


def test_a_sign_off_is_for_the_answer_that_was_shown_and_void_when_the_list_changes(
    asked: Shelf, reader: Reader
) -> None:
    desk = asked.desk
    release = desk.compose(*appearing(asked, "satri-cel-ema", "EU", "ema"))
    before = impact_of(release)
    (row,) = [one for one in before.rows if one.slug == "where"]
    assert row.needs_sign_off
    assert row.roles == {"Medical reviewer", "Regulatory reviewer"}, "it quotes approvals"
    assert (row.before["answer_markdown"], row.after["answer_markdown"]) == (
        "Approved in China.",
        "Approved in China and the European Union.",
    )
    desk.sign(release)
    desk.publish(*appearing(asked, "satri-cel-fda", "US", "fda"))
    assert impact_of(release).sha256 != before.sha256
    with pytest.raises(Refused, match="wait for a sign-off by: Medical reviewer, Regulatory reviewer") as refusal:
        actions.publish(release=release, person=desk.people.pia)
    assert refusal.value.code == "impact-not-signed-off"
    assert _said(reader) == "Approved in China and the United States."
    desk.sign(release)
    actions.publish(release=release, person=desk.people.pia)
    assert _said(reader) == "Approved in China, the European Union and the United States."


def test_a_set_by_a_wide_type_is_refused_and_the_narrow_ones_are_named(asked: Shelf) -> None:
    asked.write("tumor_type", "adenocarcinoma", name="adenocarcinoma", group="SOLID", parent=asked.id_of("gastric"))
    asked.submit("adenocarcinoma")
    for slug, type_ in (("wide", "gastric"), ("narrow", "adenocarcinoma")):
        answer = f"{{{{ trials(condition={asked.id_of(type_)}).list }}}}"
        asked.faq(slug, answer=answer)
    with pytest.raises(Refused, match=r"which the set would leave out\. Name the one that is meant: “adenocarcinoma”"):
        asked.submit("wide")
    assert asked.submit("narrow")


def test_every_plain_key_of_a_set_has_its_words() -> None:
    for kind in kinds.all_kinds():
        assert {name for name, about in kind.set_keys.items() if not about} <= kind.set_values.keys()


def _said(reader: Reader) -> str:
    return str(reader.get("/api/v1/faqs/where/").json()["answer_markdown"])
