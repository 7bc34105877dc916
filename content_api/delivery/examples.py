"""Examples of answers, as the demo gave them: files in docs/examples, each a request and what it was answered.

A file is named after its operation in the OpenAPI document, and after the form of the answer where that is not JSON.
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
    file = settings.BASE_DIR / "docs" / "examples" / f"{operation}{FORMS[content_type]}.json"
    if not file.exists():
        return {}
    told = orjson.loads(file.read_bytes())
    answer = told["answer"]
    if content_type == "application/x-ndjson":
        answer = "".join(f"{orjson.dumps(line).decode()}\n" for line in answer)
    return {"demo": {"summary": f"GET {told['request']}", "description": _SAYS, "value": answer}}
