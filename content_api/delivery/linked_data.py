"""Answers as JSON-LD in schema.org's words, for sites that set them into a page as they are.

A kind makes the nodes (Kind.linked_data); this module says who is answered so, and what is the same for all kinds: the
page with its reviewers, citations, corrections and disclaimers, and an escape that no script element can be left by.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings

from content_api.delivery.parameters import refuse_invalid
from content_api.delivery.responses import conditional, hash_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

    from content_api.canonical_json import Json

MEDIA_TYPE = "application/ld+json"
CONTEXT = "https://schema.org"
_RANGE = re.compile(r"\s*([\w!#$&^+.*-]+/[\w!#$&^+.*-]+)\s*((?:;[^,]*)?)")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*(?:;|\Z)")


def is_asked_for(request: HttpRequest) -> bool:
    """Tell whether the client names JSON-LD and would not rather have JSON; anything else is answered in JSON."""
    qualities: dict[str, float] = {}
    for one in request.headers.get("Accept", "").lower().split(","):
        match = _RANGE.fullmatch(one)
        if match:
            quality = _QUALITY.search(match[2])
            qualities.setdefault(match[1], float(quality[1]) if quality else 1.0)
    return qualities.get(MEDIA_TYPE, 0) > 0 and qualities[MEDIA_TYPE] >= qualities.get("application/json", 0)


def refuse_shaping(values: Mapping[str, Any]) -> None:
    """Refuse `fields` and `include`, which speak of members that JSON-LD does not have."""
    detail = f"{MEDIA_TYPE} has other members. Leave it out, or ask for application/json."
    refuse_invalid([{"parameter": name, "detail": detail} for name in ("fields", "include") if name in values])


def answered(request: HttpRequest, make: Callable[[str], Json], *state: object) -> HttpResponse:
    """Return what `make` makes for the API's public address, or 304; `state` is all that it depends on."""
    base = settings.PUBLIC_BASE_URL
    digest = hash_of(MEDIA_TYPE, base, *state)
    response = conditional(request, digest, lambda: _bytes({"@context": CONTEXT, **make(base)}))
    if response.status_code == 200:  # noqa: PLR2004
        response.headers["Content-Type"] = MEDIA_TYPE
    return response


def urn(item: Json) -> str:
    """Return the name of an item that outlives every address."""
    return f"urn:uuid:{item['id']}"


def page(type_: str, items: list[Json], base: str, main: Any) -> Json:
    """Return a page of a type of schema.org's WebPage about `main`, with what all of the items stand on."""
    people = _once(_person(one) for item in items for one in item["reviewed_by"])
    sources = _once(_citation(one, base) for item in items for one in item["sources"])
    usage = _once(f"{base}/api/v1/disclaimers/{one['slug']}/" for item in items for one in item["disclaimers"])
    corrections = [one["change"]["note"] for one in items if (one["change"] or {}).get("type") == "CORRECTION"]
    return present(
        {
            "@type": type_,
            "inLanguage": _one_or_all(_once(item["language"] for item in items)),
            "datePublished": min((item["first_published_at"] for item in items), default=None),
            "dateModified": max((item["published_at"] for item in items), default=None),
            "lastReviewed": min((item["last_reviewed"] for item in items), default=None),
            "reviewedBy": people,
            "citation": sources,
            "correction": _one_or_all([one for one in corrections if one]),
            "usageInfo": _one_or_all(usage),
            "license": _one_or_all(_once(item["license"]["url"] for item in items)),
            "creditText": _one_or_all(_once(item["attribution"]["text"] for item in items)),
            "mainEntity": main,
        }
    )


def medical_page(item: Json, base: str, main: Json) -> Json:
    """Return the page of one item about its main entity, whose name is the item's own."""
    entity = {"@id": urn(item), "name": item["name"], **main}
    about = page("MedicalWebPage", [item], base, present(entity))
    return {"@type": about.pop("@type"), "@id": f"{base}{item['url']}", "url": f"{base}{item['url']}", **about}


def present(node: Json) -> Json:
    """Return a node without what is absent: JSON-LD reads null and an empty list as nothing anyway."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


def _person(reviewer: Json) -> Json:
    person = {"@type": "Person", "name": reviewer["name"], "jobTitle": reviewer["role"]}
    return present({**person, "honorificSuffix": reviewer["credentials"]})


def _citation(source: Json, base: str) -> Json:
    address = source.get("external_url") or f"{base}{source['url']}"
    return {"@type": "CreativeWork", "@id": urn(source), "name": source["name"], "url": address}


def _once(values: Any) -> list[Any]:
    return list({orjson.dumps(value): value for value in values}.values())


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _bytes(node: Json) -> bytes:
    """Return the node so that it ends no script element and opens no comment, wherever it is set."""
    return orjson.dumps(node).replace(b"<", b"\\u003c").replace(b">", b"\\u003e").replace(b"&", b"\\u0026")
