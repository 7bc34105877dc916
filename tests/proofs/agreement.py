"""What holds after every step of a history: the store is as the rules say, and shows nothing that is not out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import orjson
from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, invariant

from content_api.editions.models import Edition, PublicSlug, PublishedRelease, Tombstone
from content_api.editorial import queries
from content_api.editorial.models import ParkedText, Version
from content_api.releases import integrity
from content_api.releases.models import ReleaseCounter, ReleaseItem, ReleaseWorkingCopy
from tests.proofs.histories import item_row
from tests.proofs.histories_of_sets import History
from tests.proofs.readings import delivered, reading

if TYPE_CHECKING:
    from collections import Counter

    from django.contrib.auth.models import User

    from content_api.content_items import ContentItem


class Agreement(RuleBasedStateMachine):
    """A machine whose history starts from an empty store and leaves one behind; looked at after every step."""

    people: ClassVar[dict[str, User]]
    source: ClassVar[ContentItem]
    done: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.history = History(self.people, self.source)
        self.model = self.history.model
        self.looked_at = 0

    def teardown(self) -> None:
        try:
            assert list(integrity.problems()) == []
            self.check_versions()
            self.check_working_copies()
            self.check_sets()
            self.done.update({"histories": 1, "releases": self.model.number, **self.history.said})
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @invariant()
    def check_releases(self) -> None:
        """The numbers have no gap, and what is out is what the rules say."""
        if self.model.number == self.looked_at:
            return
        self.looked_at = self.model.number
        numbers = list(PublishedRelease.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, self.model.number + 1))
        assert ReleaseCounter.objects.get().number == self.model.number
        slugs = {slug: str(owner) for slug, owner in PublicSlug.objects.values_list("slug", "content_id")}
        assert slugs == self.model.slugs
        buried = {(str(one), number) for one, number in Tombstone.objects.values_list("content_id", "release_id")}
        assert buried == set(self.model.buried)
        self.check_editions()
        self.check_bodies()
        self.check_four_eyes()

    def check_editions(self) -> None:
        """Every edition that there ever was began, ended and was redacted with the release that the rules say."""
        rows = Edition.objects.values_list("content_id", "version_id", "from_release", "until_release", "redaction")
        found = {(str(one), str(version), *rest[:2], bool(rest[2])) for one, version, *rest in rows}
        assert found == {
            (one.item, one.version.key, one.opened, one.closed, one.redacted) for one in self.model.editions
        }

    def check_bodies(self) -> None:
        """What is delivered reads as the rules say, and shows nothing that is not out."""
        bodies = Edition.objects.filter(until_release=None).values_list("content_id", "body")
        found = {str(one): delivered(orjson.loads(body)) for one, body in bodies}
        texts = self.model.live_texts()
        assert found == {one: reading(one, texts) for one in texts}

    def check_four_eyes(self) -> None:
        """Nobody alone let pass what they wrote."""
        for version in self.model.live.values():
            approvers = {person for person, _ in version.verdicts.values()}
            alone = approvers & self.model.items[version.item].answers_to(version)
            assert not alone, f"{alone} approved what they wrote in {version.number}"

    def check_versions(self) -> None:
        """Every version stands where the rules say."""
        found = {str(one): state for one, state in Version.objects.values_list("pk", "state")}
        assert found == {one.key: one.state for one in self.model.versions}

    def check_working_copies(self) -> None:
        """Every working copy says what the rules say, and so does what was set aside."""
        for item in self.model.items.values():
            content = queries.draft(item_row(item.key))
            assert content == {**content, **item.draft.as_content()}, item.key
        rows = {str(one.pk): one for one in ParkedText.objects.all()}
        parked = {(key, str(one.base_id), one.state) for key, one in rows.items()}
        assert parked == {(one.key, one.base.key, one.state) for one in self.model.parked}
        for one in self.model.parked:
            content = orjson.loads(rows[one.key].content)
            assert content == {**content, **one.text.as_content()}, one.key

    def check_sets(self) -> None:
        """Every release that is not out yet holds what the rules say."""
        copies = ReleaseWorkingCopy.objects.values_list("release_id", "item_id", "after")
        found = {(str(release), str(item), after) for release, item, after in copies}
        assert found == {
            (one.key, item, after) for one in self.model.releases for item, after in one.working_copies.items()
        }
        held = ReleaseItem.objects.values_list("release_id", "item_id", "version_id")
        assert {tuple(map(str, row)) for row in held} == {
            (one.key, item, version.key) for one in self.model.releases for item, version in one.items.items()
        }
