"""Every row that a story leaves behind says in words what it is: in the admin, in logs, in messages of the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from content_api.editorial import actions as editorial
from content_api.releases import actions
from content_api.releases.models import Release
from tests.releases.sets import a_set, judge, submit

if TYPE_CHECKING:
    from tests.situations import Desk

ROOMS = ("editorial", "editions", "releases")


def test_every_row_of_a_long_story_says_what_it_is(desk: Desk) -> None:
    desk.publish(base := desk.approved("base"), gone := desk.approved("gone"))
    judged = a_set(desk, desk.write("new", stands_on=base.item))
    [version] = submit(desk, judged)
    editorial.comment(version=version, person=desk.people.mei, pointer="/title", text="Better?")
    judge(judged, desk.people.mei)
    actions.publish(release=judged, person=desk.people.pia)
    harm: dict[str, Any] = {"reason": "SAFETY", "public_note": "It harms."}
    pulled = actions.pull(item=gone.item, person=desk.people.mei, **harm)
    actions.confirm_pull(release=Release.objects.get(number=pulled.number), person=desk.people.pia)
    editorial.park(item=desk.write("base", title="Half writ"), person=desk.people.ann)
    desk.withdraw(base.item)
    a_set(desk, desk.write("later"), title="Later")

    for model in (one for room in ROOMS for one in apps.get_app_config(room).get_models()):
        rows = model._default_manager.all()
        assert rows, f"the story leaves no {model.__name__}"
        for row in rows:
            assert str(row).strip()
            assert not str(row).startswith(f"{model.__name__} object"), "it has no words of its own"
