"""Actions that are interrupted: before and after every statement that they send, and before and after the commit."""

from __future__ import annotations

import itertools
import os
import pickle
import random
import traceback
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, connections

from content_api.editorial.models import Transition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

Digest = dict[str, list[str]]
_of_the_parent: list[BaseDatabaseWrapper] = []
FAILED = 1  # how a child ends whose work raised something


def digest() -> Digest:
    """Return every row of every table."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in models}


@contextmanager
def moments(act: Callable[[int, bool], None]) -> Iterator[None]:
    """Call `act(moment, is_commit)` before (even moments) and after (odd ones) each statement, the commit included."""
    numbers = itertools.count()
    commit = connection._commit  # type: ignore[attr-defined]

    def execute_between(execute: Callable[..., Any], *arguments: Any) -> Any:
        act(next(numbers), False)  # noqa: FBT003 - read by position, as execute wrappers are
        result = execute(*arguments)
        act(next(numbers), False)  # noqa: FBT003
        return result

    def commit_between() -> None:
        act(next(numbers), True)  # noqa: FBT003
        commit()
        act(next(numbers), True)  # noqa: FBT003

    connection._commit = commit_between  # type: ignore[attr-defined]
    try:
        with connection.execute_wrapper(execute_between):
            yield
    finally:
        connection._commit = commit  # type: ignore[attr-defined]


def rehearse(action: Callable[[], object]) -> tuple[int, Digest]:
    """Return how many moments an action has, and the state that it is about to commit. It changes nothing."""

    def perform(answer: Callable[[object], None]) -> None:
        counting = [True]

        def stop_at_commit(moment: int, is_commit: bool) -> None:  # noqa: FBT001
            if is_commit and counting.pop():
                with _plain_statements():
                    answer((moment + 2, digest()))
                os._exit(0)

        with moments(stop_at_commit):
            action()
        raise AssertionError("It ended without a commit: it is not one transaction.")

    _, answered = in_child(perform)
    total, state = answered
    return total, state


def in_child(work: Callable[[Callable[[object], None]], None]) -> tuple[int, Any]:
    """Do some work in a process of its own, with connections of its own; return how it ended and what it answered.

    The ids that it draws are those of every other child that begins from the same state, so that states can be compared.
    """
    _let_go()
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the threads of a test runner hold nothing of ours
        child = os.fork()
    if child == 0:
        _work_and_leave(work, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    answered = pickle.loads(said) if said else None  # noqa: S301 - from our own child
    ended = os.waitstatus_to_exitcode(status)
    assert ended != FAILED, answered
    return ended, answered


def _work_and_leave(work: Callable[[Callable[[object], None]], None], writing: int) -> None:
    """Work as a child, and never return into the test runner."""

    def answer(said: object) -> None:
        with os.fdopen(writing, "wb", closefd=False) as pipe:
            pickle.dump(said, pipe)

    _begin_anew()
    moves = Transition.objects.count()
    os.urandom = random.Random(moves).randbytes  # noqa: S311 - the same in every child that begins from one state
    try:
        work(answer)
    except BaseException:  # noqa: BLE001 - told to the parent, which raises it
        answer(traceback.format_exc())
        os._exit(FAILED)
    os._exit(0)


def _begin_anew() -> None:
    """Leave every connection to the parent, and make none of a pool, whose threads stayed there.

    While an event loop runs in the parent (a browser's driver keeps one), Django has two connections for the thread:
    the loop's, which the parent let go of, and that from before. A child has no loop, and so would find the other.
    """
    _of_the_parent.append(connections["default"])  # a connection that is forgotten says goodbye to the server
    del connections["default"]
    connection.settings_dict["OPTIONS"].pop("pool", None)


@contextmanager
def _plain_statements() -> Iterator[None]:
    """Take the wrappers off for a while."""
    wrappers, connection.execute_wrappers = connection.execute_wrappers, []
    try:
        yield
    finally:
        connection.execute_wrappers = wrappers


def _let_go() -> None:
    """Close what a child may not inherit, and let it count its rows on from those that are there."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]
