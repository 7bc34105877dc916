"""Hostile prose: nothing in it runs, whoever renders it; nothing hangs; and what is refused says so."""

from __future__ import annotations

import sys
import time
from html.parser import HTMLParser
from itertools import product
from typing import TYPE_CHECKING

import pytest

from content_api.refusals import Refused
from content_api.rendering import prose
from content_api.rendering.filling import Fill, fill, is_read_as_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.situations import Desk

ADDRESSES = [
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)"),
    *(
        "&#x6A;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "\x01javascript:alert(1)",
    ),
    *("javascript\\:alert(1)", "%6Aavascript:alert(1)", "javascript%3Aalert(1)", "feed:javascript:alert(1)"),
    *(
        "data:text/html;base64,PHNjcmlwdD4=",
        "data:text/html,<script>alert(1)</script>",
        "DATA:image/svg+xml,<svg/onload=1>",
    ),
    *("vbscript:msgbox(1)", "livescript:x", "mocha:x", "file:///etc/passwd", "blob:https://a.example/x", "about:blank"),
    *("//evil.example/", "\\\\evil.example/", "http://evil.example/", "ftp://evil.example/", "ws://evil.example/"),
    *(
        "view-source:javascript:alert(1)",
        "jar:https://a.example!/x",
        "intent://x#Intent;end",
        "?x",
        "#x",
        "/admin/logout/",
    ),
]
LINKS = [
    "[x]({})",
    "[x](<{}>)",
    '[x]({} "t")',
    "<{}>",
    "[x][r]\n\n[r]: {}",
    "![x]({})",
    "[![x]({})](https://a.example)",
]
TAGS = [
    *(
        "script",
        "img src=x onerror=alert(1)",
        "svg/onload=alert(1)",
        "svg><script",
        "iframe src=//e",
        "object data=//e",
        "embed src=//e",
    ),
    *(
        "style",
        "link rel=stylesheet href=//e",
        "meta http-equiv=refresh content=0",
        "base href=//e",
        "form action=//e",
        "input autofocus onfocus=x",
    ),
    *(
        "button onclick=x",
        "textarea onfocus=x",
        "select onchange=x",
        "video src=x onerror=x",
        "audio src=x onerror=x",
        "details open ontoggle=x",
    ),
    *(
        "marquee onstart=x",
        "math><mtext",
        "template",
        "noscript",
        "title",
        "xmp",
        "plaintext",
        "listing",
        "frameset onload=x",
        "body onload=x",
    ),
    *(
        "p onclick=x",
        "a href=javascript:x",
        "data data-fact=x onclick=x",
        "data value=x",
        "li style=x",
        "table background=//e",
        "portal src=//e",
    ),
    *(
        "isindex",
        "bgsound src=//e",
        "layer src=//e",
        "xml",
        "!--",
        "!DOCTYPE x",
        "![CDATA[x",
        "?php x ?",
        "%x%",
        "x:script",
        "custom-element onclick=x",
    ),
]
WRAPS = [
    "<{}>x",
    "a <{}> b",
    "<{}",
    "`<{}>`",
    "    <{}>",
    "\\<{}>",
    "&lt;{}&gt;",
    "[<{}>](https://a.example)",
    "- <{}>",
]
OTHERS = [
    *(
        '[x](https://a.example "onmouseover=alert(1)")',
        '[x](https://a.example" onmouseover="alert(1))',
        '[x](https://a.example/"><script>)',
    ),
    *(
        "[x](https://a.example '\"><script>alert(1)</script>')",
        "```\n</code></pre><script>alert(1)</script>\n```",
        '```"><script>\nx\n```',
    ),
    *(
        '"><script>alert(1)</script>',
        "{{ a:b.c }}<script>",
        "<{{ a:b.c }}>",
        "<a href={{ a:b.c }}>x</a>",
        "[x](javascript:{{ a:b.c }})",
    ),
    *(
        "```{{ a:b.c }}\nx\n```",
        "[x](https://a.example/{{a:b.c}})",
        "<data data-fact='x'>y</data>",
        "a&#0;b",
        "&#x202e;x",
        "\ufffd\ufffe",
    ),
]
ATTACKS = [
    *(link.format(address) for link, address in product(LINKS, ADDRESSES)),
    *(wrap.format(tag) for wrap, tag in product(WRAPS, TAGS)),
    *OTHERS,
]
BARE = ["p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "li", "blockquote", "pre", "code", "em", "strong"]
ALLOWED = {"a": {"href", "title", "rel"}, "ol": {"start"}, "data": {"data-fact"}, **{tag: set() for tag in BARE}}


class Harmless(HTMLParser):
    """Refuses whatever is not plain prose."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        assert {name for name, _ in attrs} <= ALLOWED[tag], attrs
        for name, value in attrs:
            assert name != "href" or str(value).lower().startswith(("https:", "mailto:", "tel:")), value

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def assert_harmless(html: str) -> None:
    parser = Harmless()
    parser.feed(html)
    parser.close()


def test_there_are_enough_of_them() -> None:
    assert len(set(ATTACKS)) > 500


def test_no_text_runs() -> None:
    for attack in ATTACKS:
        assert_harmless(prose.to_html(attack))


def test_no_fact_runs_wherever_it_stands() -> None:
    for attack in ATTACKS[::3]:
        for text in ("It is {{ a:b.c }}.", "<{{ a:b.c }}>", "[x]({{ a:b.c }})", "[{{ a:b.c }}](https://a.example)"):
            assert_harmless(fill(text, (Fill(" a:b.c ", "a:b.c", attack),)).html)


def test_the_name_of_a_fact_breaks_out_of_nothing() -> None:
    assert_harmless(fill("{{ a:b.c }}", (Fill(" a:b.c ", '"><script>alert(1)</script>', "x"),)).html)


def patience() -> int:
    """Return how many seconds of the processor a text may take; each line takes longer while coverage is measured."""
    return 5 if sys.gettrace() else 1


def seconds_of(look: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    look(text)
    return time.process_time() - begun


@pytest.mark.parametrize(
    "seed", ["[", "]", "[[]", "![", "[a][", "_*", "a**b", "<", "<!--", "> ", "- ", "{{", "{{ a:b.c }}", "`", "](", "&"]
)
@pytest.mark.parametrize("length", [prose.MAX_LENGTH, 1_000_000])
def test_nothing_hangs(seed: str, length: int) -> None:
    text = (seed * length)[:length]
    for look in (prose.problems, prose.to_html):
        assert seconds_of(look, text) < patience(), f"{look.__name__} takes tenths of that"


def test_looking_for_words_that_become_an_address_does_not_hang_either() -> None:
    text = ("[x]({{ a:b.c }}" * prose.MAX_LENGTH)[: prose.MAX_LENGTH]
    assert seconds_of(is_read_as_words, text) < patience()


@pytest.mark.parametrize(
    "note",
    ["[" * 1_000_000, "{{" * 500_000, "<script>alert(1)</script>", "[x](javascript:alert(1))", "`{{ a:b.c }}`"],
    ids=["brackets", "braces", "script", "link", "code"],
)
def test_a_submission_is_refused_and_does_not_fail(desk: Desk, note: str) -> None:
    item = desk.write("text", note=note)
    with pytest.raises(Refused) as refusal:
        desk.submit(item)
    assert refusal.value.code == "checks-failed"
    assert {one["pointer"] for one in refusal.value.errors} == {"/note"}
