"""What changed between two texts, word by word: what came in <ins>, what went in <del>, and all else as it is."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

import nh3
from django.utils.html import escape
from django.utils.safestring import mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.utils.safestring import SafeString

_HTML = re.compile(r"<[^>]*>|[^\s<]+\s*|\s+")  # a word takes the space behind it along
_TEXT = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_MARKS = {"ins", "del"}
MANY = 20_000  # tokens beyond which a comparison would keep a reviewer waiting


def html_changes(before: str, after: str) -> SafeString:
    """Return rendered prose with what changed marked in it; its elements are those of `after`."""
    old, new = _HTML.findall(before), _HTML.findall(after)
    marked = "".join(_marked(old, new))
    return mark_safe(nh3.clean(marked, tags=nh3.ALLOWED_TAGS | _MARKS))  # noqa: S308 - cleaned a second time


def text_changes(before: str, after: str) -> SafeString:
    """Return plain text with what changed marked in it, as HTML."""
    old, new = _TEXT.findall(before), _TEXT.findall(after)
    return mark_safe("".join(_marked([escape(one) for one in old], [escape(one) for one in new])))  # noqa: S308 - escaped


def _marked(old: list[str], new: list[str]) -> Iterator[str]:
    for verb, a, b, c, d in _steps(old, new):
        if verb == "equal":
            yield "".join(new[c:d])
            continue
        yield from _wrapped("del", [one for one in old[a:b] if not _is_tag(one)])
        yield from _wrapped("ins", new[c:d])


def _steps(old: list[str], new: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if len(old) + len(new) > MANY:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _wrapped(mark: str, tokens: list[str]) -> Iterator[str]:
    """Yield tokens with each run of words between elements in a mark; what is only space needs none."""
    for is_tag, run in groupby(tokens, key=_is_tag):
        words = "".join(run)
        yield words if is_tag or not words.strip() else f"<{mark}>{words}</{mark}>"


def _is_tag(token: str) -> bool:
    return token.startswith("<") and token.endswith(">")
