"""Two editors at the same text: the second to save is told who changed what, and neither loses a word.

A form carries what its text said when it was opened, signed. If the text says something else by the time it is saved,
the two changes are merged field by field; where both changed the same one, a page shows both and the person chooses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import IntegrityError, transaction
from django.template.response import TemplateResponse

from content_api import shapes
from content_api.editorial.actions import save_beside
from content_api.editorial.admin.discussion import label_at, words_of
from content_api.editorial.admin.typed import row_ids, typed
from content_api.editorial.admin.words import text_changes
from content_api.editorial.merging import at, chosen
from content_api.editorial.moves import lock

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from content_api.canonical_json import Json
    from content_api.content_items import ContentItem

SEEN, OFFER, MINE = "_seen", "_offer", "mine"
BUTTONS = ("_continue", "_submit", "_save")
SALT = "content_api.working-copy"


def seen_of(row: Any, item: ContentItem) -> str:
    """Return what a form carries: what its text says now, and what was last done to it."""
    last = item.contributions.order_by("pk").values_list("pk", flat=True).last()
    return _sealed({"content": shapes.snapshot(row), "ids": row_ids(row), "last": last or 0})


def answer(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse | None:
    """Return what comes of saving a form whose text was changed meanwhile; None if it was not, or the form is wrong.

    Call it in the transaction that saves: the text is locked from here on.
    """
    row = model_admin.get_object(request, object_id)
    if row is None:
        return None
    item = lock(model_admin.item_of(row))
    row.refresh_from_db()
    seen = _opened(request.POST[SEEN])
    mine = _mine(model_admin, request, row, seen)
    return None if mine is None else _save(model_admin, request, row, item, seen, mine)


def _mine(model_admin: Any, request: HttpRequest, row: Any, seen: Json) -> Json | None:
    if OFFER in request.POST:
        offer = _opened(request.POST[OFFER])
        wanted = [one for one in offer["both"] if request.POST.get(f"keep-{one}") == MINE]
        return chosen(offer["content"], offer["mine"], wanted)
    if shapes.snapshot(row) == seen["content"] and row_ids(row) == seen["ids"]:
        return None
    return typed(model_admin, request, row, seen["content"], seen["ids"])


def _save(model_admin: Any, request: HttpRequest, row: Any, item: ContentItem, seen: Json, mine: Json) -> HttpResponse:
    told = _told(item, request.user, seen, shapes.snapshot(row))
    try:
        with transaction.atomic():
            bound = {"row": row, "item": item, "base": seen["content"], "mine": mine}
            content, both = save_beside(person=request.user, **bound)  # type: ignore[arg-type]
    except (ValidationError, IntegrityError) as error:
        messages.error(request, f"Together the two changes are no valid text: {_broken(error)}")
        row.refresh_from_db()
        own = [name for name in mine if mine[name] != seen["content"].get(name)]
        offer = {"content": shapes.snapshot(row), "mine": mine, "both": own}
        return _ask(model_admin, request, row, item, offer, told)
    if both:
        return _ask(model_admin, request, row, item, {"content": content, "mine": mine, "both": both}, told)
    if OFFER not in request.POST:
        messages.info(request, f"{told} What you wrote and what they wrote are both in it.")
    response: HttpResponse = model_admin.response_change(request, row)
    return response


def _broken(error: ValidationError | IntegrityError) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return "a row of it would break a rule. Keep one of the two, and make the other change anew."


def _ask(
    model_admin: Any, request: HttpRequest, row: Any, item: ContentItem, offer: Json, told: str
) -> TemplateResponse:
    stands = shapes.snapshot(row)
    places = [place_of(one, at(stands, one), at(offer["mine"], one)) for one in offer["both"]]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Both of you changed it",
        "opts": model_admin.opts,
        "original": row,
        "told": told,
        "places": places,
        "seen": seen_of(row, item),
        "offer": _sealed(offer),
        "button": next((one for one in BUTTONS if one in request.POST), BUTTONS[0]),
    }
    return TemplateResponse(request, "admin/editorial/collision.html", context)


def place_of(place: str, theirs: Any, mine: Any) -> Json:
    """Return one place that two texts say otherwise: both in words, and from one to the other."""
    before, after = words_of(theirs), words_of(mine)
    return {
        "place": place,
        "label": label_at(f"/{place}"),
        "theirs": before,
        "mine": after,
        "marked": text_changes(before, after),
    }


def _told(item: ContentItem, person: Any, seen: Json, stands: Json) -> str:
    """Return who changed what since the form was opened."""
    later = item.contributions.filter(pk__gt=seen["last"]).select_related("person").order_by("pk")
    names = dict.fromkeys(
        "You, in another window," if one.person_id == person.pk else _name(one.person) for one in later
    )
    moved = [label_at(f"/{name}") for name, value in stands.items() if seen["content"].get(name) != value]
    who = " and ".join(names) or "Somebody outside the application"
    return f"{who} changed this text while you had it open: {', '.join(moved).lower() or 'the order of its rows'}."


def _name(person: Any) -> str:
    return str(person.get_full_name() or person.get_username())


def _sealed(value: Json) -> str:
    return signing.dumps(value, salt=SALT, compress=True)


def _opened(text: str) -> Json:
    try:
        value: Json = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        msg = "What the form carries of the text is not what this server gave it."
        raise SuspiciousOperation(msg) from error
    return value
