"""Which row of an item the database refused, and by what rule: said in the words of the rule and not of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from content_api import shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db import models

    from content_api.canonical_json import Json
    from content_api.content_items import WorkingCopy


def why_refused(row: WorkingCopy, content: Json, bones: Json) -> str:
    """Return the place of the first row that cannot be written, and why; nothing if it is not a row.

    `bones` are the content without its rows. All is written once more, row by row, and taken back.
    """
    with transaction.atomic():
        try:
            shapes.restore(row, bones)
            return next(_refused(row, content), "")
        except IntegrityError:
            return ""
        finally:
            transaction.set_rollback(True)


def _refused(row: WorkingCopy, content: Json) -> Iterator[str]:
    for member in shapes.shape_of(type(row)).members:
        for index, child in enumerate(content.get(member.name) or [] if member.rows else []):
            made = member.rows.model(parent=row, position=index)  # type: ignore[union-attr]
            if not _can_be_written(made, child):
                yield f"/{member.name}/{index}: {_rule_broken(made)}"


def _can_be_written(row: models.Model, content: Json) -> bool:
    try:
        with transaction.atomic():
            shapes.restore(row, content)
    except IntegrityError:
        return False
    return True


def _rule_broken(row: models.Model) -> str:
    try:
        row.validate_constraints()
    except ValidationError as error:
        return f"“{row}”: {' '.join(error.messages)}"
    return f"a row of “{row}” stands twice. Write it once."
