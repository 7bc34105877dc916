"""The guide for the people who build a site on this API: the pages of docs/partners, as they stand beside the code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.utils.text import slugify
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from content_api.delivery import documentation
from content_api.delivery.responses import OPEN
from content_api.problems import PAGE_POLICY

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpRequest, HttpResponse
    from markdown_it.token import Token

HOME = "/api/v1/guide/"
_FRONT = "README"
_ELSEWHERE = {"../openapi.yaml": "/api/v1/schema/?format=yaml"}
_LINK = re.compile(r"\]\(([a-z0-9-]+)\.md\)")


@dataclass(frozen=True)
class Page:
    """A page of the guide."""

    name: str
    title: str
    html: str

    @property
    def url(self) -> str:
        """Its address."""
        return HOME if self.name == _FRONT else f"{HOME}{self.name}/"


@csrf_exempt
@require_safe
def guide(request: HttpRequest, name: str = _FRONT) -> HttpResponse:
    """Return a page of the guide."""
    found = pages()
    if name not in found:
        raise Http404
    names = list(found)
    place = names.index(name)
    context: dict[str, object] = {
        "page": found[name],
        "pages": found.values(),
        "following": found[names[place + 1]] if place + 1 < len(names) else None,
    }
    return documentation.page(request, "guide.html", PAGE_POLICY, OPEN, context)


@cache
def pages() -> dict[str, Page]:
    """Return every page by name, in the order in which the front page names them; read once."""
    folder = settings.BASE_DIR / "docs" / "partners"
    names = [_FRONT, *dict.fromkeys(_LINK.findall((folder / f"{_FRONT}.md").read_text()))]
    return {name: _read(folder / f"{name}.md") for name in names}


def _read(path: Path) -> Page:
    markdown = MarkdownIt("commonmark").enable("table")
    tokens = markdown.parse(path.read_text())
    for heading, text in pairwise(tokens):
        if heading.type == "heading_open":
            heading.attrSet("id", slugify(text.content))
    for token in tokens:
        _lead_on(token)
    title = next(text.content for heading, text in pairwise(tokens) if heading.tag == "h1")
    return Page(path.stem, title, _reachable(markdown.renderer.render(tokens, markdown.options, {})))


def _reachable(html: str) -> str:
    """Let whoever has no mouse scroll what may be wider than the window."""
    html = html.replace("<pre>", '<pre tabindex="0">')
    return html.replace("<table>", '<div class="wide" tabindex="0"><table>').replace("</table>", "</table></div>")


def _lead_on(token: Token) -> None:
    """Turn links between the files into links between the pages."""
    for child in token.children or ():
        if child.type == "link_open":
            child.attrSet("href", _address(str(child.attrGet("href"))))


def _address(link: str) -> str:
    file, _, place = link.partition("#")
    if not file.endswith(".md"):
        return _ELSEWHERE.get(link, link)
    name = file.removesuffix(".md")
    return (HOME if name == _FRONT else f"{HOME}{name}/") + (f"#{place}" if place else "")
