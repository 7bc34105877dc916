"""The pages on which a half-written text is parked to correct what is live, looked at, and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect

from content_api.editorial import policies, queries
from content_api.editorial.actions import bring_back, park
from content_api.editorial.admin.collisions import MINE, place_of
from content_api.editorial.admin.differences import differences
from content_api.editorial.admin.past import as_read
from content_api.editorial.admin.reading import rows_of
from content_api.editorial.admin.sides import SideView, address
from content_api.editorial.merging import at
from content_api.refusals import Refused, refusal_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from content_api.canonical_json import Json
    from content_api.editorial.admin.differences import Difference
    from content_api.editorial.models import ParkedText, Version
    from content_api.rendering.world import Draft

SEEN = "draft_sha256"


class CorrectView(SideView):
    """Set what is half written aside, to correct what is live."""

    template = "admin/editorial/correct.html"
    title = "Correct what is live"

    def get(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say what will happen, and show what will be parked."""
        row = self.row(request, object_id)
        refusal = refusal_of(policies.check_can_park, row.item, request.user)
        live = queries.live_version(row.item)
        changes = _changes(live, queries.working_draft(row.item)) if live and not refusal else []
        return self.page(request, row, refusal=refusal, live=live, changes=changes)

    def post(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Park it, or say why not."""
        row = self.row(request, object_id)
        try:
            park(item=row.item, person=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(address(row, "correct"))
        said = "It is parked, whole. What is live stands in the working copy: correct it, and submit it."
        messages.success(request, said)
        return HttpResponseRedirect(address(row, "change"))


class ParkedView(SideView):
    """What is parked: to look at, and to bring back."""

    template = "admin/editorial/parked.html"
    title = "Parked"

    def get(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show it, and what the two will be together."""
        row = self.row(request, object_id)
        parked = queries.parked_text(row.item)
        return self.page(request, row, **(_shown(parked, request.user) if parked else {}))

    def post(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Bring it back, or say why not."""
        row = self.row(request, object_id)
        parked = queries.parked_text(row.item)
        kept = [name.removeprefix("keep-") for name, value in request.POST.items() if value == MINE]
        try:
            if parked is None:
                raise Refused("not-parked", "Nothing of this text is parked. It may have been brought back meanwhile.")
            bring_back(parked=parked, person=request.user, draft_sha256=request.POST.get(SEEN, ""), keep=kept)  # type: ignore[arg-type]
        except Refused as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(address(row, "parked"))
        messages.success(request, "It is in the working copy again, with what was corrected meanwhile.")
        return HttpResponseRedirect(address(row, "change"))


def _changes(live: Version, draft: Draft) -> list[Difference]:
    """Return what a text says otherwise than what is, or was, live."""
    return differences(as_read(live.item, queries.draft_of(live)), as_read(live.item, draft))


def _shown(parked: ParkedText, person: Any) -> Json:
    item, draft = parked.item, queries.parked_draft(parked)
    content, both = queries.brought_back(parked)
    return {
        "parked": parked,
        "writers": [one.person for one in queries.writers_of(parked)],
        "changes": _changes(parked.base, draft),
        "rows": rows_of(as_read(item, draft)),
        "places": [place_of(one, at(content, one), at(draft.content, one)) for one in both],
        "seen": queries.draft_sha256(item),
        "correction": queries.open_version(item),
        "refusal": refusal_of(policies.check_can_bring_back, parked, person),
    }
