"""Words by which prose states what records should say; checks of every app look for them."""

from __future__ import annotations

import re

STATUS_WORDS = re.compile(
    r"\b(?:not (?:yet )?(?:approved|authorized|licensed)|(?:un)?approved|under (?:regulatory )?review|awaiting approval"
    r"|approval is (?:pending|expected)|authorized|investigational|licensed)\b",
    re.IGNORECASE,
)
