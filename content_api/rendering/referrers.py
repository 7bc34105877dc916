"""Who refers to what moved: those who name it, quote it, carry it by its rule, or follow a set that it is in."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from content_api.editions.models import Edition, EditionReference, OpenPull, ReferenceRole
from content_api.kinds import SetKey
from content_api.rendering.accompaniment import carriers
from content_api.rendering.world import in_batches

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from content_api.kinds import Facets
    from content_api.rendering.world import EditionWorld


def referrers(world: EditionWorld, moved: set[str], restated: set[str]) -> dict[str, set[str]]:
    """Return who refers to, or follows a set of, what moved: each with the ids that moved it."""
    found: dict[str, set[str]] = {}
    live = live_uses(world.release)
    for uses, targets in ((live, moved), (live.filter(role=ReferenceRole.FACT), restated)):
        for batch in in_batches(sorted(targets)):
            for content_id, target in uses.filter(target__in=batch).values_list("edition__content_id", "target"):
                found.setdefault(str(content_id), set()).add(str(target))
    keys = _set_keys(world, moved)
    for batch in in_batches(sorted(keys)):
        for content_id, key in live.filter(set_key__in=batch).values_list("edition__content_id", "set_key"):
            found.setdefault(str(content_id), set()).update(keys[key])
    for carrier, disclaimers in carriers(world, moved).items():
        found.setdefault(carrier, set()).update(disclaimers)
    return found


def _set_keys(world: EditionWorld, moved: set[str]) -> dict[str, set[str]]:
    """Return the keys of the sets that what moved was or will be a member of, each with those members."""
    shapes = _followed_shapes(world.release)
    stored = world.stored_facets(moved)
    kind_of = _kinds_of(moved, world)
    waited = _facets_of_pulled(moved)
    keys: dict[str, set[str]] = {}
    for one in moved:
        for names in shapes.get(kind_of.get(one, ""), []):
            for facets in (stored[one], world.facets(one), waited.get(one, {})):
                for values in product(*(facets.get(name, []) for name in names)):
                    key = SetKey.of(kind_of[one], **dict(zip(names, values, strict=True)))
                    keys.setdefault(str(key), set()).add(one)
    return keys


def _facets_of_pulled(content_ids: set[str]) -> dict[str, Facets]:
    rows = OpenPull.objects.filter(until_release=None, content_id__in=content_ids)
    return {str(one): facets for one, facets in rows.values_list("content_id", "facets")}


def _kinds_of(content_ids: set[str], world: EditionWorld) -> dict[str, str]:
    found = {one: draft.kind.name for one in content_ids if (draft := world.draft(one))}
    for batch in in_batches([one for one in content_ids if one not in found]):
        rows = Edition.objects.filter(content_id__in=batch).values_list("content_id", "kind").distinct()
        found.update({str(one): kind for one, kind in rows})
    return found


def _followed_shapes(release: int) -> dict[str, list[list[str]]]:
    """Return which facets the followed sets of each kind ask for."""
    rows = live_uses(release).filter(role=ReferenceRole.SET).values_list("set_shape", flat=True).distinct()
    shapes: dict[str, list[list[str]]] = {}
    for shape in rows:
        kind, _, names = shape.removesuffix(")").partition("(")
        shapes.setdefault(kind, []).append(names.split(","))
    return shapes


def live_uses(release: int) -> QuerySet[EditionReference]:
    """Return what the editions that are live in a release use."""
    return EditionReference.objects.filter(edition__in=Edition.objects.live_in(release))
