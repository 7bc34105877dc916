"""What prose may quote of a set: told from what its members show, never empty, and true of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content_api import kinds, shapes
from content_api.kinds import SetKey
from content_api.rendering.showing import seen
from content_api.rendering.world import Draft, EditionWorld

if TYPE_CHECKING:
    from content_api.kinds import Fact
    from tests.therapies.cabinet import Cabinet

pytestmark = pytest.mark.django_db


def of_set(cabinet: Cabinet, kind: str, name: str, **keys: str) -> Fact:
    """Return a fact of a set in the world that was published; keys that ask for items hold slugs."""
    declared = kinds.get(kind)
    ids = {key: cabinet.id_of(value) if declared.set_keys[key] else value for key, value in keys.items()}
    key = SetKey.of(kind, **ids)
    world = EditionWorld(release=1)
    return declared.set_facts[name](key, world.members(key), world.pulled_members(key))


CHINA = "satri-cel: approved in China (NMPA) since 22 June 2026; sources disagree about the kind of approval."
EU = "satri-cel: conditionally approved in the European Union (EMA) since 1 August 2026."
US = (
    "satri-cel: not approved in the United States (FDA); investigational since 21 May 2020; clinical studies there are "
    "on hold."
)


@pytest.mark.parametrize(
    ("kind", "name", "keys", "formats"),
    [
        (
            "approval",
            "status-by-jurisdiction",
            {"therapy": "satri-cel"},
            {
                "status-by-jurisdiction": f"{CHINA} {EU} {US}",
                "list": "approved in China (NMPA), approved with conditions in the European Union (EMA) and not "
                "approved in the United States (FDA)",
            },
        ),
        (
            "approval",
            "status-by-jurisdiction",
            {"therapy": "other"},
            {
                "status-by-jurisdiction": "No regulatory decision is on record.",
                "list": "no regulatory decision on record",
            },
        ),
        (
            "approval",
            "status-by-jurisdiction",
            {"therapy": "satri-cel", "jurisdiction": "US"},
            {"status-by-jurisdiction": US, "list": "not approved in the United States (FDA)"},
        ),
        (
            "approval",
            "approved-places",
            {"tumor_type": "gastric"},
            {
                "list": "China and the European Union",
                "sentence": "Approved in China and the European Union.",
                "count": "2",
            },
        ),
        (
            "approval",
            "approved-places",
            {"jurisdiction": "US"},
            {"list": "no place on record", "sentence": "No approval is on record.", "count": "0"},
        ),
        ("approval", "other-places", {"tumor_group": "SOLID"}, {"list": "the United States", "count": "1"}),
        ("approval", "other-places", {"jurisdiction": "CN"}, {"list": "no other place on record", "count": "0"}),
        ("approval", "approved-therapies", {"therapy_class": "car-t"}, {"list": "satri-cel", "count": "1"}),
        (
            "approval",
            "approved-therapies",
            {"jurisdiction": "US"},
            {"list": "no approved therapy on record", "count": "0"},
        ),
        (
            "approval",
            "therapies-by-place",
            {"therapy_class": "car-t"},
            {"list": "China: satri-cel; the European Union: satri-cel"},
        ),
        ("approval", "therapies-by-place", {"jurisdiction": "US"}, {"list": "no approval on record"}),
        ("approval", "count", {"tumor_type": "gastric"}, {"count": "3"}),
        (
            "trial",
            "list",
            {"therapy": "satri-cel"},
            {
                "list": "CT041-ST-01 (NCT04581473)",
                "status-sentence": "CT041-ST-01 (NCT04581473): active, not recruiting, as the registry said on "
                "1 November 2026.",
                "count": "1",
            },
        ),
        (
            "trial",
            "list",
            {"therapy": "other"},
            {"list": "no trial on record", "status-sentence": "No trial is on record.", "count": "0"},
        ),
        (
            "trial",
            "open",
            {"condition": "gastric"},
            {
                "list": "no recruiting trial on record",
                "status-sentence": "No recruiting trial is on record.",
                "count": "0",
            },
        ),
        ("trial", "count", {"country": "CN"}, {"count": "1"}),
        ("therapy", "list", {"target": "claudin18-2"}, {"list": "satri-cel", "count": "1"}),
        ("therapy", "list", {"cell_origin": "ALLOGENEIC"}, {"list": "no therapy on record", "count": "0"}),
        ("therapy", "count", {"therapy_class": "antibody"}, {"count": "1"}),
    ],
)
def test_a_set_is_told_from_what_its_members_show(
    cabinet: Cabinet, kind: str, name: str, keys: dict[str, str], formats: dict[str, str]
) -> None:
    assert of_set(cabinet, kind, name, **keys).formats == formats


def test_a_set_is_as_good_as_its_weakest_member_and_has_all_their_sources(cabinet: Cabinet) -> None:
    fact = of_set(cabinet, "approval", "status-by-jurisdiction", therapy="satri-cel")

    assert fact.verification == "VERIFIED"
    assert fact.sources == (cabinet.id_of("notice"),)
    assert of_set(cabinet, "approval", "count", jurisdiction="JP").verification is None


def test_every_set_can_be_asked_for_by_a_facet_that_its_items_have(cabinet: Cabinet) -> None:
    world = EditionWorld(release=1)
    for name, slug in (("approval", "satri-cel-nmpa"), ("trial", "ct041-st-01"), ("therapy", "satri-cel")):
        kind = kinds.get(name)
        row = kind.model._default_manager.get(slug=slug)
        content = seen(cabinet.id_of(slug), Draft(kind, lambda row=row: shapes.snapshot(row)), world)  # type: ignore[misc]

        assert set(kind.set_keys) <= set(kind.facets(content, world))
        assert all(wanted in {"", *(one.name for one in kinds.all_kinds())} for wanted in kind.set_keys.values())
