"""The ways to read: the base of every address that is read, and what one item answers.

To add an address below an item's own, subclass ItemView, list its `parameters`, and write `show`:

    class StatusView(ItemView):
        operation, summary, shape = "status", "The regulatory status of a therapy", StatusSerializer  # for OpenAPI
        parameters = (JURISDICTION, AS_OF)            # `release` and `at` are taken by every view; other names are refused

        def show(self, edition: Edition) -> HttpResponse:
            as_of = self.values.get("as_of", today())  # parsed; absent names are not in `values`
            return self.composed(lambda: {"therapy": …}, tags=[…], varies=[as_of.isoformat()])

`self.release` is the release that is read, whether named or current; `edition` is live and readable in it, but its
`body` is not loaded. `composed` answers 304 without calling what makes the JSON. Refusals are raised: Refused with a
code of `content_api.problems`, or `refuse_invalid([{"parameter": …, "detail": …}])`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, cast

import orjson
from django.http import HttpResponse

from content_api import kinds
from content_api.delivery import moments
from content_api.delivery.addresses import AddressView
from content_api.delivery.parameters import Parameter, read_query
from content_api.delivery.responses import conditional, hash_of
from content_api.editions import queries
from content_api.editions.queries import instant
from content_api.fields import UUID_PATTERN
from content_api.problems import Problem
from content_api.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http.response import HttpResponseBase
    from rest_framework.request import Request

    from content_api.canonical_json import Json
    from content_api.editions.models import Edition, PublishedRelease, Tombstone


class ReadView(AddressView, ABC):
    """An address that is read with GET or HEAD, in one release, with the parameters that it lists.

    Subclasses write `answer`, which gets what is in the path.
    """

    http_method_names: ClassVar[list[str]] = ["get", "head", "options"]  # type: ignore[misc]
    needs_release = True

    texts: dict[str, str]  # the parameters as they were written
    values: dict[str, Any]  # and as they were understood

    def get(self, request: Request, **path: str) -> HttpResponseBase:
        """Answer, in the release asked for."""
        self.texts, self.values = read_query(request.META.get("QUERY_STRING", ""), self.all_parameters())
        self.release = self.find_release()
        return self.answer(**path)

    def all_parameters(self) -> list[Parameter]:
        """Return every parameter that is taken here."""
        return [*self.parameters, moments.RELEASE, moments.AT]

    def asked_release(self) -> int | None:
        """Return the number of the release that the client named, if any."""
        number: int | None = self.values.get("release")
        return number

    def find_release(self) -> PublishedRelease | None:
        """Return the release to read; raise Refused if there is none."""
        number, moment = self.asked_release(), self.values.get("at")
        self.is_pinned = number is not None or moment is not None
        if moment is not None:
            moments.check_moment(self.values, moment)
        release = queries.release_with_redactions(number if moment is None else None, at=moment, kind=self.kind)
        if release is None and (self.is_pinned or self.needs_release):
            raise moments.not_there(number, moment)
        self.is_settled = moment is None or bool(release and release.is_followed)  # type: ignore[attr-defined]
        return release

    @property
    def read(self) -> PublishedRelease:
        """The release that is read, where there must be one."""
        return cast("PublishedRelease", self.release)  # `find_release` refused what has none

    @property
    def number(self) -> int:
        """The number of the release that is read; 0 before the first."""
        return self.release.number if self.release else 0

    @abstractmethod
    def answer(self, **path: str) -> HttpResponseBase:
        """Return the answer in `self.release`."""

    def composed(
        self, make: Callable[[], Json | bytes], *, tags: Sequence[str] = (), varies: Sequence[object] = ()
    ) -> HttpResponse:
        """Return what is put together for this request, or 304.

        `tags` are the content ids that it shows, for caches that purge by tag; `varies` is what it depends on
        beyond the release and the address, such as today's date.
        """
        self.tags = tags
        return conditional(self.request, self.digest(*varies), lambda: _bytes(make()))

    def digest(self, *varies: object) -> str:
        """Return the hash of all that an answer put together for this request depends on."""
        state = (self.release.hash, self.release.redaction_count) if self.release else ()  # type: ignore[attr-defined]
        return hash_of(state, self.request.path, self.canonical_query(), varies)

    def canonical_query(self) -> list[tuple[str, str]]:
        """Return the parameters in an order that does not depend on the client."""
        return sorted(self.texts.items())


class Moved(Exception):  # noqa: N818 - an answer, not an error
    """Say that an item has another address now."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition.slug)
        self.edition = edition


class ItemView(ReadView):
    """An address of one item, by slug or id, or below it. Subclasses write `show`."""

    refusals: ClassVar[tuple[int, ...]] = (400, 401, 404, 410)

    def answer(self, **path: str) -> HttpResponseBase:
        """Return what the item shows; 308 from an old slug, 410 if it was taken down, 404 if it is not there."""
        try:
            return self.show(self.find(path["address"]))
        except Moved as moved:
            return self._redirect(path["address"], moved.edition)

    @abstractmethod
    def show(self, edition: Edition) -> HttpResponseBase:
        """Return the answer for an edition that is live and readable."""

    def find(self, address: str) -> Edition:
        """Return the edition at an address; raise Moved or Refused if it is not there to be read."""
        edition: Edition | None = self.editions(address).first()
        if edition is None:
            raise self._missing(address)
        if hasattr(edition, "redaction"):
            raise _redacted(edition, self.number)
        if address != edition.slug and not UUID_PATTERN.match(address.lower()):
            raise Moved(edition)
        return edition

    def editions(self, address: str) -> Any:
        """Return the query for the edition at an address."""
        return queries.by_address(self.kind, address, self.number).defer("body")

    def _missing(self, address: str) -> Refused:
        tombstone = queries.tombstone_at(self.kind, address, self.number)
        if tombstone:
            return _withdrawn(tombstone, queries.card_of(tombstone.replaced_by, self.number))
        name = kinds.get(self.kind).label
        return Refused("not-found", f"There is no {name} “{address}” in release {self.number}.")

    def _redirect(self, address: str, edition: Edition) -> HttpResponse:
        self.tags = [str(edition.content_id)]
        prefix = f"/api/v1/{kinds.get(self.kind).collection}/"
        tail = self.request.path.removeprefix(f"{prefix}{address}/")
        query = self.request.META.get("QUERY_STRING", "")
        location = f"{prefix}{edition.slug}/{tail}" + (f"?{query}" if query else "")
        return HttpResponse(status=308, headers={"Location": location})


def _bytes(made: Json | bytes) -> bytes:
    return made if isinstance(made, bytes) else orjson.dumps(made)


def _withdrawn(tombstone: Tombstone, replacement: str | None) -> Problem:
    detail = f"This was withdrawn in release {tombstone.release_id}. {tombstone.public_note}"
    return Problem("withdrawn", detail, members=why(tombstone, replacement))


def _redacted(edition: Edition, number: int) -> Problem:
    """Return the refusal of a text that a pull took out of the past too.

    A text that only showed what was pulled says so, and names no replacement: it has itself, as it reads now.
    """
    tombstone = edition.redaction.tombstone
    if tombstone.content_id == edition.content_id:
        detail = (
            f"This was pulled in release {tombstone.release_id}, from earlier releases too. {tombstone.public_note}"
        )
        return Problem("redacted", detail, members=why(tombstone, queries.card_of(tombstone.replaced_by, None)))
    detail = (
        f"As it read in release {number}, this showed something that was pulled in release {tombstone.release_id}. "
        "Read it without `release` for how it reads now."
    )
    return Problem("redacted", detail, members=why(tombstone, None))


def why(tombstone: Tombstone, replacement: str | None) -> Json:
    """Return why something was taken down and what to do about it; `replacement` is a card, as JSON text."""
    card = orjson.loads(replacement) if replacement else None
    return {
        "reason": tombstone.reason,
        "public_note": tombstone.public_note,
        "withdrawn_in_release": tombstone.release_id,
        "withdrawn_at": instant(tombstone.withdrawn_at),
        "partner_action": tombstone.partner_action or None,
        "act_by": instant(tombstone.act_by) if tombstone.act_by else None,
        "replaced_by": {name: card[name] for name in ("id", "kind", "slug", "name", "url")} if card else None,
    }
