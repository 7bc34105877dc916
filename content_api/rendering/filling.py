"""Prose with its slots filled: the HTML, and Markdown that any CommonMark renderer reads as just those words.

The HTML is rendered from the text with its slots as tokens, so nothing in a fact can become markup. The Markdown has
the facts escaped: sparingly if that reads as it should (it is rendered again and compared), otherwise so that every
fact looks the same to a parser whatever it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from content_api.rendering import prose
from content_api.rendering.slots import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

# What may open or close something inside a line; and, for renderers that go beyond CommonMark, what else they look for.
_INLINE = re.compile(r"[\\`*_{}\[\]<>#&!|~@$]|(?<=:)/(?=/)|(?<=www)\.", re.IGNORECASE)
_AT_THE_START = re.compile(r"^(?:[-+=]|(?<!\d)\d{1,9}[.)](?= |$))")
_PLAIN = re.compile(r"[A-Za-z0-9]|[^\x00-\x7f]")


@dataclass(frozen=True)
class Fill:
    """A slot as it stands in a text (`raw`, between the braces), the `ref` that it is listed by, and its words."""

    raw: str
    ref: str
    words: str


@dataclass(frozen=True)
class Filled:
    """Prose as it is delivered."""

    markdown: str
    html: str


@lru_cache(maxsize=512)
def fill(markdown: str, fills: tuple[Fill, ...]) -> Filled:
    """Return prose with its slots filled."""
    text = prose.normalize(markdown)
    known = {one.raw: one for one in fills}
    html = prose.to_html(text, {raw: (one.ref, one.words) for raw, one in known.items()})
    if not known:
        return Filled(text, html)
    return Filled(_markdown(text, known), html)


def is_read_as_words(markdown: str) -> bool:
    """Tell whether a renderer will read words in place of every slot, whatever they are, as words.

    Not so in `[more]({{ … }})` or `[note]: {{ … }}`, which are plain text with a slot in them until it is filled.
    """
    if len(markdown) > prose.MAX_LENGTH:
        return False
    text = prose.normalize(markdown)
    probe = {match[1]: Fill(match[1], "", "words") for match in TOKEN.finditer(text)}
    return _reads_alike(text, probe, _with(text, probe, _always))


def _markdown(text: str, known: dict[str, Fill]) -> str:
    sparing = _with(text, known, _sparingly)
    return sparing if _reads_alike(text, known, sparing) else _with(text, known, _always)


def _with(text: str, known: dict[str, Fill], escape: Callable[[str], str]) -> str:
    return TOKEN.sub(lambda match: escape(known[match[1]].words) if match[1] in known else match[0], text)


def _reads_alike(text: str, known: dict[str, Fill], markdown: str) -> bool:
    wanted = prose.as_others_render_it(text, {raw: one.words for raw, one in known.items()})
    return wanted == prose.as_others_render_it(markdown)


def _sparingly(words: str) -> str:
    start = _AT_THE_START.match(words)
    escaped = _INLINE.sub(lambda match: f"\\{match[0]}", words)
    if not start:
        return escaped
    sign = start.end() - 1  # nothing before the sign that starts a block is ever escaped
    return f"{escaped[:sign]}\\{escaped[sign:]}"


def _always(words: str) -> str:
    """Escape so that a parser meets the same thing whatever the words say: no space, and a reference at each end."""
    inner = "".join(one if _PLAIN.fullmatch(one) else _reference(one) for one in words[1:-1])
    last = _reference(words[-1]) if len(words) > 1 else ""
    return f"{_reference(words[0])}{inner}{last}"


def _reference(character: str) -> str:
    return f"&#{ord(character)};"
