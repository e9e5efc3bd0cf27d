"""What the editors' desk is told by others."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save

from people.models import Unit


def _make_own_collection(user: Any, **kwargs: Any) -> None:
    from cms.editors import rules, unit_collections

    if rules.is_held_to_own_unit(user) and unit_collections.own_collection(user) is None:
        body = unit_collections.body_of(user.unit)
        if body is not None:
            user._own_collection = unit_collections.make_collection(body).collection


def _rename_collection(instance: Unit, created: bool, **kwargs: Any) -> None:
    from cms.editors.unit_collections import make_collection
    from cms.models import UnitCollection

    if not created and UnitCollection.objects.filter(unit=instance.pk).exists():
        make_collection(instance)


def connect() -> None:
    user_logged_in.connect(_make_own_collection, dispatch_uid="cms.make_own_collection")
    post_save.connect(_rename_collection, sender=Unit, dispatch_uid="cms.rename_collection")
