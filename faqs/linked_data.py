"""How questions read in schema.org's words: one, or those of a list, as an FAQPage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_api.delivery.linked_data import page, present, urn
from content_api.kinds import LinkedData

if TYPE_CHECKING:
    from content_api.canonical_json import Json


def item(faq: Json, base: str) -> Json:
    """Return the page of one question."""
    return {"@id": f"{base}{faq['url']}", "url": f"{base}{faq['url']}", **faq_page([faq], base)}


def faq_page(faqs: list[Json], base: str) -> Json:
    """Return one page of these questions; it was reviewed when the one was that was reviewed longest ago."""
    return page("FAQPage", faqs, base, [_question(faq) for faq in faqs])


def _question(faq: Json) -> Json:
    """Return a question with its whole answer, as HTML that a page may show."""
    answer = "".join(part for part in (faq["short_answer_html"], faq["answer_html"]) if part)
    return present(
        {
            "@type": "Question",
            "@id": urn(faq),
            "name": faq["question"],
            "alternateName": [one["phrasing"] for one in faq["variants"]],
            "inLanguage": faq["language"],
            "acceptedAnswer": {"@type": "Answer", "text": answer},
        }
    )


FAQ = LinkedData(item, faq_page)
