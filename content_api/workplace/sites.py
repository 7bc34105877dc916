"""Which sites are behind, for the dashboard: what each says that it serves, and since when it does not serve what is out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format

from content_api.partners.standing import Standing, sites_behind
from content_api.workplace.sections import Row, Section

if TYPE_CHECKING:
    from datetime import datetime


def behind(now: datetime) -> Section:
    """Return the section of the sites that are behind; one query."""
    section = Section(
        "Sites that are behind",
        "site",
        "No site is behind. One that can read, and has not said that it serves the current release, appears here.",
        url=reverse("admin:partners_partnersite_changelist"),
    )
    return section.listing(sites_behind(now), lambda one: _row(one, now))


def _row(one: Standing, now: datetime) -> Row:
    url = reverse("admin:partners_partnersite_change", args=[one.site.pk])
    state = ("overdue", "Overdue") if one.is_overdue(now) else ("due", "Behind")
    return Row(one.site.name, url, _what(one), "since", one.since, *state)


def _what(one: Standing) -> str:
    missed = f"{one.behind} release{'' if one.behind == 1 else 's'}"
    said = (
        f"Serves release {one.release}, {missed} behind"
        if one.release
        else f"Has not said what it serves; {missed} out"
    )
    return f"{said}. Sites act by {date_format(one.act_by, 'j M Y H:i')} UTC" if one.act_by else said
