"""What operations of the OpenAPI document have in common, said once: headers, parameters, refusals and their examples."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import orjson

from content_api import kinds
from content_api.delivery.examples import example, example_sent
from content_api.delivery.shaping import KEPT
from content_api.problems import CONTENT_TYPE
from content_api.problems.catalog import CATALOG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_api.canonical_json import Json

HEADERS = {
    "Content-Release": ("The number of the release that the answer shows.", {"type": "integer"}),
    "ETag": ("Strong. Send it back as If-None-Match to be answered 304 while nothing changed.", {"type": "string"}),
    "Cache-Control": ("How long the answer may be kept: longer where a release was named.", {"type": "string"}),
    "Vary": ("What the answer depends on beside its address.", {"type": "string"}),
    "RateLimit": ('What is left, where requests are counted: `"default";r=58;t=31`.', {"type": "string"}),
    "RateLimit-Policy": ('The allowance, where requests are counted: `"default";q=60;w=60`.', {"type": "string"}),
    "X-Request-Id": ("Names this request in our records.", {"type": "string"}),
}
RETRY_AFTER = {"description": "In how many seconds to ask again.", "schema": {"type": "integer"}}
WITHDRAWN = {
    "reason": "SAFETY",
    "public_note": "A new risk is being looked into.",
    "withdrawn_in_release": 43,
    "withdrawn_at": "2026-06-25T08:00:00.000000Z",
    "partner_action": "REMOVE",
    "act_by": "2026-06-25T20:00:00.000000Z",
    "replaced_by": None,
}


def share(result: Json, **_generating: Any) -> Json:
    """Move what is common into the components and refer to it; a hook of drf-spectacular."""
    components = result["components"]
    components["headers"] = {name: {"description": text, "schema": schema} for name, (text, schema) in HEADERS.items()}
    components["examples"] = {entry.code: {"value": _example(entry.code)} for entry in CATALOG.values()}
    components["responses"] = {}
    _name_kinds(components["schemas"])
    for operation in _operations(result):
        operation.setdefault("parameters", [])
        _let_in_part(operation, components["schemas"])
        _take_nothing_else(operation, components["schemas"])
    components["parameters"] = _common_parameters(result)
    for operation in _operations(result):
        operation["parameters"] = [_shared(one, components["parameters"]) for one in operation["parameters"]]
        for status, answer in operation["responses"].items():
            if status in {"200", "201", "304"}:
                named = [name for name in HEADERS if name != "ETag" or status != "201"]
                answer["headers"] = {name: _to("headers", name) for name in named} | answer.get("headers", {})
                for content_type, content in answer.get("content", {}).items():
                    content["examples"] = example(operation["operationId"], content_type)
            elif status.startswith("4"):
                name = f"Refused{status}{'OfSent' if status == '400' and 'requestBody' in operation else ''}"
                told = {"headers": {"Retry-After": RETRY_AFTER}} if status == "429" else {}
                components["responses"][name] = {**_with_examples(answer, int(status)), **told}
                operation["responses"][status] = _to("responses", name)
    return result


def _operations(result: Json) -> Iterator[Json]:
    return (operation for methods in result["paths"].values() for operation in methods.values())


def _name_kinds(schemas: Json) -> None:
    """Say of every item which kind it is of, so that clients can tell items of several kinds apart."""
    for kind in kinds.all_kinds():
        schemas[kind.serializer.__name__.removesuffix("Serializer")]["properties"]["kind"]["const"] = kind.name


def _let_in_part(operation: Json, schemas: Json) -> None:
    """Say where `fields` is taken that an item may lack what was not asked for."""
    if not any(one["name"] == "fields" for one in operation["parameters"]):
        return
    holder, name = operation["responses"]["200"]["content"]["application/json"], "schema"
    page = schemas[_name_in(holder[name])]
    if page["properties"].keys() >= {"next", "results"}:  # a trial has results of its own
        holder, name = page["properties"]["results"], "items"
    whole = holder[name]
    part = f"{_name_in(whole)}InPart"
    schemas[part] = _in_part(schemas[_name_in(whole)])
    holder[name] = {"anyOf": [whole, _to("schemas", part)]}


def _take_nothing_else(operation: Json, schemas: Json) -> None:
    """Say of what is sent that it has no other members, and show what it is like."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schemas[_name_in(content["schema"])]["additionalProperties"] = False
        content["examples"] = example_sent(operation["operationId"])


def _in_part(whole: Json) -> Json:
    described = f"{whole['description']} Some of its members: those named in `fields`, and what every item keeps."
    return {**whole, "description": described, "required": sorted(KEPT)}


def _name_in(reference: Json) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def _common_parameters(result: Json) -> Json:
    """Return the parameters that more than one operation takes in just the same way."""
    every = [one for operation in _operations(result) for one in operation["parameters"]]
    counted = Counter(orjson.dumps(one) for one in every)
    common = {one["name"]: one for one in every if counted[orjson.dumps(one)] > 1}
    return {name: common[name] for name in sorted(common)}


def _shared(parameter: Json, common: Json) -> Json:
    name = parameter["name"]
    return _to("parameters", name) if common.get(name) == parameter else parameter


def _with_examples(answer: Json, status: int) -> Json:
    codes = [code for code, entry in CATALOG.items() if entry.status == status and f"`{code}`" in answer["description"]]
    shape = answer["content"][CONTENT_TYPE]
    return {**answer, "content": {CONTENT_TYPE: {**shape, "examples": {one: _to("examples", one) for one in codes}}}}


def _example(code: str) -> Json:
    entry = CATALOG[code]
    document = {
        "type": f"https://content.example/problems/{code}/",
        "title": entry.title,
        "status": entry.status,
        "detail": entry.explanation,
        "instance": "/api/v1/therapies/",
        "code": code,
        "errors": [],
    }
    if code == "unknown-parameter":
        detail = "There is no parameter “targets” here. Did you mean “target”?"
        return {**document, "detail": detail, "errors": [{"parameter": "targets", "detail": detail}]}
    return {**document, **WITHDRAWN} if entry.status == 410 else document  # noqa: PLR2004


def _to(component: str, name: str) -> Json:
    return {"$ref": f"#/components/{component}/{name}"}
