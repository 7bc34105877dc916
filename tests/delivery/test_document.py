"""What is answered has the shape that the OpenAPI document promises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.delivery.press import FIRST_DAY, Item, Withdrawal

if TYPE_CHECKING:
    from tests.delivery.conftest import Reader
    from tests.delivery.press import Press

DOCUMENT: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "docs" / "openapi.yaml").read_text())
EMMA, PERSUASION = Item("book", "emma"), Item("book", "persuasion")


@pytest.fixture
def reader(press: Press, reader: Reader) -> Reader:
    """Read two releases."""
    press.publish(EMMA, PERSUASION)
    press.publish(withdrawals=[Withdrawal(EMMA, is_pull=True, replaced_by=PERSUASION, act_by=FIRST_DAY)])
    return reader


def _promised(shape: str) -> Draft202012Validator:
    """Return the validator of a component, strict: a member that is not promised is refused."""
    components = {
        name: {**one, "additionalProperties": False} for name, one in DOCUMENT["components"]["schemas"].items()
    }
    schema = {"$ref": f"#/components/schemas/{shape}", "components": {"schemas": components}}
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("", "Entry"),
        ("releases/", "ReleasePage"),
        ("releases/?page_size=1&release=2", "ReleasePage"),
        ("releases/1/", "Release"),
        ("releases/latest/", "Release"),
        ("releases/1/manifest/", "Manifest"),
        ("books/nothing/", "Problem"),
        ("books/?colour=RED", "Problem"),
        ("books/emma/", "Gone"),
        ("books/emma/?release=1", "Gone"),
        ("nowhere/", "Problem"),
    ],
)
def test_answers_as_promised(reader: Reader, path: str, shape: str) -> None:
    _promised(shape).validate(reader.get(path).json())


def test_notices_what_is_not_promised(reader: Reader) -> None:
    release = reader.get("releases/1/").json()

    assert not _promised("Release").is_valid({**release, "secret": 1})
    assert not _promised("Release").is_valid({name: value for name, value in release.items() if name != "hash"})
    assert not _promised("Release").is_valid({**release, "number": "1"})
