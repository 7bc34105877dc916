"""A site's own resources: what is known of it, and what it says that it serves. Each site sees its own, with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

import orjson
from django.http import HttpResponse

from content_api.delivery.access import OnlyWithKey
from content_api.delivery.addresses import AddressView
from content_api.delivery.bodies import JsonParser, read_body
from content_api.delivery.parameters import Parameter, read_query
from content_api.delivery.responses import REFUSED, conditional, hash_of
from content_api.delivery.site_words import FOR_ONE_SITE
from content_api.delivery.views import ReadView
from content_api.editions import queries
from content_api.editions.queries import instant
from content_api.partners.actions import acknowledge
from content_api.partners.queries import acknowledgements
from content_api.partners.serializers import (
    AcknowledgementBodySerializer,
    AcknowledgementSerializer,
    SiteSerializer,
)

if TYPE_CHECKING:
    from rest_framework.request import Request

    from content_api.canonical_json import Json
    from content_api.partners.authentication import Caller
    from content_api.partners.models import Acknowledgement, PartnerSite


class SiteView(ReadView):
    """What is known of the site that asks."""

    permission_classes = (OnlyWithKey,)
    operation = "get_site"
    summary = "Your site"
    description = (
        "What this service knows of the site whose key is sent: the words that disclaimers fill in for it, what is left "
        "of its allowance, the release that it last acknowledged, and how far that is behind. It needs a key even where "
        "reading needs none."
    )
    shape = SiteSerializer
    refusals: ClassVar[tuple[int, ...]] = (400, 401)
    needs_release = False

    def all_parameters(self) -> list[Parameter]:
        """Return every parameter that is taken here: a site is as it is now, in no release."""
        return []

    def answer(self, **_path: str) -> HttpResponse:
        """Return what is known, for this site alone."""
        body = orjson.dumps(self._told(_caller(self.request).site))
        response = conditional(self.request, hash_of(body.decode()), lambda: body)
        response.headers["Cache-Control"] = FOR_ONE_SITE
        return response

    def _told(self, site: PartnerSite) -> Json:
        last = acknowledgements(site).first()
        reader = site.reader
        return {
            "name": site.name,
            "slug": site.slug,
            "placeholders": {
                "organization_name": reader.organization_name or None,
                "organization_role": reader.organization_role or None,
                "disclaimer_url": reader.disclaimer_url or None,
            },
            "profile_version": site.profile_version,
            "rate_limit": self._rate_limit(),
            "release": self.number or None,
            "acknowledged": _recorded(last) if last else None,
            "behind": self.number - last.release if last else None,
        }

    def _rate_limit(self) -> Json | None:
        told = self.allowance
        if told is None:
            return None
        return {name: getattr(told, name) for name in ("policy", "quota", "window", "remaining", "reset")}


class AcknowledgementsView(AddressView):
    """Where a site says which release it serves."""

    http_method_names: ClassVar[list[str]] = ["post", "options"]  # type: ignore[misc]
    permission_classes = (OnlyWithKey,)
    parser_classes = (JsonParser,)
    operation = "acknowledge"
    summary = "Say which release you serve"
    description = (
        "“I now serve release n, whose hash is h.” Say it once every page of a release is in place; an older one than "
        "before is recorded too. What you said last is not recorded again: the same request may be sent as often as you "
        "like. 409 `history-diverged` means that the release is not one of ours: start over from `since=0`."
    )
    body = AcknowledgementBodySerializer
    shape = AcknowledgementSerializer
    refusals: ClassVar[tuple[int, ...]] = (400, 401, 409, 413, 415)

    def post(self, request: Request) -> HttpResponse:
        """Record what the site says, and return what is recorded."""
        read_query(request.META.get("QUERY_STRING", ""), self.all_parameters())
        said = read_body(request, self.body)
        self.release = queries.release_with_redactions()
        recorded = acknowledge(site=_caller(request).site, release=said["release"], release_hash=said["hash"])
        headers = {"Cache-Control": REFUSED}
        return HttpResponse(orjson.dumps(_recorded(recorded)), "application/json", 201, headers=headers)


def _caller(request: Request) -> Caller:
    return cast("Caller", request.user)  # `OnlyWithKey` let in nobody else


def _recorded(one: Acknowledgement) -> Json:
    return {"release": one.release, "hash": one.hash, "acknowledged_at": instant(one.acknowledged_at)}
