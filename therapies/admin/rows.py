"""What the rows that many kinds have in common look like."""

from __future__ import annotations

from typing import Any

CITATION: dict[str, Any] = {
    "fields": ("source", "locator", "position"),
    "verbose_name": "source",
    "verbose_name_plural": "Sources: what the statements on this page stand on",
}
CODE: dict[str, Any] = {
    "fields": ("key", "system", "code", "display", "source", "position"),
    "verbose_name": "code",
    "verbose_name_plural": "Codes: what other systems call it",
}
RISK: dict[str, Any] = {
    "verbose_name": "risk",
    "verbose_name_plural": "Risks",
    "prepopulated_fields": {"key": ("term",)},
}
