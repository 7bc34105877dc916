"""What the database refuses about editions: a past one never changes, and releases form one chain."""

from content_api.editions.models import (
    Edition,
    EditionReference,
    Facet,
    OpenPull,
    PublicSlug,
    PublishedContent,
    PublishedRelease,
    Redaction,
    Tombstone,
)
from content_api.editions.searching import SearchWord
from content_api.guards import Guard, frozen, guard, refuse

NEXT = "(SELECT COALESCE(MAX(number), 0) + 1 FROM editions_publishedrelease)"
LAST_HASH = "(SELECT hash FROM editions_publishedrelease ORDER BY number DESC LIMIT 1)"
LAST_TIME = "(SELECT MAX(published_at) FROM editions_publishedrelease)"


def register() -> None:
    """Add this room's guards to the registry."""
    guard(*_frozen(), *_of_the_next_release(), *_chained())


def _frozen() -> list[Guard]:
    records = (PublishedRelease, PublishedContent, Tombstone, Redaction, PublicSlug)
    return [
        *(one for model in records for one in frozen(model)),
        *frozen(Edition, but=["until_release"]),
        *frozen(OpenPull, but=["until_release"]),
        # Facets, references and words can be made again from the content (`rebuild_indexes`); a row is never altered.
        frozen(Facet)[0],
        frozen(EditionReference)[0],
        frozen(SearchWord)[0],
    ]


def _of_the_next_release() -> list[Guard]:
    columns = [
        (Edition, "from_release_id"),
        (Tombstone, "release_id"),
        (Redaction, "release_id"),
        (OpenPull, "from_release_id"),
        (PublicSlug, "since_release_id"),
    ]
    opened = [
        refuse(
            f"{model._meta.model_name}_is_of_the_next_release",
            model,
            "INSERT",
            f"NEW.{column} IS DISTINCT FROM {NEXT}",
            "a release that is out takes no more rows",
        )
        for model, column in columns
    ]
    closed = [
        refuse(
            f"{model._meta.model_name}_ends_once_with_the_next_release",
            model,
            "UPDATE",
            "OLD.until_release_id IS DISTINCT FROM NEW.until_release_id AND "
            f"(OLD.until_release_id IS NOT NULL OR NEW.until_release_id IS DISTINCT FROM {NEXT})",
            "what a release opened ends once, with the next release",
        )
        for model in (Edition, OpenPull)
    ]
    return [*opened, *closed]


def _chained() -> list[Guard]:
    return [
        refuse(
            "release_numbers_have_no_gap",
            PublishedRelease,
            "INSERT",
            f"NEW.number IS DISTINCT FROM {NEXT}",
            "release numbers rise by one",
        ),
        refuse(
            "release_follows_the_last_one",
            PublishedRelease,
            "INSERT",
            f"NEW.previous_hash IS DISTINCT FROM {LAST_HASH} OR NEW.published_at < {LAST_TIME}",
            "a release carries the hash of the one before, and is not older",
        ),
    ]
