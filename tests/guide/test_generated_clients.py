"""Clients that are generated from the committed document, without an edit: they compile, and they read what is out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from content_api.editions.models import Edition, PublishedRelease
from tests.guide.examples import ROOT, TYPESCRIPT

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from tests.proofs.sites import Service

DOCUMENT = ROOT / "docs" / "openapi.yaml"
TOOLS = Path(sys.executable).parent
# The generator knows no type for lines of JSON; a client reads an export as text, line by line.
CONFIGURATION = "content_type_overrides:\n  application/x-ndjson: text/plain\n"
PACKAGE = "cell_therapy_content_api_client"
PYTHON = f"""
from os import environ

from {PACKAGE} import AuthenticatedClient
from {PACKAGE}.api.changes import list_changes
from {PACKAGE}.api.therapies import get_therapy, list_therapies
from {PACKAGE}.models import Changes, Gone, Problem, Therapy, TherapyPage

client = AuthenticatedClient(base_url=environ["BASE"], token=environ["KEY"])
page = list_therapies.sync(client=client)
assert isinstance(page, TherapyPage)
therapy = get_therapy.sync(page.results[0].slug, client=client)
assert isinstance(therapy, Therapy)
assert therapy.regulatory[0].jurisdiction == "CN"
missing = get_therapy.sync("nothing", client=client)
assert isinstance(missing, Problem) and not isinstance(missing, Gone)
changes = list_changes.sync(client=client, since=0)
assert isinstance(changes, Changes)
assert {{one.slug for one in changes.upserts if isinstance(one, Therapy)}} >= {{therapy.slug}}
print(therapy.slug, missing.code, changes.release, len(changes.upserts))
"""
TYPED = """
import type { paths } from "./schema";

type Answer = paths["/api/v1/approvals/{address}/"]["get"]["responses"]["200"]["content"]["application/json"];
type Upsert = paths["/api/v1/changes/"]["get"]["responses"]["200"]["content"]["application/json"]["upserts"][number];
type Refusal = paths["/api/v1/approvals/{address}/"]["get"]["responses"]["404"]["content"]["application/problem+json"];

export const status = (approval: Answer): string | undefined => approval.status;
export const asked = (item: Upsert): string => (item.kind === "faq" ? item.question : item.name);
export const said = (refusal: Refusal): string => `${refusal.code}: ${refusal.detail}`;
// @ts-expect-error: a refusal has a number for its status
export const wrong = (refusal: Refusal): string => refusal.status;
"""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the generated Python client, with a program that uses it."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "configuration.yaml").write_text(CONFIGURATION)
    told: list[str | Path] = [
        "--path",
        DOCUMENT,
        "--config",
        folder / "configuration.yaml",
        "--output-path",
        folder / "made",
    ]
    _run(TOOLS / "openapi-python-client", "generate", "--fail-on-warning", *told)
    (folder / "made" / "program.py").write_text(PYTHON)
    return folder / "made"


def test_a_python_client_and_a_program_on_it_are_typed_throughout(generated: Path) -> None:
    cache = generated / ".cache"

    _run(
        TOOLS / "mypy",
        "--strict",
        "--config-file",
        os.devnull,
        "--cache-dir",
        cache,
        PACKAGE,
        "program.py",
        cwd=generated,
    )


@pytest.mark.django_db(transaction=True)
def test_a_program_reads_what_is_out_by_the_python_client(
    generated: Path, service: Service, server: LiveServer
) -> None:
    said = _run(sys.executable, "program.py", cwd=generated, BASE=server.url, KEY=service.reader.key)

    current, live = PublishedRelease.objects.count(), Edition.objects.filter(until_release=None).count()
    assert said.split() == ["satri-cel", "not-found", str(current), str(live)]


def test_typescript_types_hold_a_program_to_what_is_promised(tmp_path: Path) -> None:
    node: list[str | Path] = ["node", TYPESCRIPT.parent / "openapi-typescript" / "bin" / "cli.js"]
    _run(*node, DOCUMENT, "--output", tmp_path / "schema.ts")
    (tmp_path / "program.ts").write_text(TYPED)

    _run(
        "node",
        TYPESCRIPT / "bin" / "tsc",
        "--strict",
        "--noEmit",
        "--skipLibCheck",
        "false",
        "program.ts",
        cwd=tmp_path,
    )


def _run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> str:
    """Return what a program says; fail with all that it says if it fails."""
    path = f"{TOOLS}{os.pathsep}{os.environ['PATH']}"  # the generator formats with what is installed beside it
    done = subprocess.run(
        command,
        cwd=cwd,
        env={"PATH": path, "no_proxy": "*", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout
