"""Whatever is asked, the API answers as its committed document says: every phase and every check of schemathesis."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
import yaml
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connections
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.transport.wsgi import WSGITransport

from content_api.editions.models import Edition
from tests.proofs.amounts import IS_FULL, amount, report
from tests.proofs.older import aged_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker

    from tests.proofs.sites import Service

pytestmark = pytest.mark.django_db(transaction=True)

SEED = 20_261_121
DOCUMENT = yaml.safe_load((Path(__file__).parents[2] / "docs" / "openapi.yaml").read_text())
OPERATIONS = {f"{method.upper()} {path}" for path, methods in DOCUMENT["paths"].items() for method in methods}
SOME = [
    f"/api/v1/{path}"
    for path in (
        *("", "changes/", "faqs/{address}/", "releases/{number}/", "search/"),
        *("site/", "site/acknowledgements/"),
    )
]
NOTHING_TO_GET_WRONG = "GET /api/v1/site/"  # it takes no parameter
OF_A_NETWORK = {"max_redirects", "verify", "cert", "proxies"}
ADDRESSES = [
    *("satri-cel-nmpa", "general", "what-for", "fda", "notice", "claudin", "satri-cel", "car-t", "ct041", "gastric"),
    "never-was",
]
MOVED_OR_GONE = ["old-name", "closed-site", "wrong-site", "fda"]
ORGANIZATIONS = {  # only there can a 308 be met
    "include-path": "/api/v1/organizations/{address}/",
    "parameters": {"address": {"dictionary": "moved", "probability": 0.9}},
}
# A schema cannot say which slugs are out in a release, what we signed as a cursor, or that `release` and `at` exclude
# each other. So valid by the schema may still be refused, or be gone.
MAY_ANSWER_WHAT_IS_VALID = ["2xx", "3xx", 400, 401, 404, 409, 410, 429]


@pytest.fixture(scope="module")
def service(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Service]:
    """Offer one service with a past: nothing here writes to it but what the site says that it serves."""
    with django_db_blocker.unblock(), aged_service() as service:
        yield service


@pytest.fixture
def _django_db_helper(service: Service) -> None:
    """Keep what was committed from test to test."""


def _application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Answer as a server would: to the end, and leaving no connection of this thread behind."""
    answer: Any = WSGIHandler()(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()
        connections.close_all()


class Run:
    """What schemathesis did, what was answered, and what it found."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.cases, self.found = Counter[str](), dict[str, str]()
        self.statuses: dict[str, Counter[int]] = defaultdict(Counter)
        schema: Any = schemathesis.openapi.from_dict(DOCUMENT, config=SchemathesisConfig.from_dict(config))
        if not IS_FULL:
            schema = schema.include(path=SOME)
        schema.app = _application
        for event in from_schema(schema).execute():
            if isinstance(event, events.ScenarioFinished):
                self._read(event)
            elif isinstance(event, events.NonFatalError | events.FatalError):
                self.found[str(event)] = "the run itself failed"

    def _read(self, event: events.ScenarioFinished) -> None:
        recorder = event.recorder
        self.cases[event.phase.value] += len(recorder.cases)
        for case_id, made in recorder.interactions.items():
            if made.response:
                self.statuses[recorder.cases[case_id].value.operation.label][made.response.status_code] += 1
        for case_id, checks in recorder.checks.items():
            for failed in (check.failure_info for check in checks if check.failure_info):
                operation = recorder.cases[case_id].value.operation.label
                self.found[f"{operation}: {failed.failure.title}"] = f"{failed.failure.message}\n{failed.code_sample}"


@pytest.fixture
def _sent_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the check that sends requests again reach an application in-process; it hands on what only a network takes."""
    send = WSGITransport.send

    def send_here(self: WSGITransport, case: Any, **said: Any) -> Any:
        return send(self, case, **{name: value for name, value in said.items() if name not in OF_A_NETWORK})

    monkeypatch.setattr(WSGITransport, "send", send_here)


@pytest.mark.usefixtures("_sent_in_process")
def test_answers_as_the_document_says(service: Service) -> None:
    run = Run(
        {
            "seed": SEED,
            "base-url": "http://127.0.0.1",
            "headers": {"Accept-Encoding": "identity"},  # what reaches an application in-process unpacks nothing
            "auth": {"openapi": {"key": {"bearer": service.reader.key}}},
            "dictionaries": {"addresses": {"values": ADDRESSES}, "moved": {"values": MOVED_OR_GONE}},
            "parameters": {"address": {"dictionary": "addresses", "probability": 0.7}},
            "operations": [ORGANIZATIONS] if IS_FULL else [],
            "generation": {"max-examples": amount(2, 60), "database": "none", "deterministic": True},
            "checks": {"positive_data_acceptance": {"expected-statuses": MAY_ANSWER_WHAT_IS_VALID}},
        }
    )

    report("schemathesis", cases=run.cases.total(), **run.cases, findings=len(run.found))
    assert not run.found, "\n\n".join(f"{what}\n{how}" for what, how in list(run.found.items())[:10])
    assert run.cases.keys() >= {"examples", "coverage", "fuzzing", "stateful"}
    assert run.cases.total() >= amount(300, 5_000)
    assert run.statuses.keys() == {name for name in OPERATIONS if IS_FULL or name.partition(" ")[2] in SOME}
    assert all(answered[405] for answered in run.statuses.values()), run.statuses
    assert all(answered[400] or name == NOTHING_TO_GET_WRONG for name, answered in run.statuses.items()), run.statuses
    expected = {200, 400, 401, 404, 405, 409, 415} | ({308, 410} if IS_FULL else set())
    assert sum(run.statuses.values(), Counter()).keys() >= expected, run.statuses


def test_the_corpus_holds_what_two_renderers_made(service: Service) -> None:
    assert set(Edition.objects.values_list("renderer", flat=True)) == {1, 2}
    assert "facts" not in service.reader.get("organizations/fda/").json()
    assert "facts" in service.reader.get("trials/ct041/").json()
    call_command("check_integrity", verbosity=0)
