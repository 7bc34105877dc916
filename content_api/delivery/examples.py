"""Examples of answers, as the demo gave them: files in docs/examples, each a request and what it was answered.

A file is named after its operation in the OpenAPI document, and after the form of the answer where that is not JSON.
What is posted stands in `sent`.
Tests hold each to what the demo answers; `make examples` asks the demo again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from django.conf import settings

if TYPE_CHECKING:
    from content_api.canonical_json import Json

FORMS = {"application/json": "", "application/ld+json": ".ld", "application/x-ndjson": ".lines"}
_SAYS = "As the demo answers it. Long lists are cut short."


def example(operation: str, content_type: str) -> Json:
    """Return the example of an answer, as OpenAPI has it, by name; none where there is no file."""
    told = _told(operation, FORMS[content_type])
    if not told:
        return {}
    answer = told["answer"]
    if content_type == "application/x-ndjson":
        answer = "".join(f"{orjson.dumps(line).decode()}\n" for line in answer)
    method = "POST" if "sent" in told else "GET"
    return {"demo": {"summary": f"{method} {told['request']}", "description": _SAYS, "value": answer}}


def example_sent(operation: str) -> Json:
    """Return the example of what is posted, as OpenAPI has it."""
    told = _told(operation, "")
    return {"demo": {"summary": f"POST {told['request']}", "value": told["sent"]}} if told else {}


def _told(operation: str, form: str) -> Json:
    file = settings.BASE_DIR / "docs" / "examples" / f"{operation}{form}.json"
    return dict(orjson.loads(file.read_bytes())) if file.exists() else {}
