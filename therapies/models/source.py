"""Sources, and the rows by which everything else cites them."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models

from content_api.content_items import Row, WorkingCopy, known
from content_api.fields import OnWithdrawal, ReferenceField
from therapies.vocabulary import SourceType, Verification


class Source(WorkingCopy):
    """A document that a statement stands on."""

    KIND = "source"

    title = models.CharField(max_length=400)
    type = models.CharField(max_length=20, choices=SourceType)
    publisher = ReferenceField(
        "therapies.Organization", null=True, blank=True, on_withdrawal=OnWithdrawal.DROP, related_name="+"
    )
    external_url = models.URLField(
        "address of the document", max_length=500, blank=True, help_text="The document's own address."
    )
    doi = models.CharField(
        "DOI",
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"^10\.\d{4,9}/\S+$", "Write the bare DOI, such as 10.1016/S0140-6736(25)00860-8.")],
    )
    pmid = models.CharField(
        "PubMed id", max_length=10, blank=True, validators=[RegexValidator(r"^\d{1,9}$", "Write digits only.")]
    )
    published_on = models.DateField(null=True, blank=True)
    accessed_on = models.DateField(null=True, blank=True, help_text="The day on which one of us last read it.")
    verification = models.CharField(max_length=10, choices=Verification, default=Verification.UNVERIFIED)
    retracted = models.BooleanField(default=False)

    class Meta(WorkingCopy.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *WorkingCopy.Meta.constraints,
            known("type", SourceType),
            known("verification", Verification),
        ]

    def __str__(self) -> str:
        return self.title


class Citation(Row):
    """A source, and the place in it that says so."""

    source = ReferenceField(Source, on_withdrawal=OnWithdrawal.DROP)
    locator = models.CharField(max_length=200, blank=True, help_text="Table 2; section 4.1; paragraph 3.")

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["parent", "source", "locator"], name="%(class)s_cites_a_place_in_a_source_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.locator})" if self.locator else str(self.source)


class SourceCitation(Citation):
    """What a source record itself was taken from."""

    parent = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="sources")
