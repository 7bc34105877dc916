"""Health claims that a machine can notice in prose: each with an id of our rules, what it looks like, and what to do.

A sentence is the unit. What a slot fills in is never looked at: it comes from a record, with its source. A claim that a
sentence denies, quotes or asks about is none, so most rules let “does not cure” pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from content_api.kinds import Severity
from therapies.jurisdictions import NAMES, label
from therapies.wording import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

ERROR, WARNING = Severity.ERROR, Severity.WARNING
FILLED = "\N{REPLACEMENT CHARACTER}"  # stands for a slot
_SLOT = re.compile(r"\{\{[^{}]*\}\}")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^a-z])|\n{2,}|\n(?=[-*#>]|\d+\.\s)")
_WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
_DENIED = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|cannot|without|whether|if|beware|avoid|promis(?:es?|ing) (?:of )?)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
_NEAR = 60  # characters before a word within which a denial denies it
LONGEST_SENTENCE = 35  # words


@dataclass(frozen=True)
class Claim:
    """Something noticed in a text: its rule, how grave it is, the words, and what to do instead."""

    code: str
    severity: Severity
    words: str
    advice: str


@dataclass(frozen=True)
class _Rule:
    """What a claim looks like in a sentence; `beside` must stand in the same sentence. `denied` forgives a denial."""

    code: str
    severity: Severity
    pattern: re.Pattern[str]
    advice: str
    beside: re.Pattern[str] | None = None
    denied: bool = True
    filled: bool = False  # a slot in the sentence forgives it: it is then dated or bound

    def found(self, sentence: str) -> re.Match[str] | None:
        """Return where a sentence breaks the rule."""
        if self.denied and sentence.endswith("?"):
            return None
        if (self.filled and FILLED in sentence) or (self.beside and not self.beside.search(sentence)):
            return None
        for match in self.pattern.finditer(sentence):
            before = sentence if self.beside else sentence[max(0, match.start() - _NEAR) : match.start()]
            if not (self.denied and _DENIED.search(before)):
                return match
        return None


def _any(*patterns: str, exact: bool = False) -> re.Pattern[str]:
    return re.compile("|".join(patterns), 0 if exact else re.IGNORECASE)


_REMEDIES = (
    r"\b(?:herb(?:s|al)?|TCM|traditional (?:Chinese )?medicine|acupuncture|supplements?|integrative|homeopath\w+)\b"
)
_RULES = (
    _Rule(
        "L04-designation-as-approval",
        ERROR,
        _any(r"\b(?:breakthrough therapy|RMAT|PRIME|orphan|priority review|fast track)\b"),
        "A designation is no approval and says nothing about how well a therapy works. Say what it is.",
        beside=_any(r"\b(?:approv\w+|endors\w+|backs?|backed|proves?|proven|works?|effective|safe)\b"),
    ),
    _Rule(
        "L06-number-typed",
        ERROR,
        _any(
            r"\d+(?:\.\d+)?\s?(?:%|percent\b|per cent\b)",
            r"\b\d+(?:\.\d+)?[- ]months?\b",
            r"\b(?:HR|hazard ratio)\b[^.]{0,20}\d",
            r"\bp\s?[<=>≤]\s?0?\.\d",
            r"\b(?:half|a third|a quarter|two thirds|most|the majority) of (?:the |all )?(?:patients|people|participants)\b",
        ),
        "A figure comes from a result, with its population and source. Fetch it with a slot.",
        denied=False,
    ),
    _Rule(
        "L08-overclaim",
        ERROR,
        _any(
            r"\b(?:improv|extend|prolong|lengthen)\w*\s+(?:overall |median )?(?:survival|lives?)\b",
            r"\b(?:clinically |scientifically )?proven\b",
            r"\bsafe and effective\b",
            r"\bhighly effective\b",
            r"\b(?:remarkable|unprecedented|game[- ]chang\w+|revolutionary)\b",
        ),
        "Say what was measured, by a slot to the result; its sentence says if the interval includes no difference.",
    ),
    _Rule(
        "L17-cure-or-promise",
        ERROR,
        _any(
            r"\b(?:cures?|cured|guarantee[sd]?|miracles?|miraculous)\b",
            r"\b(?:ends|eradicates?|eliminates?) (?:\w+ )?(?:cancer|tumors?)\b",
            r"\bno side effects\b",
            r"\brisk[- ]free\b",
            r"\b100 ?%",
        ),
        "Promise nothing. Say what is known, and what is not.",
    ),
    _Rule(
        "L17-breakthrough",
        WARNING,
        _any(r"\bbreakthroughs?\b(?! (?:therapy )?designation)"),
        "It promises more than it says. Say what is new.",
    ),
    _Rule(
        "L18-superlative",
        WARNING,
        _any(
            r"\b(?:world|China|Europe|America)[’']s (?:first|only|largest|leading|best)\b",
            r"\bthe (?:first|only|largest|leading|best|most advanced) (?:[\w-]+ ){0,3}?"
            r"(?:therapy|treatment|product|drug|medicine|trial|cell|center|hospital|approval|CAR)\b",
        ),
        "“First” and “only” hold for a class, a place and a day. Name them with a source, or leave it out.",
    ),
    _Rule(
        "L22-biomarker-without-threshold",
        WARNING,
        _any(r"\b[A-Z][A-Za-z]*\d[\w.]*[- ]positive\b", exact=True),
        "Positive by which test, from which value on? Fetch the criterion with a slot, or say that it differs.",
        denied=False,
        filled=True,
    ),
    _Rule(
        "L24-relative-date",
        WARNING,
        _any(
            r"\b(?:recent(?:ly)?|currently|nowadays|at present|at the moment|to date|so far|now|newly|the latest)\b",
            r"\b(?:this|last|next) (?:year|month)\b",
            r"\bas of (?:now|today|recent\w*)\b",
        ),
        "Readers do not know when this was written. Name the day, or fetch a dated fact with a slot.",
        denied=False,
        filled=True,
    ),
    _Rule(
        "L27-in-place-of-treatment",
        ERROR,
        _any(r"\b(?:instead of|in place of|alternatives? to|replaces?|rather than)\b"),
        "Supportive care goes alongside treatment, never in its place. Say so.",
        beside=_any(_REMEDIES),
    ),
    _Rule(
        "L29-editor-note",
        ERROR,
        _any(
            r"\b(?:this|the|website) (?:page|section|article|text|copy) (?:should|must|needs to|ought to)\b",
            r"\b(?:TO[D]O|TBD|lorem ipsum|editor(?:ial|[’']s)? note)\b",
            r"\[(?:insert|add|check|citation|source)\b[^\]]*\](?!\()",
        ),
        "This is a note to ourselves. Take it out, or do what it says.",
        denied=False,
    ),
    _Rule(
        "L31-call-to-action",
        ERROR,
        _any(
            r"\b(?:book|schedule|request) (?:your|a|an) (?:\w+ )?(?:consultation|appointment|call|visit|quote)\b",
            r"\b(?:contact us|call us|sign up|enroll now|click here|get started|free consultation)\b",
            r"\bour (?:clinic|team|center|service|experts|doctors|hospital)s?\b",
            r"[$€£¥]\s?\d",
            r"\b\d[\d,.]*\s?(?:USD|EUR|RMB|CNY|dollars|euros|yuan)\b",
            r"\+\d[\d ()-]{7,}\d",
            r"\b\d{3}[-.]\d{3}[-.]\d{4}\b",
        ),
        "A shared text offers and sells nothing. Each site adds its own.",
        denied=False,
    ),
    _Rule(
        "L33-spelling",
        WARNING,
        _any(r"\b\w*(?:tumour|randomis|haemat|leukaem|anaemi)\w*\b", r"\boesophag\w*\b", r"\bCAR T\b"),
        "One spelling for one locale: tumor, randomized, CAR-T.",
        denied=False,
    ),
)  # fmt: skip

_PLACE = re.compile(
    r"\b(?:NMPA|CDE|FDA|EMA|MHRA|PMDA|Health Canada|European Commission|U\.?S\.?|EU|UK|"
    + "|".join(re.escape(label(code)) for code in NAMES)
    + r")\b"
)
_ACRONYMS = re.compile(r"\b(?:CRS|ICANS|MDT|ORR|DCR|PFS|OS|HLA|IHC|GEJ|IRC)\b")


def in_text(text: str, *, strict: bool = False) -> Iterator[Claim]:
    """Yield what is noticed in a text; where `strict`, a status that is typed is an error."""
    plain = _SLOT.sub(FILLED, text)
    yield from _of_structure(plain)
    for sentence in sentences(plain):
        unquoted = _QUOTED.sub("", sentence)
        yield from _of_status(unquoted, ERROR if strict else WARNING)
        for rule in _RULES:
            if match := rule.found(unquoted):
                yield Claim(rule.code, rule.severity, match[0], rule.advice)
        if len(_WORD.findall(sentence)) > LONGEST_SENTENCE:
            yield Claim(
                "L32-long-sentence", WARNING, f"{sentence[:40]}…", f"Divide it: {LONGEST_SENTENCE} words at most."
            )


def in_whole(texts: list[str]) -> Iterator[Claim]:
    """Yield what is noticed in all texts of an item together: what one of them should have said for the others."""
    whole = "\n\n".join(_SLOT.sub(FILLED, text) for text in texts)
    for acronym in sorted({match[0] for match in _ACRONYMS.finditer(whole)}):
        if not re.search(rf"\({acronym}\)|\b{acronym} \(", whole):
            yield Claim(
                "L32-acronym", WARNING, acronym, "Say once what it stands for: cytokine release syndrome (CRS)."
            )
    if (match := re.search(_REMEDIES, whole, re.IGNORECASE)) and not re.search(
        r"oncolog|(?:care|treating|treatment|medical|cancer) team|your doctor", whole, re.IGNORECASE
    ):
        yield Claim("L27-without-the-care-team", ERROR, match[0], "Say that the oncology team must agree first.")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, headings and list items among them."""
    return [one.strip() for one in _SENTENCE.split(text) if one.strip()]


def _of_status(sentence: str, severity: Severity) -> Iterator[Claim]:
    if match := STATUS_WORDS.search(sentence):
        if _PLACE.search(sentence) or FILLED in sentence:
            advice = "It stays when the world moves on. Fetch the status with a slot."
            yield Claim("L03-status-typed", severity, match[0], advice)
        else:
            advice = "Where, and by whom? Fetch the status of each place with a slot."
            yield Claim("L01-status-without-place", severity, match[0], advice)


def _of_structure(text: str) -> Iterator[Claim]:
    """Yield what is broken: headings and lists with nothing in them, loose reference marks, paragraphs told twice."""
    blocks = [block.strip() for block in re.split(r"\n{2,}|\n(?=#)", text) if block.strip()]
    for block, following in zip(blocks, [*blocks[1:], "# the end"], strict=True):
        if _opens_nothing(block, following):
            yield Claim("L30-nothing-below", ERROR, block[:40], "Write what belongs below it, or take it out.")
        if len(block) > _NEAR and blocks.count(block) > 1:
            yield Claim("L30-told-twice", ERROR, f"{block[:40]}…", "The paragraph stands here twice. Take one out.")
    if re.search(r"^[ \t]*(?:[-*]|\d+[.)])[ \t]*$", text, re.MULTILINE):
        yield Claim("L30-empty-list-item", ERROR, "", "Fill the empty list item, or take it out.")
    if match := re.search(r"\[\d{1,2}\](?!\()|(?<=[a-z]{2})[.,]\d{1,2}(?=\s|$)|[⁰¹²³⁴-⁹]", text):
        yield Claim("L30-loose-mark", ERROR, match[0], "A reference mark leads nowhere here. Cite the source instead.")


def _opens_nothing(block: str, following: str) -> bool:
    """Tell whether a block announces something that does not come: a lone heading, or a line that ends in a colon."""
    below = len(following) - len(following.lstrip("#"))
    if block.startswith("#") and "\n" not in block:
        return 0 < below <= len(block) - len(block.lstrip("#"))
    return block.endswith(":") and below > 0
