"""Slots: their grammar, and that what fills them is read as words and as nothing else, whatever it says."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from content_api.kinds import Fact
from content_api.rendering import prose
from content_api.rendering.filling import Fill, fill, is_read_as_words
from content_api.rendering.quoting import plain, words_of
from content_api.rendering.serializers import SourceSummarySerializer
from content_api.rendering.showing import facts_in, stored_facts
from content_api.rendering.slots import Slot, parse, rewritten, slots_in
from content_api.rendering.substance import SOURCE_SUMMARY

ITEM = "6f1c2a52-7a40-4d0e-9d39-0d5b9f3b1a11"
PLAIN = MarkdownIt("commonmark")


class Words(HTMLParser):
    """The words of HTML, as a reader sees them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += data


def words(html: str) -> str:
    return Words(html).words.strip()


class TestTheGrammar:
    @pytest.mark.parametrize(
        ("text", "slot"),
        [
            ("trial:ct041.title", Slot("trial", "title", item="ct041")),
            (
                " trial:ct041-st-01.results.os-itt.values.satri-cel | value-with-ci ",
                Slot("trial", "results.os-itt.values.satri-cel", "value-with-ci", item="ct041-st-01"),
            ),
            (f"tumor_type:{ITEM}.name|plain", Slot("tumor_type", "name", "plain", item=ITEM)),
            (
                "approvals(therapy=satri-cel, jurisdiction=CN).status-by-jurisdiction",
                Slot(
                    "approvals",
                    "status-by-jurisdiction",
                    keys=(("therapy", "satri-cel"), ("jurisdiction", "CN")),
                ),
            ),
            ("approvals( therapy=a ,status=APPROVED_CONDITIONAL ).n", None),
        ],
    )
    def test_takes_an_item_or_a_set_a_path_and_a_format(self, text: str, slot: Slot | None) -> None:
        parsed = parse(text)
        assert parsed is not None
        assert slot is None or parsed == slot
        assert parse(parsed.ref) == parsed, "what is written again is read as the same"

    @pytest.mark.parametrize(
        "text",
        [
            *("", "trial", "trial:ct041", "trial.ct041.title", "Trial:ct041.title", "trial:CT041.title"),
            *(
                "trial:ct041.",
                "trial:ct041..title",
                "trial:ct041.results[0]",
                "trial:ct041.title | ",
                "trial:a.b | c | d",
            ),
            *("approvals().n", "approvals(therapy).n", "approvals(therapy=).n", "approvals(therapy=a)", "a(b=c).d()"),
            *("if x", "trial:a.b + trial:c.d", "trial:a.b\ntrial:c.d", "approvals(x=a or b).n", "trial:a.b|upper()"),
        ],
    )
    def test_takes_nothing_else(self, text: str) -> None:
        assert parse(text) is None

    def test_finds_slots_in_their_order_and_rewrites_only_what_changes(self) -> None:
        text = "{{trial:a.title}} and {{ trial:b.title |x }} and {{ nothing }} and {{{ trial:c.title }}}"
        assert [slot.item for slot in slots_in(text)] == ["a", "b", "c"]

        def to_id(slot: Slot) -> Slot:
            return Slot(slot.name, slot.path, slot.format, item=ITEM) if slot.item == "b" else slot

        assert rewritten(text, to_id) == text.replace("{{ trial:b.title |x }}", f"{{{{ trial:{ITEM}.title | x }}}}")


class TestPlaces:
    @pytest.mark.parametrize(
        "text",
        [
            *("`{{ a:b.c }}`", "    {{ a:b.c }}", "```\n{{ a:b.c }}\n```", "[x](https://a.example/{{a:b.c}})"),
            *(
                "[x](<https://a.example/{{ a:b.c }}>)",
                '[x](https://a.example "{{ a:b.c }}")',
                "<b title='{{ a:b.c }}'>x</b>",
            ),
            *("<https://a.example/{{a:b.c}}>", "[r]: https://a.example/{{a:b.c}}\n\n[r]", "\\{{ a:b.c }}", "{{ a:b.c"),
            *("{{ a:\nb.c }}", "<!-- {{ a:b.c }} -->", "{{ {{ a:b.c }}", "[{{ a:b.c }}]: https://a.example"),
        ],
    )
    def test_where_a_slot_cannot_be_filled_it_is_refused(self, text: str) -> None:
        assert any("where no slot can be filled" in one for one in prose.problems(text)), prose.problems(text)

    @pytest.mark.parametrize(
        "text", ["[x]({{ a:b.c }})", "[r]: {{ a:b.c }}", "<https://{{ a:b.c }}>  ", "[x]( {{ a:b.c }} 'y')"]
    )
    def test_where_words_would_become_an_address(self, text: str) -> None:
        assert not is_read_as_words(text)

    @pytest.mark.parametrize(
        "text",
        ["{{ a:b.c }}", "# {{ a:b.c }}", "- **{{ a:b.c }}**", "[{{ a:b.c }}](https://a.example)", "> *{{ a:b.c }}*."],
    )
    def test_anywhere_else_it_may_stand(self, text: str) -> None:
        assert is_read_as_words(text)
        assert not [one for one in prose.problems(text) if "slot" in one]


CONTEXTS = [
    *("{{ a:b.c }}", "It is {{ a:b.c }}.", "{{ a:b.c }}. Then", "{{ a:b.c }}) Then", "1{{ a:b.c }} x", "- {{ a:b.c }}"),
    *("**{{ a:b.c }}**", "*{{ a:b.c }}*", "a*{{ a:b.c }}*b", "_{{ a:b.c }}_", "a_{{ a:b.c }}_b", "### {{ a:b.c }}"),
    *("> {{ a:b.c }}", "x\n{{ a:b.c }}", "x\n{{ a:b.c }}\ny", "{{ a:b.c }}  \ny", "<{{ a:b.c }}>", "</{{ a:b.c }}>"),
    *(
        "[{{ a:b.c }}](https://a.example)",
        "[{{ a:b.c }}]\n\n[b]: https://b.example",
        "!{{ a:b.c }}",
        "{{ a:b.c }}[x](https://a.example)",
    ),
    *(
        "&{{ a:b.c }};",
        "&#{{ a:b.c }};",
        "\\\\{{ a:b.c }}",
        "`{{{ a:b.c }}",
        "{{ a:b.c }}{{ a:b.c }}",
        "{ {{ a:b.c }} }",
        "~{{ a:b.c }}~",
    ),
]
HOSTILE = [
    *("*a*", "_a_", "**a**", "`a`", "[x](https://evil.example)", "![x](https://evil.example)", "<b>a</b>", "<script>"),
    *(
        "&amp;",
        "&#60;",
        "1. x",
        "1)",
        "9",
        "- x",
        "+ x",
        "# x",
        "> x",
        "===",
        "---",
        "***",
        "```",
        "~~~",
        "~~a~~",
        "|a|b|",
    ),
    *(
        "\\",
        "\\*",
        "a\\",
        "https://evil.example",
        "www.evil.example",
        "a@evil.example",
        "p < 0.001",
        "7.92 (95% CI 5.78–10.02)",
    ),
    *(
        "[b]",
        "b",
        "[b]: https://evil.example",
        "{{ a:b.c }}",
        "{{",
        "}}",
        "😀",
        "舒瑞基奥仑赛",
        "e\u0301",
        "\u00a0x\u00a0",
        "a\nb",
    ),
    *(
        "div",
        "script",
        "lt",
        "38",
        "]",
        "](https://evil.example)",
        "--",
        "$x$",
        ":::",
        "x:",
        "'\"",
        "javascript:alert(1)",
        "\u202ex",
    ),
]


@pytest.mark.parametrize("context", CONTEXTS)
def test_hostile_facts_stay_text_everywhere(context: str) -> None:
    for fact in HOSTILE:
        _check(context, fact)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CONTEXTS), st.text(min_size=1, max_size=40))
@example("{{ a:b.c }}", "1.")
@example("{{ a:b.c }}", "+")
def test_any_fact_stays_text_everywhere(context: str, fact: str) -> None:
    if plain(fact):
        _check(context, fact)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["{{ a:b.c }}", "{{ a:b.d }}", *"*_`[]()<>#-+!&;:~.1) \n", "word", "](https://a.example)"]),
        max_size=12,
    ),
    st.text(min_size=1, max_size=12),
)
def test_any_text_reads_the_same_with_any_fact(pieces: list[str], fact: str) -> None:
    text = "".join(pieces)
    if plain(fact) and not any("where no slot" in one for one in prose.problems(text)) and is_read_as_words(text):
        assert _is_the_same(text, plain(fact)), fill(prose.normalize(text), _fills(text, plain(fact)))


def _check(context: str, fact: str) -> None:
    """See HTML and Markdown say just the words of a fact, in the place of its slot."""
    said = plain(fact)
    filled = fill(context, _fills(context, said))
    if said:
        elements = filled.html.count("<data ")
        assert elements == len(slots_in(context))
        assert filled.html.count(f'<data data-fact="a:b.c">{_escaped(said)}</data>') == elements
        assert _is_the_same(context, said), filled
        assert words(PLAIN.render(filled.markdown)) == words(prose.as_others_render_it(context, {" a:b.c ": said}))


def _is_the_same(text: str, said: str) -> bool:
    """Tell whether the delivered Markdown is rendered by others just as the text with its words."""
    fills = _fills(text, said)
    wanted = prose.as_others_render_it(prose.normalize(text), {one.raw: one.words for one in fills})
    return str(PLAIN.render(fill(text, fills).markdown)) == wanted


def _fills(text: str, said: str) -> tuple[Fill, ...]:
    return tuple(Fill(f" {slot.ref} ", slot.ref, said) for slot in dict.fromkeys(slots_in(text)))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")


class TestWords:
    def test_are_those_of_the_first_format_unless_one_is_named(self) -> None:
        fact = Fact({"plain": "7.9 months", "short": "7.9 mo"})
        assert words_of(fact, "") == ("7.9 months", "")
        assert words_of(fact, "short") == ("7.9 mo", "")
        assert words_of(fact, "long") == ("", "it has no words in the format “long”; the formats are plain, short")

    def test_are_one_line_that_hides_nothing(self) -> None:
        assert plain(" a\n b\u2028c\u202ed\x00 ") == "a b cd"


def test_facts_are_stored_with_the_order_of_their_formats() -> None:
    facts = {"b": Fact({"z": "1", "a": "2"}, ("s",), "VERIFIED", ""), "a": Fact({"x": "3"}, refusal="No.")}
    assert facts_in(stored_facts(facts)) == facts
    assert list(facts_in(stored_facts(facts))["b"].formats) == ["z", "a"]
    assert (stored_facts({}), facts_in("")) == ("", {})


def test_a_fact_shows_of_a_source_what_a_citation_shows() -> None:
    assert tuple(SourceSummarySerializer().fields) == SOURCE_SUMMARY
