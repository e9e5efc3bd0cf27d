from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from core.models import AuditEvent
from people import roles
from people.models import Unit, User
from people.staffing import UnitLoop, place_unit
from tests.people.factories import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(make_user(roles.ADMINISTRATOR))
    return client


def account(**changes: Any) -> dict[str, Any]:
    data = {"full_name": "Lê Thị Bình", "staff_code": "cb9", "is_active": "on"}
    return {k: v for k, v in {**data, **changes}.items() if v is not None}


def edit_url(user: User) -> str:
    return reverse("wagtailusers_users:edit", args=[user.pk])


def test_an_account_made_by_hand_waits_for_its_slip(office: Client) -> None:
    jury = Group.objects.get(name=roles.JURY)
    response = office.post(
        reverse("wagtailusers_users:add"), account(phone="+84 912 345 678", groups=[jury.pk])
    )
    assert response.status_code == 302, response.context["form"].errors
    user = User.objects.get(staff_code="CB9")
    assert (user.phone, user.search_key) == ("0912345678", "le thi binh")
    assert not user.has_usable_password()
    assert list(user.groups.all()) == [jury]
    assert AuditEvent.objects.get().action == "people.account_created"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"staff_code": ""}, "__all__"),
        ({"phone": "123"}, "phone"),
        ({"full_name": ""}, "full_name"),
        ({"staff_code": "taken1"}, "staff_code"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    office: Client, change: dict[str, str], field: str
) -> None:
    make_user(staff_code="TAKEN1")
    response = office.post(reverse("wagtailusers_users:add"), account(**change))
    assert field in response.context["form"].errors


def test_a_change_of_roles_and_a_closed_account_go_on_record(office: Client) -> None:
    user = make_user(roles.JURY, full_name="Lê Thị Bình")
    editor = Group.objects.get(name=roles.EDITOR)
    office.post(edit_url(user), account(is_active=None, groups=[editor.pk]))
    event = AuditEvent.objects.get()
    assert event.data == {
        "roles": [[roles.JURY], [roles.EDITOR]],
        "is_active": [True, False],
    }
    user.refresh_from_db()
    assert not user.is_active


def test_the_form_makes_no_superuser_and_spares_them(office: Client) -> None:
    user = make_user(full_name="Lê Thị Bình")
    office.post(edit_url(user), account(is_superuser="on"))
    user.refresh_from_db()
    assert not user.is_superuser
    root = make_user(is_superuser=True)
    assert office.get(edit_url(root)).status_code in {302, 403}
    office.post(edit_url(root), account(is_active=None))
    root.refresh_from_db()
    assert root.is_active


def test_nobody_takes_away_the_own_roles_or_shuts_the_own_account(client: Client) -> None:
    administrator = make_user(roles.ADMINISTRATOR)
    client.force_login(administrator)
    client.post(edit_url(administrator), account(is_active=None))
    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.groups.count() == 1


def test_people_are_not_deleted(office: Client) -> None:
    user = make_user()
    office.post(reverse("wagtailusers_users:delete", args=[user.pk]))
    assert User.objects.filter(pk=user.pk).exists()


def test_the_list_finds_people_without_marks(office: Client) -> None:
    make_user(full_name="Đặng Thị Ánh")
    text = office.get(reverse("wagtailusers_users:index"), {"q": "dang thi"}).content.decode()
    assert "Đặng Thị Ánh" in text


@pytest.mark.parametrize("role", [None, roles.ORGANISER, roles.EDITOR, roles.UNIT_HEAD])
def test_only_administrators_change_accounts(client: Client, role: str | None) -> None:
    user = make_user(full_name="Lê Thị Bình")
    client.force_login(make_user(*([role] if role else [])))
    for address in (edit_url(user), reverse("wagtailusers_users:index")):
        assert client.get(address).status_code in {302, 403}
    client.post(edit_url(user), account(full_name="Người Khác"))
    user.refresh_from_db()
    assert user.full_name == "Lê Thị Bình"


def test_the_list_of_people_costs_the_same_with_one_and_with_three(
    office: Client, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = reverse("wagtailusers_users:index")
    office.get(address)
    make_user(roles.JURY, unit=make_unit())
    with CaptureQueriesContext(connection) as one:
        office.get(address)
    for _ in range(2):
        make_user(roles.EDITOR, unit=make_unit())
    with CaptureQueriesContext(connection) as three:
        office.get(address)
    assert len(one) == len(three)


def unit_data(**changes: Any) -> dict[str, Any]:
    return {"name": "Phường A", "kind": "ward", "code": "", "parent": "", **changes}


def test_units_are_made_and_moved_in_the_tree(client: Client) -> None:
    client.force_login(make_user(roles.ORGANISER))
    city = make_unit("Thành phố")
    response = client.post(reverse("units:add"), unit_data(parent=city.pk))
    assert response.status_code == 302, response.context["form"].errors
    ward = Unit.objects.get(name="Phường A")
    assert ward.get_parent() == city
    successor = make_unit("Phường B")
    edit = reverse("units:edit", args=[ward.pk])
    assert client.get(edit).status_code == 200
    client.post(edit, unit_data(parent="", valid_to="2025-06-30", successors=[successor.pk]))
    ward = Unit.objects.get(pk=ward.pk)
    assert ward.is_root()
    assert list(ward.successors.all()) == [successor]
    assert list(successor.predecessors.all()) == [ward]
    assert client.get(reverse("units:index")).status_code == 200
    assert client.post(reverse("units:delete", args=[ward.pk])).status_code in {302, 403}
    assert Unit.objects.filter(pk=ward.pk).exists()


def test_a_unit_is_never_under_itself(client: Client) -> None:
    ward = make_unit("Phường A")
    office = make_unit("Văn phòng", parent=ward)
    with pytest.raises(UnitLoop):
        place_unit(Unit.objects.get(pk=ward.pk), parent=office)
    client.force_login(make_user(roles.ORGANISER))
    response = client.post(reverse("units:edit", args=[ward.pk]), unit_data(parent=office.pk))
    assert "parent" in response.context["form"].errors


def test_blocks_have_a_screen(client: Client) -> None:
    client.force_login(make_user(roles.ORGANISER))
    assert client.get(reverse("blocks:index")).status_code == 200
    data = {"name": "Khối cấp xã", "code": "cap-xa", "order": "1"}
    assert client.post(reverse("blocks:add"), data).status_code == 302


def test_the_back_office_may_run_its_inline_scripts_and_public_pages_may_not(
    office: Client,
) -> None:
    policies = {
        page: office.get(page)["Content-Security-Policy"]
        for page in (reverse("wagtailusers_users:index"), reverse("people:profile"))
    }
    assert ["unsafe-inline" in policy for policy in policies.values()] == [True, False]
