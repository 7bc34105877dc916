"""A story of a few texts, taken through the workflow: as a whole, after an interruption, and refused."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any
from unittest.mock import DEFAULT, Mock

import pytest
import yaml
from django.core.management import CommandError, call_command

from content_api.editions.models import Edition
from content_api.editorial.models import Version
from content_api.releases import actions
from content_api.releases.models import Release, SignOff
from content_api.seeding import story
from therapies.models import Source

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import People

ROLES = {
    "editor": "Editor",
    "medical": "Medical reviewer",
    "regulatory": "Regulatory reviewer",
    "publisher": "Publisher",
}


@pytest.fixture
def demo_people(people: People) -> None:
    """Make the people whom the seed expects."""
    for username, role in ROLES.items():
        people.make(username, role)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a small story: sources and their publisher; then one source is corrected, another withdrawn."""
    cited = [{"source": "notice"}, {"source": "rumor"}]
    news = {"type": "NEWS", "publisher": "nmpa", "verification": "VERIFIED"}
    why = {"type": "CORRECTION", "note": "The title was wrong."}
    taken_down = {"kind": "source", "slug": "rumor", "reason": "OUTDATED", "public_note": "The notice says it better."}
    files: dict[str, Any] = {
        "1/release": {"title": "Story 1"},
        "1/organizations": {"nmpa": {"name": "NMPA", "roles": ["REGULATOR"], "sources": cited}},
        "1/sources": {"notice": {"title": "Notice", **news}, "rumor": {"title": "Rumor", **news}},
        "2/release": {"title": "Story 2", "withdrawals": [taken_down]},
        "2/sources": {"notice": {"title": "The notice", "change": why}},
    }
    for name, data in files.items():
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return tmp_path


def seed(*arguments: Any) -> str:
    out = StringIO()
    call_command("seed", *arguments, stdout=out)
    return out.getvalue()


def live(kind: str, slug: str) -> dict[str, Any]:
    body = Edition.objects.get(kind=kind, slug=slug, until_release=None).body
    return dict(json.loads(body))


@pytest.mark.usefixtures("demo_people")
class TestASmallStory:
    def test_goes_out_although_its_texts_name_each_other(self, folder: Path) -> None:
        seed(folder)
        past = Edition.objects.live_in(1).get(kind="organization", slug="nmpa")
        assert [one["slug"] for one in json.loads(past.body)["sources"]] == ["notice", "rumor"]
        assert [one["slug"] for one in live("organization", "nmpa")["sources"]] == ["notice"]
        assert live("source", "notice")["publisher"]["slug"] == "nmpa"
        assert live("source", "notice")["title"] == "The notice"

    @pytest.mark.parametrize(
        ("step", "time"),
        [
            ("open_release", 1),
            ("add_version", 2),
            ("publish", 1),
            ("add_withdrawal", 1),
            ("sign_off", 1),
            ("publish", 2),
        ],
    )
    def test_goes_on_where_it_was_interrupted(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, time: int
    ) -> None:
        with monkeypatch.context() as patch:
            power_cut = Mock(side_effect=[*[DEFAULT] * (time - 1), KeyboardInterrupt], wraps=getattr(actions, step))
            patch.setattr(actions, step, power_cut)
            with pytest.raises(KeyboardInterrupt):
                seed(folder)
        seed(folder)
        assert list(Release.objects.order_by("number").values_list("title", flat=True)) == ["Story 1", "Story 2"]
        assert (Version.objects.count(), SignOff.objects.count()) == (4, 1)

    def test_shows_no_bar_where_nobody_watches(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert seed(folder).splitlines() == [
            "Release 1, 3 published: Story 1",
            "Release 2, 1 published, 1 withdrawn: Story 2",
        ]
        assert capsys.readouterr().err == ""

    def test_says_what_a_refused_text_is(self, folder: Path) -> None:
        source = {"notice": {"title": "Notice", "type": "NEWS", "slug": "Not a slug"}}
        (folder / "1" / "sources.yaml").write_text(yaml.safe_dump(source), encoding="utf-8")
        with pytest.raises(CommandError, match=r"1/sources.yaml: notice: /slug: Use lower-case letters"):
            seed(folder)
        assert not Version.objects.exists()

    def test_names_the_text_that_an_action_refuses(self, folder: Path) -> None:
        news = {"title": "News of tomorrow", "type": "NEWS", "published_on": "2999-01-01"}
        (folder / "1" / "sources.yaml").write_text(yaml.safe_dump({"notice": news, "rumor": news}), encoding="utf-8")
        with pytest.raises(
            CommandError, match=r"1/sources.yaml: notice: .* /published_on: 2999-01-01 lies in the future"
        ):
            seed(folder)

    def test_names_the_text_that_the_database_refuses(self, folder: Path) -> None:
        twice = {
            "nmpa": {"name": "NMPA", "roles": ["REGULATOR"], "sources": [{"source": "notice"}, {"source": "notice"}]}
        }
        (folder / "1" / "organizations.yaml").write_text(yaml.safe_dump(twice), encoding="utf-8")
        with pytest.raises(CommandError, match=r"1/organizations.yaml: nmpa: /sources/1: .* already exists\.$"):
            seed(folder)
        assert not Source.objects.exists()

    def test_names_the_registry_id_that_another_trial_has(self, folder: Path) -> None:
        registered = [{"key": "nct", "registry": "NCT", "identifier": "NCT04581473"}]
        trial = {"title": "A trial", "overall_status": "COMPLETED", "review_interval_days": 90}
        trials = {
            "first": {**trial, "identifiers": registered},
            "second": {
                **trial,
                "identifiers": [{**registered[0], "identifier": "NCT00000001", "key": "own"}, *registered],
            },
        }
        (folder / "1" / "trials.yaml").write_text(yaml.safe_dump(trials), encoding="utf-8")
        with pytest.raises(CommandError) as refusal:
            seed(folder)
        assert str(refusal.value).endswith(
            "1/trials.yaml: second: /identifiers/1: “NCT04581473”: A trial with this registry id exists already. "
            "Find it, and add to it."
        )
        assert not Source.objects.exists()

    def test_leaves_alone_what_somebody_else_wrote(self, folder: Path) -> None:
        Source.objects.create(slug="notice", title="Mine", type="NEWS")
        with pytest.raises(
            CommandError, match=r"1/sources.yaml: notice: this database has another source of that slug"
        ):
            seed(folder)
        assert Source.objects.get().title == "Mine"

    def test_says_that_a_text_was_overtaken(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(story, "_submit", Mock())
        with pytest.raises(CommandError, match=r"its text was sent back or changed meanwhile. Run seed again"):
            seed(folder)


class TestWithoutItsPeople:
    @pytest.mark.django_db
    def test_says_who_is_missing_and_what_to_do(self, folder: Path) -> None:
        with pytest.raises(CommandError, match="Nobody is called editor, medical, regulatory, publisher"):
            seed(folder)
