"""What the real kinds answer has the shape that the OpenAPI document promises: whole, in part, with others, and found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from content_api.partners.actions import create_site, issue_key
from tests.delivery.conftest import Reader
from tests.situations import Desk
from tests.therapies.cabinet import Cabinet

if TYPE_CHECKING:
    from tests.conftest import People

pytestmark = pytest.mark.django_db

SCHEMAS: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "docs" / "openapi.yaml").read_text())[
    "components"
]["schemas"]


@pytest.fixture
def reader(people: People) -> Reader:
    """Publish a cabinet, and return a site that reads it."""
    Cabinet(Desk(people)).published()
    return Reader(issue_key(site=create_site(slug="guide", name="A guide")))


def _fits(shape: str, answer: Any) -> bool:
    schema = {"$ref": f"#/components/schemas/{shape}", "components": {"schemas": SCHEMAS}}
    return Draft202012Validator(schema).is_valid(answer)


def test_have_the_shape_of_their_kind_or_of_a_part_of_it(reader: Reader) -> None:
    answers = {
        "therapies/satri-cel/": ("Therapy", True),
        "therapies/satri-cel/?include=developer,sources,targets": ("Therapy", True),
        "therapies/satri-cel/?fields=name": ("TherapyInPart", True),
        "therapies/?fields=name": ("TherapyPage", True),
        "therapies/?include=developer": ("TherapyPage", True),
        "approvals/?ordering=decided_on": ("ApprovalPage", True),
        "search/?q=cells": ("SearchPage", True),
        "therapies/satri-cel/?fields=name,slug": ("Therapy", False),
    }

    fits = {path: (shape, _fits(shape, reader.get(path).json())) for path, (shape, _) in answers.items()}

    assert fits == answers
    assert not _fits("TherapyInPart", {"id": "0", "name": "without what every item keeps"})
