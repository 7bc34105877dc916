"""Prose: what a reader gets, what is refused, and that no input is slow or dangerous."""

from __future__ import annotations

import re
import time

import pytest

from content_api.rendering import prose

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example/)",
    "[x](http://evil.example/)",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example" onmouseover="alert(1))',
    "![x](https://a.example/track.gif)",
    "![x](javascript:alert(1))",
    "<iframe src=https://evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<!-- --><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "<form action=https://evil.example><input name=q></form>",
    '<base href="https://evil.example/">',
    "<p style=position:fixed>x</p>",
    '"><script>alert(1)</script>',
    "\\<script>alert(1)\\</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]
TAG = re.compile(r"</?(p|br|hr|h[3-6]|ul|ol|li|blockquote|pre|code|a|em|strong)( [^<>]*)?>")
ATTRIBUTE = re.compile(r'^( (href="(https:|mailto:|tel:)[^"]*"|title="[^"]*"|rel="noopener noreferrer"|start="\d+"))*$')


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_but_harmless_tags_comes_out(attack: str) -> None:
    html = prose.to_html(attack)

    rest = TAG.sub("", html)
    assert "<" not in rest
    for match in TAG.finditer(html):
        assert ATTRIBUTE.match(match[2] or ""), match[0]


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("### Title", "<h3>Title</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c", '<ol start="3">\n<li>c</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("5 < 6 & 7 > 2", "<p>5 &lt; 6 &amp; 7 &gt; 2</p>"),
        ("[m](mailto:a@b.example)", '<p><a href="mailto:a@b.example" rel="noopener noreferrer">m</a></p>'),
        ("[t](tel:+49301234)", '<p><a href="tel:+49301234" rel="noopener noreferrer">t</a></p>'),
        (
            "<https://a.example/>",
            '<p><a href="https://a.example/" rel="noopener noreferrer">https://a.example/</a></p>',
        ),
        ("舒瑞基奥仑赛", "<p>舒瑞基奥仑赛</p>"),
        ("", ""),
    ],
)
def test_common_mark_becomes_html(markdown: str, html: str) -> None:
    assert prose.to_html(markdown) == html
    assert prose.problems(markdown) == []


def test_a_heading_never_stands_above_level_three() -> None:
    assert prose.to_html("# One\n\nTwo\n---\n\n#### Four") == "<h3>One</h3>\n<h3>Two</h3>\n<h4>Four</h4>"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("<b>x</b>", "Raw HTML is not published: “<b>”"),
        ("<div>\nx\n</div>", "Raw HTML"),
        ("x <!-- note --> y", "Raw HTML"),
        ("![a curve](https://a.example/x.png)", "Images are not published: “a curve”"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "Tables are not published"),
        ("# One", "The heading is of level 1. Begin with level 3"),
        ("One\n===", "The heading is of level 1"),
        ("## Two", "The heading is of level 2"),
        ("[x](http://a.example)", "A link leads to “http://a.example”"),
        ("[x](/inside)", "A link leads to “/inside”"),
        ("[x](javascript:alert(1))", "A link leads to “javascript:alert(1)”"),
        (f"[x](https://a.example/{'x' * 500})", "Use one of at most 500"),
        ("- [x](ftp://a.example)", "A link leads to"),
        ("`{{ trial:a.title }}`", "The text holds “{{” where no slot can be filled"),
        ("It is {{ status }}.", "“{{ status }}” is not a slot. Write {{ kind:slug.path }}"),
        ("a\u202eb", "U+202E"),
        ("a\x00b", "U+0000"),
        ("x" * (prose.MAX_LENGTH + 1), "Shorten it to 20,000"),
    ],
)
def test_what_is_not_published_is_refused_with_what_to_do(markdown: str, words: str) -> None:
    (problem, *_) = prose.problems(markdown)

    assert words in problem
    assert problem.endswith(".")


def test_every_problem_is_named_once() -> None:
    found = prose.problems("# One\n\n# Two\n\n<b>x</b> ![i](https://a.example)")

    assert len(found) == len(set(found)) == 4


@pytest.mark.parametrize(
    "harmless", ["a < b and b > c", "x \\<b> y", "`<b>`", "    <b>", "5 { 6 }", "a | b", "1 * 2 * 3"]
)
def test_plain_signs_are_no_problem(harmless: str) -> None:
    assert prose.problems(harmless) == []


def test_the_normal_form_has_one_spelling() -> None:
    assert prose.normalize("\r\n\nCafe\u0301  \r\nTwo\rThree \n\n") == "Café  \nTwo\nThree"


def test_a_short_text_does_not_become_a_long_page() -> None:
    """One definition of a link may be used many times."""
    text = f"[a]: https://a.example/{'x' * 9000}\n\n" + "[a] " * 2000

    assert len(prose.to_html(text)) < 2 * len(text)


@pytest.mark.parametrize(
    "seed",
    ["[", "![", "[a][", "_*", "a**b", "<", "<!--", "> ", "- ", "|\n|-|\n", " \n"],
)
def test_hostile_input_is_not_slow(seed: str) -> None:
    text = (seed * prose.MAX_LENGTH)[: prose.MAX_LENGTH]
    begun = time.process_time()

    prose.problems(text)
    prose.to_html(text)

    assert time.process_time() - begun < 20, "what grows with the square of the length takes minutes"
