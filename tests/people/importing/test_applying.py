from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent
from people import roles
from people.importing.applying import RosterReport, apply_roster, kind_of, preview_roster
from people.importing.messages import describe_all
from people.importing.problems import Field, ProblemCode
from people.models import RosterImport, Unit, User
from tests.people.factories import make_unit, make_user
from tests.people.importing.workbooks import HEADER, person, read

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def apply(rows: list[list[Any]], *, by: User | None = None, **options: Any) -> RosterReport:
    roster = read([HEADER, *rows], default_unit="default_unit" in options)
    roster_import = RosterImport.objects.create(file_name="ds.xlsx", created_at=AT)
    return apply_roster(roster, roster_import=roster_import, by=by, at=AT, **options)


def counts(report: RosterReport) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, len(report.rejected)


def problems(report: RosterReport) -> list[tuple[Field, ProblemCode]]:
    return [(p.field, p.code) for rejected in report.rejected for p in rejected.problems]


def test_new_people_get_accounts_that_nobody_can_sign_in_to_yet() -> None:
    report = apply([person(1, name="Đỗ Thị Ánh"), person(2)])
    assert counts(report) == (2, 0, 0, 0)
    user = User.objects.get(staff_code="CB00001")
    assert (user.full_name, user.search_key) == ("Đỗ Thị Ánh", "do thi anh")
    assert user.sort_key
    assert (user.phone, user.email) == ("0912000001", "cb1@hanoi.gov.vn")
    assert user.birth_date == date(1982, 9, 28)
    assert user.unit is not None
    assert user.unit.name == "Phường Từ Liêm"
    assert not user.has_usable_password()
    assert not user.is_staff


def test_the_same_file_again_changes_nothing() -> None:
    apply([person(1), person(2)])
    assert counts(apply([person(1), person(2)])) == (0, 0, 2, 0)
    assert (User.objects.count(), Unit.objects.count()) == (2, 1)


def test_an_update_keeps_the_password_and_what_the_file_leaves_empty() -> None:
    user = make_user(staff_code="CB00001", full_name="Nguyễn Văn An", phone="0987654321")
    before = user.password
    report = apply([person(1, phone=None, job="Chủ tịch")])
    assert counts(report) == (0, 1, 0, 0)
    user.refresh_from_db()
    assert (user.phone, user.job_title, user.password) == ("0987654321", "Chủ tịch", before)


def test_people_missing_from_a_later_file_stay() -> None:
    apply([person(1), person(2)])
    apply([person(2)])
    assert User.objects.filter(staff_code="CB00001", is_active=True).exists()


def test_a_person_without_code_is_found_by_phone_else_by_email() -> None:
    by_phone = make_user(staff_code=None, phone="0912000001", full_name="Nguyễn Văn An")
    by_email = make_user(staff_code=None, email="cb2@hanoi.gov.vn", full_name="Nguyễn Văn An")
    assert counts(apply([person(1), person(2, phone=None)])) == (0, 2, 0, 0)
    by_phone.refresh_from_db()
    by_email.refresh_from_db()
    assert (by_phone.staff_code, by_email.staff_code) == ("CB00001", "CB00002")


def test_a_code_of_one_person_with_the_phone_of_another_is_reported() -> None:
    make_user(staff_code="CB00001", full_name="Nguyễn Văn An")
    make_user(staff_code="CB7", phone="0912000001", full_name="Lê Thị Bình")
    report = apply([person(1)])
    assert counts(report) == (0, 0, 0, 1)
    assert problems(report) == [(Field.PHONE, ProblemCode.BELONGS_TO_ANOTHER)]


def test_a_phone_of_someone_with_another_code_is_reported() -> None:
    make_user(staff_code="CB7", phone="0912000001", full_name="Nguyễn Văn An")
    assert problems(apply([person(1)])) == [(Field.STAFF_CODE, ProblemCode.CODE_DIFFERS)]
    assert User.objects.count() == 1


def test_a_code_with_quite_another_name_is_reported_not_renamed() -> None:
    user = make_user(staff_code="CB00001", full_name="Lê Thị Bình")
    assert problems(apply([person(1)])) == [(Field.FULL_NAME, ProblemCode.NAME_DIFFERS)]
    user.refresh_from_db()
    assert user.full_name == "Lê Thị Bình"


def test_a_corrected_spelling_of_the_name_is_taken_and_told() -> None:
    make_user(staff_code="CB00001", full_name="Nguyên Van Ân")
    report = apply([person(1)])
    assert counts(report) == (0, 1, 0, 0)
    assert [warning.code for warning in report.warnings] == [ProblemCode.NAME_CHANGED]


def test_two_rows_for_one_account_are_not_both_taken() -> None:
    make_user(staff_code="CB00001", phone="0911111111", full_name="Nguyễn Văn An")
    report = apply([person(1), person(2, code=None, phone="0911111111", email=None)])
    assert counts(report) == (0, 1, 0, 1)
    assert problems(report) == [(Field.FULL_NAME, ProblemCode.SAME_PERSON)]


def test_a_closed_account_is_updated_and_stays_closed() -> None:
    user = make_user(staff_code="CB00001", full_name="Nguyễn Văn An", is_active=False)
    report = apply([person(1)])
    assert [warning.code for warning in report.warnings] == [ProblemCode.ACCOUNT_CLOSED]
    user.refresh_from_db()
    assert not user.is_active


def test_units_are_found_without_regard_to_marks_and_created_under_the_parent() -> None:
    city = make_unit("Thành phố Hà Nội")
    known = make_unit("Phường Từ Liêm", parent=city)
    report = apply([person(1, unit="PHƯỜNG TỪ LIÊM"), person(2, unit="Xã Mới")], parent=city)
    assert report.new_units == ("Xã Mới",)
    assert User.objects.get(staff_code="CB00001").unit == known
    new = Unit.objects.get(name="Xã Mới")
    assert (new.get_parent(), new.kind) == (city, Unit.Kind.COMMUNE)


def test_a_unit_that_has_ended_is_not_used() -> None:
    make_unit("Phường Từ Liêm", valid_to=date(2025, 6, 30))
    assert apply([person(1)]).new_units == ("Phường Từ Liêm",)


def test_a_unit_name_that_two_units_have_is_reported() -> None:
    first, second = make_unit(), make_unit()
    make_unit("Văn phòng", parent=first)
    make_unit("Văn phòng", parent=second)
    report = apply([person(1, unit="Văn phòng")])
    assert problems(report) == [(Field.UNIT, ProblemCode.UNIT_AMBIGUOUS)]
    assert counts(apply([person(1, unit="Văn phòng")], parent=second)) == (1, 0, 0, 0)


def test_people_without_unit_go_to_the_default_unless_they_have_one() -> None:
    here, default = make_unit(), make_unit()
    make_user(staff_code="CB00001", full_name="Nguyễn Văn An", unit=here)
    apply([person(1, unit=None), person(2, unit=None)], default_unit=default)
    assert [user.unit for user in User.objects.order_by("staff_code")] == [here, default]


def test_a_preview_writes_nothing_and_says_the_same() -> None:
    make_user(staff_code="CB00001", full_name="Nguyễn Văn An")
    rows = [person(1), person(2), person(3, phone="1")]
    report = preview_roster(read([HEADER, *rows]), by=None)
    assert (User.objects.count(), Unit.objects.count(), AuditEvent.objects.count()) == (1, 0, 0)
    assert counts(report) == counts(apply(rows)) == (1, 1, 0, 1)


def test_an_organiser_cannot_redirect_the_mail_of_whoever_has_more_rights() -> None:
    organiser, administrator = make_user(roles.ORGANISER), make_user(roles.ADMINISTRATOR)
    root = {"is_superuser": True}
    people = [
        make_user(staff_code="CB00001", full_name="Nguyễn Văn An", email="a@x.vn", **root),
        make_user(roles.AUTHOR, staff_code="CB00002", full_name="Nguyễn Văn An", email="b@x.vn"),
        make_user(
            roles.ADMINISTRATOR, staff_code=None, phone="0912000003", full_name="Nguyễn Văn An"
        ),
        make_user(staff_code="CB00004", full_name="Nguyễn Văn An"),
    ]
    rows = [person(number, email=f"evil{number}@x.vn") for number in range(1, 5)]
    rejected = [
        (Field.STAFF_CODE, ProblemCode.ACCOUNT_PROTECTED),
        (Field.STAFF_CODE, ProblemCode.ACCOUNT_PROTECTED),
        (Field.PHONE, ProblemCode.ACCOUNT_PROTECTED),
    ]
    assert problems(preview_roster(read([HEADER, *rows]), by=organiser)) == rejected
    report = apply(rows, by=organiser)
    assert problems(report) == rejected
    assert "nhờ Quản trị sửa" in describe_all(report.rejected[0].problems)
    emails = list(User.objects.filter(pk__in=[p.pk for p in people]).order_by("pk"))
    assert [user.email for user in emails] == ["a@x.vn", "b@x.vn", None, "evil4@x.vn"]
    # an administrator keeps all but superusers; the command line (the server's owner) keeps all
    assert problems(apply(rows, by=administrator)) == rejected[:1]
    assert problems(apply(rows)) == []


def test_the_closed_account_of_an_administrator_is_protected_too() -> None:
    make_user(roles.ADMINISTRATOR, staff_code="CB00001", full_name="Nguyễn Văn An", is_active=False)
    report = apply([person(1)], by=make_user(roles.ORGANISER))
    assert problems(report) == [(Field.STAFF_CODE, ProblemCode.ACCOUNT_PROTECTED)]


def test_an_import_is_on_record() -> None:
    apply([person(1)])
    assert AuditEvent.objects.get().action == "people.roster_imported"


def test_ten_rows_cost_as_many_statements_as_one() -> None:
    make_unit("Phường Từ Liêm")
    with CaptureQueriesContext(connection) as one:
        apply([person(1)])
    with CaptureQueriesContext(connection) as ten:
        apply([person(number) for number in range(1, 11)])
    # the ten hold one account that is already there, but it is unchanged
    assert len(ten) == len(one) == 7


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("UBND phường Tây Hồ", Unit.Kind.WARD),
        ("Đặc khu Cô Tô", Unit.Kind.COMMUNE),
        ("Sở Nội vụ", Unit.Kind.DEPARTMENT),
        ("Trung tâm PVHCC", Unit.Kind.OFFICE),
        ("Xãhội", Unit.Kind.OTHER),
    ],
)
def test_the_kind_of_a_new_unit_is_what_its_name_says(name: str, kind: str) -> None:
    assert kind_of(name) == kind
