"""CommonMark for a public reader, and the HTML made of it.

Without raw HTML, images or tables; links to https, mailto and tel; headings from level 3, because a text is set
below the headings of a page that is not ours. `problems` refuses the rest when a text is submitted; `to_html`
would not let it through either.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING, Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

from content_api.rendering.slots import OPENS, TOKEN, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_LENGTH = 20_000  # characters of one prose field; keeps the worst input to a fraction of a second
MAX_ADDRESS = 500  # characters of a link; one definition may be used many times
FIRST_HEADING = 3

_SCHEMES = {"https", "mailto", "tel"}
_TAGS = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6"),
    *("ul", "ol", "li", "blockquote", "pre", "code"),
    *("a", "em", "strong", "data"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "data": {"data-fact"}}
# A reader of a page about a disease should not be announced to the sites that it links to. No `nofollow`: every
# link was read by a reviewer.
_LINK_REL = "noopener noreferrer"

_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")

# Control characters, and those that turn the direction of the text around them.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def normalize(markdown: str) -> str:
    """Return the text as it is delivered: line feeds, composed characters, no blank lines around it."""
    text = unicodedata.normalize("NFC", markdown).replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_LINES.sub("", text).rstrip()


def to_html(markdown: str, slots: Mapping[str, tuple[str, str]] | None = None) -> str:
    """Return the text as sanitized HTML.

    `slots` maps what stands between the braces of a slot to the name of its fact and the words for it. A slot that
    is not among them stays as it was written.
    """
    if len(markdown) > MAX_LENGTH:  # never published, but an editor may look at it
        return f"<p>{escape(markdown)}</p>"
    env = {"slots": {raw: _data(*filled) for raw, filled in (slots or {}).items()}}
    tokens = _RENDERER.parse(normalize(markdown), env)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{max(FIRST_HEADING, int(token.tag[1]))}"
    html = _RENDERER.renderer.render(tokens, _RENDERER.options, env)
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=_LINK_REL, strip_comments=True
    ).strip()


def as_others_render_it(markdown: str, slots: Mapping[str, str] | None = None) -> str:
    """Return what a plain CommonMark renderer makes of a text; `slots` as in `to_html`, with bare words."""
    env = {"slots": {raw: escapeHtml(words) for raw, words in (slots or {}).items()}}
    return str((_WITH_SLOTS if slots else _PLAIN).render(markdown, env))


def problems(markdown: str) -> list[str]:
    """Return what keeps a text from being published, each as a sentence that says what to do instead."""
    if len(markdown) > MAX_LENGTH:
        return [f"The text has {len(markdown):,} characters. Shorten it to {MAX_LENGTH:,}, or divide it."]
    text = normalize(markdown)
    tokens = list(_all_tokens(text))
    found = [*_of_characters(text), *_of_slots(text, tokens), *(one for token in tokens for one in _of_token(token))]
    return list(dict.fromkeys(found))


def _of_characters(text: str) -> Iterator[str]:
    if match := _INVISIBLE.search(text):
        yield f"The text holds the invisible character U+{ord(match[0]):04X}. Delete it, or type the passage again."


def _of_slots(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    slots = [token for token in tokens if token.type == "slot"]
    if text.count(OPENS) != len(slots):
        yield (
            "The text holds “{{” where no slot can be filled: in code, in the address or title of a link, in HTML, or "
            "without its “}}” on the same line. Move the slot into a sentence, or write \\{\\{ for plain braces."
        )
    for token in slots:
        if parse(token.content) is None:
            yield (
                f"{_short(token.markup)} is not a slot. Write {{{{ kind:slug.path }}}} or "
                "{{ plural(key=value).name }}, with a format after “|” if you need one."
            )


def _of_token(token: Token) -> Iterator[str]:
    match token.type:
        case "html_block" | "html_inline":
            yield f"Raw HTML is not published: {_short(token.content)}. Use Markdown, or write \\< for a plain “<”."
        case "image":
            yield f"Images are not published: {_short(token.content)}. Describe in words what it shows."
        case "table_open":
            yield "Tables are not published. Write a list, with one point for each row."
        case "heading_open" if int(token.tag[1]) < FIRST_HEADING:
            yield f"The heading is of level {token.tag[1]}. Begin with level 3: ### and a space."
        case "link_open":
            yield from _of_link(str(token.attrGet("href") or ""))


def _of_link(address: str) -> Iterator[str]:
    if len(address) > MAX_ADDRESS:
        yield f"The address of a link has {len(address):,} characters. Use one of at most {MAX_ADDRESS}."
    elif _scheme(address) not in _SCHEMES:
        yield f"A link leads to {_short(address)}. Link to an address that begins with https:, mailto: or tel:."


def _all_tokens(text: str) -> Iterator[Token]:
    for token in _EXAMINER.parse(text):
        yield token
        yield from token.children or []


def _scheme(address: str) -> str:
    scheme, colon, _ = address.partition(":")
    return scheme.lower() if colon else ""


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:40]}…”" if len(words) > 40 else f"“{words}”"  # noqa: PLR2004 - enough to find the place


def _data(ref: str, words: str) -> str:
    return f'<data data-fact="{escape(ref)}">{escape(words)}</data>'


def _slot_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - called by the library
    """Make a token of a slot."""
    match = TOKEN.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("slot", "", 0)
        token.content, token.markup = match[1], match[0]
    state.pos = match.end()
    return True


def _render_slot(_renderer: object, tokens: Sequence[Token], index: int, _options: object, env: Any) -> str:
    token = tokens[index]
    return str(env.get("slots", {}).get(token.content) or escape(token.markup))


class _Parser(MarkdownIt):
    """A CommonMark parser that knows slots."""

    def __init__(self, options: dict[str, Any] | None = None) -> None:
        super().__init__("commonmark", options)
        self.inline.ruler.before("escape", "slot", _slot_rule)
        self.add_render_rule("slot", _render_slot)


class _Renderer(_Parser):
    """A parser of what is published."""

    def __init__(self) -> None:
        super().__init__({"html": False})
        self.disable("image")

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return _scheme(url) in _SCHEMES and len(url) <= MAX_ADDRESS


class _Examiner(_Parser):
    """A parser that recognizes whatever is refused, so that each can be named."""

    def __init__(self) -> None:
        super().__init__()
        self.enable("table")

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return True


_RENDERER = _Renderer()
_EXAMINER = _Examiner()
_WITH_SLOTS = _Parser()
_PLAIN = MarkdownIt("commonmark")
