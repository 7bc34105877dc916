"""A store with something in every state, for attacks on the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone

from content_api.editions.models import Edition, PublishedRelease
from content_api.editorial.actions import bring_back, comment, park
from content_api.editorial.queries import draft_sha256
from content_api.partners.actions import acknowledge, create_site
from content_api.releases import actions
from content_api.releases.impact import impact_of
from content_api.releases.models import Release

if TYPE_CHECKING:
    from content_api.editorial.models import Version
    from content_api.partners.models import PartnerSite
    from tests.situations import Desk

OTHER = "sha256:" + "0" * 64
NOWHERE = "0" * 32


@dataclass
class Store:
    """A store with something in every state, and the names that statements use for it."""

    names: dict[str, object]

    def digest(self) -> list[object]:
        """Return every row of every guarded table."""
        rooms = ("content_api", "editorial", "editions", "releases", "partners")
        models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
        return [sorted(map(str, model._default_manager.values_list())) for model in models]


def filled(desk: Desk) -> Store:
    """Fill a store."""
    out = desk.approved("out")
    desk.publish(out, desk.approved("ended"))
    desk.publish(desk.approved("ended", title="Ended, and begun again"))
    waiting = desk.approved("waiting")
    release = desk.compose(waiting)
    back = desk.send_back(desk.submit(desk.write("back")))
    opened = desk.submit(desk.write("back", title="Back,", by=desk.people.carl), by=desk.people.carl)
    comment(version=opened, person=desk.people.mei, pointer="/title", text="Back where?")
    upon = desk.approved("upon")
    desk.submit(desk.write("upon", title="Upon, and more"))
    _park(desk)
    versions = {"out": out, "waiting": waiting, "back": back, "open": opened, "upon": upon}
    releases = {"release": release, "set": _set(desk, opened), "scheduled": _scheduled(desk)}
    people = {name: getattr(desk.people, name).pk for name in ("ann", "carl", "mei", "rui")}
    past = Release.objects.get(number=1)
    site = _following()
    edition = Edition.objects.get(slug="out").pk
    rest = {"item": out.item_id.hex, "past": past.pk.hex, "edition": edition, "site": site.pk}
    fixed = {"other": OTHER, "nowhere": NOWHERE}
    rows = {name: one.pk.hex for name, one in {**versions, **releases}.items()}
    return Store({**rows, **people, **rest, **fixed})


def _following() -> PartnerSite:
    """Return a site that serves the first release, and said so."""
    site, first = create_site(slug="site", name="A site"), PublishedRelease.objects.get(number=1)
    acknowledge(site=site, release=first.number, release_hash=first.hash)
    return site


def _park(desk: Desk) -> None:
    """Park a text and bring it back, then park another."""
    item = desk.write("ended", title="Half written")
    parked = park(item=item, person=desk.people.ann)
    bring_back(parked=parked, person=desk.people.ann, draft_sha256=draft_sha256(item))
    park(item=item, person=desk.people.ann)


def _set(desk: Desk, opened: Version) -> Release:
    """Return a set that waits for the verdict on a version, and was judged but for it; and let one go out that was signed."""
    base = desk.approved("base")
    desk.publish(base)
    desk.publish(desk.approved("new", stands_on=base.item))
    release = actions.open_release(person=desk.people.ann, title="A set")
    actions.put_in(release=release, items=[opened.item], person=desk.people.ann)
    other = desk.compose(desk.approved("newer", stands_on=base.item))
    sha256 = impact_of(other).sha256
    given: dict[str, Any] = {"role": "Medical reviewer", "judgments": {}, "marks": {str(base.item_id): "READS_RIGHT"}}
    actions.review_set(release=other, person=desk.people.mei, impact_sha256=sha256, **given)
    return release


def _scheduled(desk: Desk) -> Release:
    later = timezone.now() + timedelta(days=1)
    return actions.schedule(release=desk.compose(desk.approved("soon")), person=desk.people.pia, at=later, zone="UTC")
