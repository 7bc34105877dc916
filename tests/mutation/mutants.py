"""The mutants of a module: cosmic-ray makes them, and those that cannot make a difference are left out, with a reason."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = tuple[int, int]
# Members of an enum are equal when, and only when, they are the same.
EQUIVALENT = ("_Is_Eq", "_IsNot_NotEq")


@dataclass(frozen=True)
class Mutant:
    """A module with one thing in it changed; `lines` are those of what was changed."""

    path: str
    operator: str
    occurrence: int
    start: Place
    end: Place

    @property
    def lines(self) -> range:
        """The lines that the change is in."""
        return range(self.start[0], self.end[0] + 1)

    @property
    def name(self) -> str:
        """The change, for people: where, and what."""
        return f"{self.path}:{self.start[0]}:{self.start[1]} {self.operator.rpartition('/')[2]} #{self.occurrence}"

    def source(self) -> str:
        """Return the text of the changed module."""
        mutated = mutate_code(Path(self.path).read_text(), get_operator(self.operator)(), self.occurrence)
        return str(mutated)


def mutants_of(path: str) -> Iterator[Mutant]:
    """Yield every mutant of a module that could make a difference."""
    source = Path(path).read_text()
    silent = list(_never_evaluated(ast.parse(source)))
    for name in sorted(operator_names()):
        if not name.endswith(EQUIVALENT):
            for occurrence, (start, end) in enumerate(_places(source, name)):
                if not any(first <= start and end <= last for first, last in silent):
                    yield Mutant(path, name, occurrence, start, end)


def _places(source: str, name: str) -> Iterator[tuple[Place, Place]]:
    """Yield where an operator finds something to change; those that need arguments are not asked."""
    operator = get_operator(name)
    if not operator.arguments():
        for node in ast_nodes(get_ast(source)):
            yield from ((tuple(start), tuple(end)) for start, end in operator().mutation_positions(node))


def _never_evaluated(tree: ast.Module) -> Iterator[tuple[Place, Place]]:
    """Yield what makes no difference while the program runs: annotations, the star of keyword-only, `if TYPE_CHECKING`."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(returns=returns):
                yield from (
                    _span(one.annotation) for one in ast.walk(node.args) if isinstance(one, ast.arg) and one.annotation
                )
                if returns:
                    yield _span(returns)
                yield from _star(node)
            case ast.AnnAssign(annotation=annotation):
                yield _span(annotation)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield _span(node)


def _star(function: ast.FunctionDef) -> Iterator[tuple[Place, Place]]:
    """Yield where the star stands that makes arguments keyword-only: every call names them."""
    given = function.args
    if given.kwonlyargs and not given.vararg:
        before: list[ast.arg | ast.expr] = [*given.posonlyargs, *given.args, *given.defaults]
        yield (
            max((_span(one)[1] for one in before), default=(function.lineno, function.col_offset)),
            _span(given.kwonlyargs[0])[0],
        )


def _span(node: ast.expr | ast.stmt | ast.arg) -> tuple[Place, Place]:
    return (node.lineno, node.col_offset), (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
