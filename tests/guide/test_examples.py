"""Every example of the guide runs as it stands, and does what its page says."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from content_api.editions.models import Edition, PublishedRelease
from tests.guide.examples import TYPESCRIPT, Example, examples, node

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.live_server_helper import LiveServer

    from tests.proofs.sites import Service

pytestmark = pytest.mark.django_db(transaction=True)

EXAMPLES = examples()
RUN = [one for one in EXAMPLES if not one.text.startswith("export BASE=")]
SYNC = {one.language: one for one in EXAMPLES if one.page == "staying-in-step" and "copy.json" in one.text}


@pytest.mark.parametrize("example", RUN, ids=str)
def test_an_example_runs_as_it_stands(service: Service, server: LiveServer, tmp_path: Path, example: Example) -> None:
    done = example.run(server.url, service.reader.key, tmp_path)

    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert done.stderr == ""


@pytest.mark.parametrize("language", SYNC)
def test_the_loop_holds_what_is_out_starts_over_when_told_and_goes_on(
    service: Service, server: LiveServer, tmp_path: Path, language: str
) -> None:
    copy = tmp_path / "copy.json"
    stale = {"release": 2, "hash": "sha256:" + "0" * 64, "items": {"gone": {}}}
    for held in (None, stale, "what it wrote itself"):
        if isinstance(held, dict):
            copy.write_text(json.dumps(held))
        done = SYNC[language].run(server.url, service.reader.key, tmp_path)
        assert done.returncode == 0, done.stderr
        wrote = json.loads(copy.read_text())
        live = Edition.objects.filter(until_release=None).values_list("content_id", "body")
        assert wrote["items"] == {str(content_id): json.loads(body) for content_id, body in live}
        latest = PublishedRelease.objects.latest("number")
        assert (wrote["release"], wrote["hash"]) == (latest.number, latest.hash)


def test_the_verifier_notices_what_was_changed(service: Service, server: LiveServer, tmp_path: Path) -> None:
    (verifier,) = (one for one in EXAMPLES if one.page == "verifying")
    assert len(verifier.text.splitlines()) <= 45
    done = verifier.run(server.url, service.reader.key, tmp_path)
    latest = PublishedRelease.objects.latest("number")
    assert done.stdout.strip().endswith(f"{latest.number} hashes are right; the last is {latest.hash}")

    tampering = (
        'release["title"], release["published_at"] = "", release["published_at"].replace("2026", "2025")\n    body ='
    )
    changed = Example("verifying", 9, "python", verifier.text.replace("body =", tampering, 1))
    assert "has another hash" in changed.run(server.url, service.reader.key, tmp_path).stderr


def test_typescript_finds_nothing_wrong_with_the_types(tmp_path: Path) -> None:
    files = []
    for one in (one for one in EXAMPLES if one.language == "ts"):
        files.append(tmp_path / f"{one}.mts")
        files[-1].write_text(one.text)
    shims = tmp_path / "node.d.ts"
    shims.write_text(
        "declare const process: { env: Record<string, string | undefined> };\n"
        'declare module "node:fs" {\n'
        "  function existsSync(path: string): boolean; function readFileSync(path: string, encoding: string): string;\n"
        "  function renameSync(from: string, to: string): void; function writeFileSync(path: string, text: string): void;\n"
        "}\n"
    )
    strict = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom"]
    done = subprocess.run(
        [node(), str(TYPESCRIPT / "bin" / "tsc"), *strict, str(shims), *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert files
    assert done.stdout == ""
