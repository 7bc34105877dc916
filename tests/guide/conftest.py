"""A service with four releases behind it, at an address of its own: what sites and their programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from content_api.releases import actions as releases
from tests.proofs.sites import Service, committed_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def service(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Service]:
    """Serve four releases: a dossier, a better text, a withdrawal, and a pull."""
    with django_db_blocker.unblock(), committed_service() as service:
        service.publish(service.next_release())
        service.desk.withdraw(service.dossier.items["fda"])
        service.dossier.write("organization", "ema", name="EMA", roles=["REGULATOR"], country="NL")
        service.desk.publish(*service.dossier.approved("ema"))
        pulled, pia = service.dossier.items["ema"], service.desk.people.pia
        releases.pull(item=pulled, person=pia, reason="ENTERED_IN_ERROR", public_note="It was wrong.")
        yield service


@pytest.fixture
def _django_db_helper(service: Service) -> None:
    """Keep what was committed from test to test."""


@pytest.fixture(scope="module")
def server(service: Service) -> Iterator[LiveServer]:
    """Serve them at an address of their own, which links lead to."""
    server = LiveServer("127.0.0.1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PUBLIC_BASE_URL", server.url)
        yield server
    server.stop()
