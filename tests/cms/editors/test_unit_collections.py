"""An editor of a ward keeps to the ward's pictures and files."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from cms.editors.unit_collections import make_collection
from cms.models import UnitCollection
from people import roles
from tests.cms.editors.people import make_city, make_member

pytestmark = pytest.mark.django_db


Image = get_image_model()


def collections(user, *actions):
    policy = policy_registry.get_by_type(Image)
    found = policy.collections_user_has_any_permission_for(user, actions)
    return sorted(found.values_list("name", flat=True))


def make_image(collection):
    return Image.objects.create(title="Ảnh", file=get_test_image_file(), collection=collection)


def test_an_editor_of_a_ward_adds_there_and_chooses_what_is_for_all(client):
    _city, ward, other = make_city()
    office = ward.add_child(name="Văn phòng", code="vp")
    make_collection(other)
    editor = make_member(roles.EDITOR, unit=office)
    assert collections(editor, "add") == []
    client.force_login(editor)  # the first sign-in
    editor = type(editor).objects.get(pk=editor.pk)
    assert collections(editor, "add") == ["Phường a"]
    assert collections(editor, "choose") == ["Phường a", "Root"]
    policy = policy_registry.get_by_type(Image)
    mine = make_image(UnitCollection.objects.get(unit=ward).collection)
    theirs = make_image(UnitCollection.objects.get(unit=other).collection)
    for_all = make_image(Collection.get_first_root_node())
    allowed = {
        action: [
            policy.user_has_permission_for_instance(editor, action, image)
            for image in (mine, theirs, for_all)
        ]
        for action in ("change", "choose")
    }
    assert allowed == {"change": [True, False, False], "choose": [True, False, True]}
    assert client.get(f"/admin/images/{mine.pk}/").status_code == 200
    assert client.get(f"/admin/images/{theirs.pk}/").status_code == 302
    listed = client.get("/admin/images/").context["object_list"]
    assert list(listed) == [mine]


def test_an_editor_of_the_top_and_an_administrator_keep_everything():
    city, ward, _other = make_city()
    make_collection(ward)
    for user in (
        make_member(roles.EDITOR, unit=city),
        make_member(roles.EDITOR),
        make_member(roles.EDITOR, roles.ADMINISTRATOR, unit=ward),
    ):
        assert collections(user, "add") == ["Phường a", "Root"]


def test_a_collection_is_made_once_and_follows_the_name_of_its_unit():
    _city, ward, _other = make_city()
    make_member(roles.EDITOR, unit=ward)
    call_command("make_unit_collections", stdout=StringIO())
    assert make_collection(ward) == UnitCollection.objects.get()
    ward.name = "Phường mới"
    ward.save()
    assert UnitCollection.objects.get().collection.name == "Phường mới"


def test_permissions_cost_no_statement_for_people_of_the_top(django_assert_num_queries):
    admin = make_member(is_superuser=True)
    policy = policy_registry.get_by_type(Image)
    with django_assert_num_queries(0):
        assert policy.user_has_permission(admin, "add")
