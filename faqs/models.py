"""Working copies of this app's kinds: questions with their answers, and disclaimers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from content_api.content_items import KeyedRow, WorkingCopy, known
from content_api.fields import ChoiceListField, CountryListField, OnWithdrawal, ProseField, ReferencesField
from content_api.readers import SiteRole
from faqs.fields import KindListField
from faqs.vocabulary import Audience, ClauseType, Placement, Topic
from therapies.models import Approval, Therapy, TherapyClass, Trial, TumorType
from therapies.models.source import Citation


class Faq(WorkingCopy):
    """A question that people ask, and its answer. Other phrasings of the question are variants of it."""

    KIND = "faq"

    question = models.CharField(max_length=300)
    short_answer = ProseField(help_text="One to three sentences that are true on their own.")
    answer = ProseField(blank=True, help_text="The whole answer, if the short one does not say it all.")
    topic = models.CharField(max_length=16, choices=Topic)
    audience = ChoiceListField(Audience, blank=False, help_text="Whom the answer is written for.")
    jurisdictions = CountryListField(help_text="Where the answer holds; an empty list means everywhere.")
    about_therapies = ReferencesField(Therapy)
    about_trials = ReferencesField(Trial)
    about_approvals = ReferencesField(Approval)
    about_tumor_types = ReferencesField(TumorType)
    about_classes = ReferencesField(TherapyClass)
    safe_in_isolation = models.BooleanField(
        "may stand alone",
        default=False,
        help_text="The short answer may be shown without the rest: alone, it promises nothing and hides no risk.",
    )
    position = models.PositiveSmallIntegerField(default=100, help_text="Questions are listed by it: lowest first.")

    class Meta(WorkingCopy.Meta):
        verbose_name = "FAQ"
        verbose_name_plural = "FAQs"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *WorkingCopy.Meta.constraints,
            known("topic", Topic),
            models.CheckConstraint(
                condition=~Q(topic="ACCESS") | Q(review_interval_days__lte=90),
                name="faq_about_access_is_reviewed_every_90_days",
                violation_error_message="It is about approval or access: set the review interval to 90 days or less.",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class FaqVariant(KeyedRow):
    """Another way in which people ask the same."""

    parent = models.ForeignKey(Faq, on_delete=models.CASCADE, related_name="variants")
    phrasing = models.CharField(max_length=300)
    audience = ChoiceListField(Audience, help_text="Who asks it so; none means anybody.")


class FaqCitation(Citation):
    parent = models.ForeignKey(Faq, on_delete=models.CASCADE, related_name="sources")


class Disclaimer(WorkingCopy):
    """Clauses that texts carry by rule. It names no product and no regulatory fact, so no release makes it false."""

    KIND = "disclaimer"

    title = models.CharField(max_length=200)
    placement = models.CharField(max_length=10, choices=Placement)
    applies_to_kinds = KindListField(help_text="What carries it; none means every kind.")
    applies_to_classes = ReferencesField(
        TherapyClass,
        on_withdrawal=OnWithdrawal.CASCADE,  # left out, the rule would reach what it was never meant for
        help_text="Only what is about these classes; none means all.",
    )
    applies_to_jurisdictions = CountryListField(help_text="Only what holds there; an empty list means everywhere.")
    applies_to_audiences = ChoiceListField(Audience, help_text="Only what is written for them; none means all.")

    class Meta(WorkingCopy.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *WorkingCopy.Meta.constraints,
            known("placement", Placement),
        ]

    def __str__(self) -> str:
        return self.title


class DisclaimerClause(KeyedRow):
    """One statement of a disclaimer, with gaps that each site's own words fill."""

    parent = models.ForeignKey(Disclaimer, on_delete=models.CASCADE, related_name="clauses")
    type = models.CharField(max_length=18, choices=ClauseType)
    template = models.TextField(
        max_length=1_000,
        help_text="Plain text. {organization_name}, {organization_role}, {disclaimer_url} and {as_of} are filled in.",
    )
    mandatory = models.BooleanField(default=True, help_text="No site may leave it out.")
    site_roles = ChoiceListField(SiteRole, help_text="Only for sites that do this; none means all.")

    class Meta(KeyedRow.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [*KeyedRow.Meta.constraints, known("type", ClauseType)]


class DisclaimerCitation(Citation):
    parent = models.ForeignKey(Disclaimer, on_delete=models.CASCADE, related_name="sources")
