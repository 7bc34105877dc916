"""How seed files are read: what they may say, how a later release changes an item, and how mistakes are named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from content_api.refusals import Refused
from content_api.seeding.contents import content_id
from content_api.seeding.stages import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from content_api.canonical_json import Json

NMPA: Json = {"name": "NMPA", "roles": ["REGULATOR"], "country": "NO"}
NOTICE: Json = {"title": "Notice", "type": "NEWS", "publisher": "nmpa", "published_on": "2026-06-22"}
TARGET: Json = {"name": "HER2", "gene": "ERBB2", "aliases": [{"key": "erbb2", "name": "ERBB2", "source": "notice"}]}

FIRST: Json = {
    "organizations": {"nmpa": NMPA},
    "sources": {"notice": NOTICE, "label": NOTICE},
    "targets": {"her2": TARGET},
}
WHY: Json = {"change": {"type": "CORRECTION", "note": "We were wrong."}}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write seed files: folder names to file names to what they hold."""

    def write(**folders: dict[str, Any]) -> Path:
        for folder, files in folders.items():
            (tmp_path / folder).mkdir()
            for name, data in {"release": {"title": folder}, **files}.items():
                text = data if isinstance(data, str) else yaml.safe_dump(data)
                (tmp_path / folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def refusal_of(folder: Path) -> str:
    with pytest.raises(Refused) as refused:
        load(folder)
    return refused.value.message


class TestReading:
    def test_keeps_what_plain_yaml_would_change(self, write: Callable[..., Path]) -> None:
        text = "nmpa: {name: 0.30, roles: [REGULATOR], country: NO, website: https://a.example/on}"
        [stage] = load(write(one={"organizations": text}))
        assert stage.entries[0].content["name"] == "0.30"
        assert stage.entries[0].content["country"] == "NO"

    @pytest.mark.parametrize(
        ("files", "said"),
        [
            (
                {"organizations": {"nmpa": {**NMPA, "contry": "CN"}}},
                "organizations.yaml: nmpa: /contry: there is no member “contry”. Did you mean “country”?",
            ),
            (
                {"organizations": {"nmpa": {**NMPA, "roles": ["REGULATER"]}}},
                "/roles: Choose each value once, from: REGULATOR",
            ),
            (
                {"sources": {"notice": {**NOTICE, "type": "NEW"}}, "organizations": {"nmpa": NMPA}},
                "notice: /type: Value 'NEW' is not a valid choice. Did you mean “NEWS”?",
            ),
            (
                {"sources": {"notice": {**NOTICE, "published_on": "2026-22-06"}}, "organizations": {"nmpa": NMPA}},
                "/published_on: “2026-22-06” value has the correct format",
            ),
            (
                {"sources": {"notice": {**NOTICE, "publisher": "nmpaa"}}, "organizations": {"nmpa": NMPA}},
                "/publisher: there is no organization “nmpaa”. Did you mean “nmpa”?",
            ),
            ({"sources": {"notice": {**NOTICE, "publisher": None, "type": ""}}}, "/type: This field cannot be blank."),
            ({"targets": {"her2": {**TARGET, "aliases": "ERBB2"}}}, "targets.yaml: her2: /aliases: write a list here."),
            ({"targets": {"her2": {**TARGET, "aliases": ["ERBB2"]}}}, "/aliases/0: write a mapping of members here."),
            ({"targets": {"her2": TARGET}}, "/aliases/0/source: there is no source “notice”. Known: none."),
            (
                {"targets": {"her2": {"name": "HER2", "gene": "ERBB2", "sources": [{"locator": "p. 1"}]}}},
                "/sources/0/source: this is required. Write the slug of a source.",
            ),
            ({"organizations": {"nmpa": "NMPA"}}, "organizations.yaml: nmpa: write a mapping of members here."),
            (
                {"organisations": {"nmpa": NMPA}},
                "one/organisations.yaml: no kind has this file. Did you mean “organizations”?",
            ),
            (
                {"organizations": "nmpa: {name: A}\nnmpa: {name: B}"},
                "organizations.yaml, line 2: “nmpa” is written twice",
            ),
            ({"organizations": "nmpa: [\n"}, "organizations.yaml, line 2:"),
            ({"organizations": "- nmpa"}, "organizations.yaml: write a mapping, from a slug to its content."),
            (
                {"release": {"titel": "One"}},
                "one/release.yaml: /titel: there is no member “titel”. Did you mean “title”?",
            ),
            ({"release": {"notes": "One"}}, "one/release.yaml: /title: give the release a title"),
            (
                {"release": {"title": "One", "withdrawals": [{"kind": "source", "slug": "notise"}]}},
                "/withdrawals/0/slug: there is no source “notise”.",
            ),
            (
                {"organizations": {"nmpa": {**NMPA, "change": {"type": "CORRECTION", "note": "It."}}}},
                "nmpa: no earlier release has this organization, so nothing changes.",
            ),
        ],
    )
    def test_names_a_mistake_where_it_is(self, write: Callable[..., Path], files: Json, said: str) -> None:
        assert said in refusal_of(write(one=files))

    def test_names_all_mistakes_at_once(self, write: Callable[..., Path]) -> None:
        message = refusal_of(write(one={"organizations": {"a": {"nam": "A"}, "b": {"roles": "SITE"}}}))
        assert "/nam:" in message
        assert "b: /roles:" in message

    def test_puts_what_quotes_behind_what_it_quotes(self, write: Callable[..., Path]) -> None:
        plain = {"question": "Who?", "topic": "ACCESS", "audience": ["PATIENT"], "short_answer": "Nobody."}
        quoting = {**plain, "question": "What?", "short_answer": "{{ source:notice.title }} says so."}
        files = {**FIRST, "faqs": {"what": quoting, "who": plain}}
        names = [entry.name for entry in load(write(one=files))[0].entries]
        assert names[-1] == "what"
        assert names.index("who") < names.index("notice")

    def test_refuses_a_folder_without_releases(self, tmp_path: Path) -> None:
        assert "there is no folder with a release in it" in refusal_of(tmp_path)
        assert "there is no folder with a release in it" in refusal_of(tmp_path / "nowhere")

    def test_refuses_a_folder_without_its_release_file(self, tmp_path: Path) -> None:
        (tmp_path / "one").mkdir()
        assert "one/release.yaml: there is no such file" in refusal_of(tmp_path)


class TestChanging:
    def her2_after(self, write: Callable[..., Path], *changes: Json) -> Json:
        later = {f"x{index}": {"targets": {"her2": {**WHY, **one}}} for index, one in enumerate(changes)}
        return load(write(one=FIRST, **later))[-1].entries[0].content

    def test_replaces_members_and_keeps_the_rest(self, write: Callable[..., Path]) -> None:
        content = self.her2_after(write, {"isoform": "isoform 1"})
        assert (content["name"], content["isoform"]) == ("HER2", "isoform 1")
        assert [row["name"] for row in content["aliases"]] == ["ERBB2"]

    def test_merges_rows_by_their_key(self, write: Callable[..., Path]) -> None:
        rows = [{"key": "neu", "name": "neu"}, {"key": "erbb2", "name": "ErbB2"}]
        aliases = self.her2_after(write, {"aliases": rows})["aliases"]
        assert [(row["key"], row["name"], bool(row["source"])) for row in aliases] == [
            ("erbb2", "ErbB2", True),
            ("neu", "neu", False),
        ]

    def test_merges_citations_by_their_source(self, write: Callable[..., Path]) -> None:
        content = self.her2_after(
            write,
            {"sources": [{"source": "notice"}, {"source": "label"}]},
            {"sources": [{"source": "label", "locator": "p. 2"}]},
        )
        assert [row["locator"] for row in content["sources"]] == ["", "p. 2"]

    def test_takes_a_row_out(self, write: Callable[..., Path]) -> None:
        assert self.her2_after(write, {"aliases": [{"key": "erbb2", "removed": True}]})["aliases"] == []

    def test_names_rows_that_are_none(self, write: Callable[..., Path]) -> None:
        folder = write(one=FIRST, two={"targets": {"her2": {**WHY, "aliases": ["neu"]}}})
        assert "two/targets.yaml: her2: /aliases/0: write a mapping of members here." in refusal_of(folder)

    def test_refuses_a_change_without_a_reason(self, write: Callable[..., Path]) -> None:
        folder = write(one=FIRST, two={"targets": {"her2": {"isoform": "isoform 1"}}})
        assert "two/targets.yaml: her2: an earlier release has it. Say why it changes" in refusal_of(folder)

    def test_refuses_a_reason_that_is_not_one(self, write: Callable[..., Path]) -> None:
        change = {"change": {"type": "CORECTION", "note": "We were wrong."}, "isoform": "isoform 1"}
        folder = write(one=FIRST, two={"targets": {"her2": change}})
        assert "/change/type: “CORECTION” is unknown. Did you mean “CORRECTION”?" in refusal_of(folder)

    def test_refuses_a_change_that_changes_nothing(self, write: Callable[..., Path]) -> None:
        folder = write(one=FIRST, two={"targets": {"her2": {**WHY, "name": "HER2"}}})
        assert "two/targets.yaml: her2: this changes nothing." in refusal_of(folder)

    def test_refuses_to_name_what_only_a_later_release_brings(self, write: Callable[..., Path]) -> None:
        first = {"targets": {"her2": TARGET}}
        folder = write(one=first, two={"sources": {"notice": {**NOTICE, "publisher": None}}})
        assert "one/targets.yaml: her2: /aliases/0/source: there is no source “notice”." in refusal_of(folder)


def test_slots_are_typed_by_slug_and_stored_by_id(write: Callable[..., Path]) -> None:
    said = {"name": "CAR-T", "engineered": True, "definition": "By {{ organization:nmpa.name }}."}
    folder = write(**{"1": {**FIRST, "therapy_classes": {"car-t": said}}})
    (entry,) = [one for stage in load(folder) for one in stage.entries if one.name == "car-t"]
    assert entry.content["definition"] == f"By {{{{ organization:{content_id('organization', 'nmpa')}.name }}}}."


def test_a_slot_to_nobody_is_named(write: Callable[..., Path]) -> None:
    said = {"name": "CAR-T", "engineered": True, "definition": "By {{ organization:nmpaa.name }}."}
    message = refusal_of(write(**{"1": {**FIRST, "therapy_classes": {"car-t": said}}}))
    assert "car-t: /definition: there is no organization “nmpaa”. Did you mean “nmpa”?" in message
