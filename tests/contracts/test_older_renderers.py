"""Bytes are kept as they were published, so the OpenAPI document is true of what every renderer so far has made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml
from jsonschema import Draft202012Validator

from content_api import kinds

ROOT = Path(__file__).parents[2]
DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text())
STRICT = {name: {**one, "additionalProperties": False} for name, one in DOCUMENT["components"]["schemas"].items()}
GOLDEN = sorted((ROOT / "tests" / "rendering" / "golden").glob("renderer-*.ndjson"))
BODIES = [(file.stem, orjson.loads(line)) for file in GOLDEN for line in file.read_bytes().splitlines()]


def _promise(kind: str) -> Draft202012Validator:
    """Return the validator of a whole item of a kind, strict: a member that is not promised is refused."""
    operation = DOCUMENT["paths"][f"/api/v1/{kinds.get(kind).collection}/{{address}}/"]["get"]
    whole, _ = operation["responses"]["200"]["content"]["application/json"]["schema"]["anyOf"]
    return Draft202012Validator(
        {**whole, "components": {"schemas": STRICT}}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


@pytest.mark.parametrize(("renderer", "item"), BODIES, ids=lambda one: one if isinstance(one, str) else one["slug"])
def test_is_what_the_document_promises(renderer: str, item: dict[str, Any]) -> None:
    faults = [f"{fault.json_path}: {fault.message}" for fault in _promise(item["kind"]).iter_errors(item)]

    assert not faults, f"{renderer}: a member that came later is `required=LATER` in its serializer"


def test_holds_every_renderer_to_it() -> None:
    assert {renderer for renderer, _ in BODIES} >= {"renderer-1", "renderer-2"}
    assert not _promise("therapy").is_valid(dict.fromkeys(BODIES[0][1], 1))


def test_requires_what_every_renderer_made() -> None:
    """Members are optional because some renderer lacks them, and not for ease; `facts` came to all kinds at once."""
    for kind in kinds.all_kinds():
        made = [item for _, item in BODIES if item["kind"] == kind.name]
        if made:
            schema = _promise(kind.name).schema
            assert isinstance(schema, dict)
            name = schema["$ref"].rpartition("/")[2]
            always = set.intersection(*(set(item) for item in made))
            assert set(STRICT[name]["required"]) | {"facts"} == always | {"facts"}, kind.name
