"""Where demo accounts and keys may exist: only in a database that `make run` made."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from content_api.partners.models import PartnerSite
from content_api.partners.queries import works

DEMO_GROUP = "Demo account"


def refuse_demo_rows_outside_a_demo() -> None:
    """Raise ImproperlyConfigured if this is not a demo and the database holds demo accounts or a demo site."""
    if settings.DEMO:
        return
    people = get_user_model().objects.filter(groups__name=DEMO_GROUP, is_active=True).count()
    sites = PartnerSite.objects.filter(works(timezone.now(), "keys__"), is_demo=True).distinct().count()
    if people or sites:
        msg = (
            f"This database holds {people} active demo accounts and {sites} demo sites with keys, made by `make run`. "
            "Their passwords are public. Use a database of your own in production, or deactivate the accounts and "
            "revoke the keys."
        )
        raise ImproperlyConfigured(msg)
