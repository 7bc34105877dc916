"""YAML as the seed files use it: a scalar is text, a whole number, true, false or null, and no name comes twice.

Plain YAML reads `on` as true, `NO` as false, 2026-06-22 as a date and 0.30 as a float. Here they stay as written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from content_api.refusals import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from content_api.canonical_json import Json


class _StrictLoader(yaml.SafeLoader):
    """Reads the few scalars that content has, and refuses a mapping that names a member twice."""

    yaml_implicit_resolvers: dict[str | None, list[Any]] = {}  # noqa: RUF012 - PyYAML reads this class attribute

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """Return the mapping of a node."""
        names = [self.construct_object(name, deep=True) for name, _ in node.value]
        for index, name in enumerate(names):
            if name in names[:index]:
                problem = f"“{name}” is written twice"
                raise yaml.constructor.ConstructorError(None, None, problem, node.value[index][0].start_mark)
        return super().construct_mapping(node, deep=deep)


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", ["n", "~", ""]),
):
    _StrictLoader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def read(path: Path) -> Json:
    """Return the mapping that a file holds; raises Refused, naming the line, if it holds none."""
    if not path.is_file():
        raise Refused("seed-file-missing", f"{path}: there is no such file. Restore it, or point to another folder.")
    loader = _StrictLoader(path.read_text(encoding="utf-8"))
    try:
        data = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Refused("seed-file-malformed", f"{path}, line {line}: {error.problem}. Correct the file.") from error
    finally:
        loader.dispose()
    if not isinstance(data, dict):
        raise Refused("seed-file-malformed", f"{path}: write a mapping, from a slug to its content.")
    return data
