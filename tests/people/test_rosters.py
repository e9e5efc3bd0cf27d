from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.models import Job
from people import roles
from people.importing import uploading
from people.models import RosterImport, Unit, User
from tests.core.workbooks import workbook
from tests.people.factories import make_unit, make_user
from tests.people.importing.workbooks import HEADER, ROSTER_FILE, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser() -> User:
    return make_user(roles.ORGANISER, full_name="Trần Thị Tổ Chức")


@pytest.fixture
def desk(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


def upload(desk: Client, content: bytes, name: str = "ds.xlsx") -> Any:
    file = SimpleUploadedFile(name, content)
    return desk.post(reverse("people:roster_imports"), {"file": file})


def current() -> RosterImport:
    return RosterImport.objects.latest("pk")


def url(name: str) -> str:
    return reverse(f"people:{name}", args=[current().pk])


def columns_data(desk: Client, **changes: Any) -> dict[str, Any]:
    form = desk.get(url("roster_columns")).context["form"]
    data = {name: field.initial or "" for name, field in form.fields.items()}
    data |= {name: value or "" for name, value in form.initial.items()}
    return {**{k: v for k, v in data.items() if v is not False}, **changes}


def test_the_whole_way_of_the_real_file(
    desk: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    response = upload(desk, ROSTER_FILE.read_bytes(), "danh-sach.xlsx")
    assert response.url == url("roster_columns")
    page = desk.get(response.url)
    assert "Hoàng Thanh Yến" in page.content.decode()
    assert desk.post(url("roster_columns"), columns_data(desk)).url == url("roster_preview")
    preview = desk.get(url("roster_preview")).content.decode()
    for text in ("31/02/1990", "khong-phai-email", "CB00003", "Tổng số: 320 người"):
        assert text in preview
    kept = current().file.name
    assert storages["private"].exists(kept)
    assert User.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(url("apply_roster_import")).url == url("roster_import")
    assert (User.objects.count(), Unit.objects.count()) == (321, 8)
    assert Job.objects.get().state == Job.State.DONE
    assert not storages["private"].exists(kept)
    result = desk.get(url("roster_import"))
    assert result.status_code == 200
    assert "Dòng" in result.content.decode()
    assert current().applied_at is not None
    # pressed again, nothing doubles
    desk.post(url("apply_roster_import"))
    assert User.objects.count() == 321


def test_a_small_file_is_applied_at_once(desk: Client) -> None:
    upload(desk, workbook([HEADER, person(1)]))
    desk.post(url("apply_roster_import"))
    assert not Job.objects.exists()
    assert User.objects.filter(staff_code="CB00001").exists()


def test_the_report_can_be_downloaded_and_starts_no_formula(desk: Client) -> None:
    upload(desk, workbook([HEADER, person(1), person(2, name=None, job="+1+1", email="=1+1")]))
    desk.post(url("apply_roster_import"))
    response = desk.get(url("roster_report"))
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    bad = next(row for row in rows if row[0] == 3)
    assert "thiếu họ và tên" in bad[2]
    assert "+1+1" in bad
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_columns_may_be_mapped_by_hand(desk: Client) -> None:
    upload(desk, workbook([["Người dự", "Số", "Nơi"], ["Lê An", "0912345678", "Phường A"]]))
    data = columns_data(desk, column_0="full_name", column_1="phone", column_2="unit")
    assert desk.post(url("roster_columns"), data).url == url("roster_preview")
    desk.post(url("apply_roster_import"))
    user = User.objects.get(phone="0912345678")
    assert (user.full_name, str(user.unit)) == ("Lê An", "Phường A")


def test_one_thing_cannot_be_two_columns(desk: Client) -> None:
    upload(desk, workbook([HEADER, person(1)]))
    response = desk.post(url("roster_columns"), columns_data(desk, column_4="phone"))
    assert response.status_code == 200
    assert "đã được chọn cho cột" in response.content.decode()


def test_another_header_row_shows_other_columns(desk: Client) -> None:
    upload(desk, workbook([["Tiêu đề"], ["A", "B", "C"], ["Lê An", "CB9", "Phường A"]]))
    response = desk.post(url("roster_columns"), columns_data(desk, header_row=2))
    assert response.url == url("roster_columns")
    data = columns_data(desk, column_0="full_name", column_1="staff_code", column_2="unit")
    desk.post(url("roster_columns"), data)
    desk.post(url("apply_roster_import"))
    assert User.objects.filter(staff_code="CB9").exists()


def test_a_default_unit_takes_people_without_one(desk: Client) -> None:
    unit = make_unit("Phường A")
    upload(desk, workbook([HEADER, person(1, unit=None)]))
    desk.post(url("roster_columns"), columns_data(desk, default_unit=unit.pk))
    desk.post(url("apply_roster_import"))
    assert User.objects.get(staff_code="CB00001").unit == unit


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04zip"])
def test_a_file_that_cannot_be_used_is_explained_and_not_kept(desk: Client, content: bytes) -> None:
    response = upload(desk, content)
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert not RosterImport.objects.exists()


def test_a_file_without_usable_columns_leads_back_to_them(desk: Client) -> None:
    upload(desk, workbook([["x", "y"], ["1", "2"]]))
    response = desk.get(url("roster_preview"), follow=True)
    assert response.redirect_chain[-1][0] == url("roster_columns")
    assert "Hãy chọn cột đó" in response.content.decode()
    response = desk.post(url("apply_roster_import"), follow=True)
    assert response.status_code == 200


def test_an_upload_can_be_let_go(desk: Client) -> None:
    upload(desk, workbook([HEADER, person(1)]))
    kept = current().file.name
    desk.post(url("discard_roster_import"))
    assert not RosterImport.objects.exists()
    assert not storages["private"].exists(kept)


def test_the_file_is_under_no_address(desk: Client) -> None:
    upload(desk, workbook([HEADER, person(1)]))
    assert desk.get(f"/media/{current().file.name}").status_code == 404


def test_progress_is_a_fragment_until_it_is_done(
    desk: Client, organiser: User, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    upload(desk, ROSTER_FILE.read_bytes())
    with django_capture_on_commit_callbacks() as callbacks:
        desk.post(url("apply_roster_import"))
    fragment = desk.get(url("roster_import"), headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" in fragment
    assert "<html" not in fragment
    # asked again while it waits: one job
    desk.post(url("apply_roster_import"))
    assert Job.objects.count() == 1
    for callback in callbacks:
        callback()
    fragment = desk.get(url("roster_import"), headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in fragment


def test_a_background_import_that_runs_twice_applies_once(desk: Client, organiser: User) -> None:
    upload(desk, workbook([HEADER, person(1)]))
    found = current()
    at = found.created_at
    uploading.apply_import(RosterImport.objects.get(pk=found.pk), by=organiser, at=at)
    with pytest.raises(uploading.UnreadableRoster):
        uploading.apply_import(RosterImport.objects.get(pk=found.pk), by=organiser, at=at)
    assert User.objects.filter(staff_code="CB00001").count() == 1


PAGES = ["roster_import", "roster_columns", "roster_preview", "roster_report"]
ACTS = ["apply_roster_import", "discard_roster_import"]


def test_only_organisers_see_rosters(desk: Client) -> None:
    upload(desk, workbook([HEADER, person(1)]))
    stranger = Client()
    others = [make_user(), make_user(roles.UNIT_HEAD), make_user(roles.EDITOR)]
    addresses = [url(name) for name in PAGES] + [reverse("people:roster_imports")]
    for address in addresses:
        assert stranger.get(address).url.startswith("/accounts/login/")
    for user in others:
        stranger.force_login(user)
        assert {stranger.get(address).status_code for address in addresses} == {403}
        assert {stranger.post(url(name)).status_code for name in ACTS} == {403}
    assert not User.objects.filter(staff_code="CB00001").exists()
    colleague = Client()
    colleague.force_login(make_user(roles.ADMINISTRATOR))
    assert colleague.get(url("roster_preview")).status_code == 200


def test_the_list_of_imports_costs_the_same_with_one_and_with_three(
    desk: Client,
    organiser: User,
    django_assert_num_queries: Any,
) -> None:
    for count in (1, 3):
        while RosterImport.objects.count() < count:
            upload(desk, workbook([HEADER, person(1)]))
        with django_assert_num_queries(5):
            desk.get(reverse("people:roster_imports"))


def test_an_interrupted_import_goes_on(
    desk: Client, organiser: User, django_capture_on_commit_callbacks: Any
) -> None:
    upload(desk, ROSTER_FILE.read_bytes())
    with django_capture_on_commit_callbacks():  # the worker that took the message is killed
        desk.post(url("apply_roster_import"))
    Job.objects.update(state=Job.State.RUNNING, heartbeat_at=None)
    assert "Chạy tiếp" in desk.get(url("roster_import")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(url("resume_roster_import"))
    assert User.objects.filter(staff_code__startswith="CB").count() >= 320
    assert Job.objects.get().state == Job.State.DONE
