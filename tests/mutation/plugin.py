"""A plugin of pytest: run the tests once, note which lines each runs, and then run them against every mutant.

Each mutant lives in a process of its own, forked from one in which everything is imported and the database is made.
A mutant meets only the tests that run its lines, the quickest file first, and dies at the first that fails.
"""

from __future__ import annotations

import importlib
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.runner import runtestprotocol
from django.db import connections

from tests.mutation.mutants import mutants_of
from tests.mutation.swap import swap

if TYPE_CHECKING:
    from types import FrameType, ModuleType

    from tests.mutation.mutants import Mutant

SURVIVED, KILLED = 0, 1
PATIENCE = 5  # times as long as the tests take on the code as it is: a mutant that takes longer goes round in circles


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the module to change."""
    parser.addoption("--mutate", help="path of the module to make mutants of")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Kill mutants instead of running the tests."""
    path = session.config.getoption("--mutate")
    items = [item for item in session.items if not _commits(item)]
    hunt = Hunt(session, items, path)
    hunt.rehearse()
    hunt.run()
    return True


def _commits(item: pytest.Item) -> bool:
    """Tell whether a test writes more than it takes back: the next mutant would meet it."""
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ())


@dataclass
class Hunt:
    """The mutants of one module against the tests of a session."""

    session: pytest.Session
    items: list[pytest.Item]
    path: str
    seconds: list[int] = field(default_factory=list)
    took: dict[pytest.Item, float] = field(default_factory=dict)
    runs: dict[int, set[pytest.Item]] = field(default_factory=lambda: defaultdict(set))

    @property
    def module(self) -> ModuleType:
        """The module as it runs."""
        return importlib.import_module(self.path.removesuffix(".py").replace("/", "."))

    def rehearse(self) -> None:
        """Run every test once on the code as it is, and note which lines it runs and how long it takes."""
        file, began = str(self.module.__file__), (time.process_time(), time.monotonic())
        for place, item in enumerate(self.items):
            following = self.items[place + 1] if place + 1 < len(self.items) else self._nothing
            started = time.monotonic()
            with _traced(file) as lines:
                failed = _fails(item, following)
            if failed:
                _say(f"left out  {item.nodeid}: it fails on the code as it is")
                continue
            self.took[item] = time.monotonic() - started
            for line in lines:
                self.runs[line].add(item)
        self.seconds = [
            30 + PATIENCE * round(took) for took in (time.process_time() - began[0], time.monotonic() - began[1])
        ]
        connections.close_all()

    def run(self) -> None:
        """Let every mutant live as long as it can, and say which ones survived."""
        if not self._survives(Path(self.path).read_text(), list(self.took)):
            pytest.exit(
                "The code as it is does not survive being put in its own place: no figure would mean anything.", 1
            )
        survivors, killed = [], 0
        for mutant in mutants_of(self.path):
            if self._survives(mutant.source(), self._tests_of(mutant)):
                survivors.append(mutant)
                _say(f"survived  {mutant.name}")
            else:
                killed += 1
        total = killed + len(survivors)
        _say(f"{self.path}: {killed} of {total} killed ({killed / total:.1%})")

    def _survives(self, source: str, items: list[pytest.Item]) -> bool:
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_CPU, (self.seconds[0],) * 2)
            signal.alarm(self.seconds[1])
            os._exit(self._meet(source, items))
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status) == SURVIVED

    def _meet(self, source: str, items: list[pytest.Item]) -> int:
        """Run the tests against a changed module until one fails, or it does."""
        try:
            swap(self.module, source)
            pairs = zip(items, [*items[1:], self._nothing], strict=True)
            return KILLED if any(_fails(item, following) for item, following in pairs) else SURVIVED
        except BaseException:  # noqa: BLE001 - however it dies
            return KILLED

    def _tests_of(self, mutant: Mutant) -> list[pytest.Item]:
        """Return the tests that run its lines; all of them if it is in what runs when the module is imported.

        Those of a file stay together, because they may begin with the same texts, which are then published once.
        """
        found = {item for line in mutant.lines for item in self.runs[line]} or self.took.keys()
        quickest: dict[Path, float] = {}
        for item in found:
            quickest[item.path] = min(self.took[item], quickest.get(item.path, self.took[item]))
        return sorted(found, key=lambda item: (quickest[item.path], item.path, self.took[item]))

    @property
    def _nothing(self) -> Any:
        """What comes after the last test: nothing, but the session goes on."""
        return SimpleNamespace(listchain=lambda: [self.session])


def _fails(item: pytest.Item, following: Any) -> str:
    """Return how a test fails; nothing if it passes."""
    reports = runtestprotocol(item, log=False, nextitem=following)
    return "\n".join(str(one.longrepr) for one in reports if one.failed)


def _say(line: str) -> None:
    print(line, flush=True, file=sys.__stderr__)


class _traced:  # noqa: N801 - read as a verb
    """Note the lines of a file that are run meanwhile."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: set[int] = set()

    def __enter__(self) -> set[int]:
        self.before = sys.gettrace()
        sys.settrace(self._enter)
        return self.lines

    def __exit__(self, *_: object) -> None:
        sys.settrace(self.before)

    def _enter(self, frame: FrameType, _event: str, _arg: Any) -> Any:
        return self._line if frame.f_code.co_filename == self.file else None

    def _line(self, frame: FrameType, _event: str, _arg: Any) -> Any:
        self.lines.add(frame.f_lineno)
        return self._line
