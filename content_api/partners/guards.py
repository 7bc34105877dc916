"""What the database refuses about sites: that what they said is changed, or that they name a release that never was."""

from content_api.guards import frozen, guard, refuse
from content_api.partners.models import Acknowledgement


def register() -> None:
    """Add this room's guards to the registry."""
    guard(
        *frozen(Acknowledgement),
        refuse(
            "acknowledgement_is_of_a_release_that_is_out",
            Acknowledgement,
            "INSERT",
            "NOT EXISTS (SELECT 1 FROM editions_publishedrelease r WHERE r.number = NEW.release AND r.hash = NEW.hash)",
            "a site serves a release that is out, under its hash",
        ),
    )
