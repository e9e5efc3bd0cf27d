"""The media library by unit: an editor of a ward adds and changes in the ward's collection only,
and chooses from it and from what lies at the top for all."""

from typing import Any

from django.db import transaction
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from cms.editors.rules import is_held_to_own_unit
from cms.models.editing import UnitCollection
from people.models import Unit, User
from people.roles import EDITOR

# Units directly below the top have a collection; their offices share it.
LEVEL = 2


def body_of(unit: Unit) -> Unit | None:
    """The unit below the top that ``unit`` is or belongs to."""
    if unit.depth < LEVEL:
        return None
    if unit.depth == LEVEL:
        return unit
    return Unit.objects.filter(path=unit.path[: Unit.steplen * LEVEL]).first()


@transaction.atomic
def make_collection(unit: Unit) -> UnitCollection:
    """That of the unit; the one that is there on repeats, renamed after the unit."""
    kept = UnitCollection.objects.select_related("collection").filter(unit=unit).first()
    if kept is None:
        collection = Collection.get_first_root_node().add_child(name=unit.name[:255])
        return UnitCollection.objects.create(unit=unit, collection=collection)
    if kept.collection.name != unit.name[:255]:
        kept.collection.name = unit.name[:255]
        kept.collection.save(update_fields=["name"])
    return kept


def make_collections_of_editors() -> int:
    """For every unit that has an editor who is held to it. Returns how many there are now."""
    editors = User.objects.filter(groups__name=EDITOR, is_active=True, unit__isnull=False)
    units = Unit.objects.filter(pk__in=editors.values("unit"))
    for body in {body_of(unit) for unit in units}:
        if body is not None:
            make_collection(body)
    return UnitCollection.objects.count()


def own_collection(user: Any) -> Collection | None:
    """Of the person's unit; read once per user object. None: there is none yet."""
    if not hasattr(user, "_own_collection"):
        body = body_of(user.unit)
        kept = UnitCollection.objects.select_related("collection").filter(unit=body).first()
        user._own_collection = kept.collection if kept else None
    found: Collection | None = user._own_collection
    return found


class UnitMediaPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy of pictures and files, narrowed for people held to their unit. Whose unit
    has no collection yet may choose what is for all and add nothing."""

    def _collections_with_perm(self, user: Any, actions: Any) -> Any:
        found = super()._collections_with_perm(user, actions)
        if not is_held_to_own_unit(user):
            return found
        return found.filter(
            pk__in=list(self._reachable(user, actions).values_list("pk", flat=True))
        )

    def _check_perm(self, user: Any, actions: Any, collection: Any = None) -> bool:
        if not super()._check_perm(user, actions, collection=collection):
            return False
        if user.is_superuser or not is_held_to_own_unit(user):
            return True
        reachable = self._reachable(user, actions)
        if collection is not None:
            reachable = reachable.filter(pk=collection.pk)
        return bool(reachable.exists())

    def _reachable(self, user: Any, actions: Any) -> Any:
        own = own_collection(user)
        reachable = Collection.objects.none()
        if own is not None:
            reachable = Collection.objects.descendant_of(own, inclusive=True)
        if set(actions) <= {"choose", "view"}:
            reachable = reachable | Collection.objects.filter(depth=1)
        return reachable
