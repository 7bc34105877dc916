"""Who may do what: the roles, as Django groups made after every migrate, and the one question that policies ask.

A role is membership in its group, of an active person. Nothing here asks `has_perm`, because a superuser has
every permission and yet no editorial power.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS
from django.db.models import prefetch_related_objects

from content_api.content_items import Row, WorkingCopy
from content_api.kinds import ReviewRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.apps import AppConfig
    from django.apps.registry import Apps
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.db import models


EDITOR = "Editor"
MEDICAL_REVIEWER = ReviewRole.MEDICAL.value
REGULATORY_REVIEWER = ReviewRole.REGULATORY.value
PUBLISHER = "Publisher"
ADMINISTRATOR = "Administrator"
REVIEWER_ROLES = (MEDICAL_REVIEWER, REGULATORY_REVIEWER)
MAY = {  # what each role is for, as the page of a person says it
    EDITOR: "writes texts, submits them for review, and composes releases",
    MEDICAL_REVIEWER: "approves any text or sends it back, and pulls what is dangerous",
    REGULATORY_REVIEWER: "approves whatever states a regulatory status, and pulls what is dangerous",
    PUBLISHER: "publishes, schedules, withdraws and pulls, and sees which sites are behind",
    ADMINISTRATOR: "keeps people, partner sites and keys, and has no say in any text",
}
ROLES = tuple(MAY)

READ = ("view",)
WRITE = ("view", "add", "change")
ROWS = (*WRITE, "delete")  # a row of a working copy comes and goes; the working copy itself stays
RECORDS = {"editorial", "editions", "releases"}  # apps whose rows people read, and only actions write
ACCOUNTS = {"auth", "partners"}  # apps that administrators keep
SITE = "partners.partnersite"  # who publishes reads what has arrived there


def has_role(person: AbstractBaseUser | AnonymousUser, role: str) -> bool:
    """Return True if the person is active and holds the role, as the database has it at this moment."""
    return User.objects.filter(pk=person.pk or 0, is_active=True, groups__name=role).exists()


def roles_of(person: AbstractBaseUser | AnonymousUser) -> frozenset[str]:
    """Return the roles of somebody signed in, asking the database once: for what a page offers, not for policies."""
    if not isinstance(person, User) or not person.is_active:
        return frozenset()
    prefetch_related_objects([person], "groups")
    return frozenset(group.name for group in person.groups.all()) & frozenset(ROLES)


def make_roles(
    app_config: AppConfig,
    using: str = DEFAULT_DB_ALIAS,
    apps: Apps = installed,
    **_signal: Any,
) -> None:
    """Make the groups, and give them their permissions on one app's models; after each migrate and flush.

    Django makes permissions in the same signal and after this receiver, so they are made here first.
    """
    try:
        groups = apps.get_model("auth", "Group")._base_manager.using(using)
        permissions = apps.get_model("auth", "Permission")._base_manager.using(using)
    except LookupError:  # a migration to a state before there were groups
        return
    create_permissions(app_config, verbosity=0, using=using, apps=apps)
    for role in ROLES:
        group, _ = groups.get_or_create(name=role)
        codenames = list(_codenames(role, app_config))
        if codenames:
            group.permissions.add(*permissions.filter(content_type__app_label=app_config.label, codename__in=codenames))


def _codenames(role: str, app_config: AppConfig) -> Iterator[str]:
    for model in app_config.get_models():
        for verb in _verbs(role, model):
            yield f"{verb}_{model._meta.model_name}"


def _verbs(role: str, model: type[models.Model]) -> tuple[str, ...]:
    """Return what a role may do with a model in the admin, besides what actions ask of policies."""
    if issubclass(model, WorkingCopy | Row):
        if role != EDITOR:
            return READ
        return ROWS if issubclass(model, Row) else WRITE
    if model._meta.app_label in RECORDS:
        return READ
    if model._meta.app_label in ACCOUNTS and role == ADMINISTRATOR:
        return WRITE
    return READ if role == PUBLISHER and model._meta.label_lower == SITE else ()
