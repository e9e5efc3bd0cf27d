import pytest
from django.test import Client
from django.urls import reverse

from people import roles
from people.models import Unit, User
from people.rules import can_see_unit_people
from tests.people.factories import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict[str, Unit]:
    city = make_unit("Thành phố")
    ward = make_unit("Phường A", parent=city)
    return {
        "city": city,
        "ward": ward,
        "office": make_unit("Văn phòng", parent=ward),
        "other": make_unit("Phường B", parent=city),
    }


def status(client: Client, unit: Unit) -> int:
    return client.get(reverse("people:unit_people", args=[unit.pk])).status_code


def test_a_head_sees_the_own_unit_and_those_under_it_only(
    client: Client, tree: dict[str, Unit]
) -> None:
    make_user(full_name="Lê Thị Bình", unit=tree["office"])
    client.force_login(make_user(roles.UNIT_HEAD, unit=tree["ward"]))
    page = client.get(reverse("people:unit_people", args=[tree["ward"].pk]))
    assert "Lê Thị Bình" in page.content.decode()
    assert [status(client, tree[name]) for name in ("ward", "office", "other", "city")] == [
        200,
        200,
        404,
        404,
    ]
    units = client.get(reverse("people:units")).content.decode()
    assert "Phường A" in units
    assert "Phường B" not in units
    assert reverse("people:roster_imports") not in units


def test_others_do_not_see_lists_of_people(client: Client, tree: dict[str, Unit]) -> None:
    assert status(client, tree["ward"]) == 302
    client.force_login(make_user(unit=tree["ward"]))
    assert status(client, tree["ward"]) == 403
    client.force_login(make_user(roles.UNIT_HEAD))
    assert status(client, tree["ward"]) == 403
    client.force_login(make_user(roles.ORGANISER))
    assert status(client, tree["city"]) == 200


def test_a_sibling_whose_path_begins_alike_is_no_descendant(tree: dict[str, Unit]) -> None:
    head = make_user(roles.UNIT_HEAD, unit=tree["office"])
    assert can_see_unit_people(head, tree["office"])
    assert not can_see_unit_people(head, tree["ward"])


def test_a_list_of_people_shows_no_phone_and_no_birth_date(
    client: Client, tree: dict[str, Unit]
) -> None:
    make_user(phone="0912345678", email="x@hanoi.gov.vn", unit=tree["ward"])
    client.force_login(make_user(roles.UNIT_HEAD, unit=tree["ward"]))
    text = client.get(reverse("people:unit_people", args=[tree["ward"].pk])).content.decode()
    assert "0912345678" not in text
    assert "x@hanoi.gov.vn" not in text


def test_people_are_found_without_marks(client: Client, tree: dict[str, Unit]) -> None:
    make_user(full_name="Đặng Thị Ánh", unit=tree["ward"])
    client.force_login(make_user(roles.ORGANISER))
    address = reverse("people:unit_people", args=[tree["ward"].pk])
    assert "Đặng Thị Ánh" in client.get(address, {"q": "dang thi anh"}).content.decode()
    assert "Đặng Thị Ánh" not in client.get(address, {"q": "bình"}).content.decode()


def test_a_profile_is_ones_own(client: Client, tree: dict[str, Unit]) -> None:
    assert client.get(reverse("people:profile")).status_code == 302
    person = make_user(full_name="Đặng Thị Ánh", phone="0912345678", unit=tree["ward"])
    client.force_login(person)
    text = client.get(reverse("people:profile")).content.decode()
    assert "0912345678" in text
    assert "Phường A" in text


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_with_one_and_with_three(
    client: Client,
    tree: dict[str, Unit],
    count: int,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    for _ in range(count):
        make_user(unit=tree["office"])
        make_unit(parent=tree["ward"])
    client.force_login(make_user(roles.ORGANISER))
    client.get(reverse("people:units"))
    with django_assert_num_queries(6):
        client.get(reverse("people:units"))
    with django_assert_num_queries(6):
        client.get(reverse("people:unit_people", args=[tree["ward"].pk]))


def test_every_role_is_a_group_after_migration() -> None:
    from django.contrib.auth.models import Group

    assert set(roles.ROLES) <= set(Group.objects.values_list("name", flat=True))
    administrator = User.objects.get(pk=make_user(roles.ADMINISTRATOR).pk)
    assert administrator.has_perm("people.change_user")
    assert administrator.has_perm("wagtailadmin.access_admin")
    assert not User.objects.get(pk=make_user(roles.ORGANISER).pk).has_perm("people.change_user")
    assert not make_user(roles.JURY).has_perm("wagtailadmin.access_admin")
