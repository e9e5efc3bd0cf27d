"""Who may register, confirm, report and look, at the pages themselves."""

from datetime import date

import pytest
from django.utils import timezone

from cms.models import Adoption, AdoptionFigure
from people import roles
from tests.cms.replication.factories import (
    COUNT,
    make_counting_model,
    make_head,
    register,
    report,
    run,
)
from tests.people.factories import make_unit, make_user

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def model():
    return make_counting_model()


@pytest.fixture
def running(model):
    return run(model, make_unit("Phường Nghĩa Đô"), since=OCTOBER)


def visit(client, person, address, data=None):
    client.logout()
    if person:
        client.force_login(person)
    return client.post(address, data) if data is not None else client.get(address)


def test_a_head_registers_the_own_unit_and_an_organiser_theirs(client, model):
    for role in (roles.UNIT_HEAD, roles.ORGANISER):
        unit = make_unit()
        person = make_user(role, unit=unit)
        answer = visit(client, person, f"/replication/register/{model.pk}/", {"note": "Tháng 12"})
        assert answer.status_code == 302
        adoption = Adoption.objects.get(unit=unit)
        assert (adoption.state, adoption.note) == ("registered", "Tháng 12")
        assert "Chờ xác nhận" in client.get(f"/replication/{adoption.pk}/").text


@pytest.mark.parametrize("role", [None, roles.EDITOR, roles.JURY, roles.AUTHOR])
def test_nobody_else_registers(client, model, role):
    person = make_user(*[role] if role else [], unit=make_unit())
    address = f"/replication/register/{model.pk}/"
    assert visit(client, person, address).status_code == 403
    assert visit(client, person, address, {}).status_code == 403
    assert not Adoption.objects.exists()


def test_a_stranger_is_asked_to_sign_in(client, model, running):
    for address in (
        "/replication/",
        f"/replication/register/{model.pk}/",
        f"/replication/{running.pk}/",
        f"/replication/{running.pk}/end/",
    ):
        assert "/accounts/login/" in visit(client, None, address).headers["Location"]


def test_the_unit_and_editors_see_an_adoption_and_other_heads_do_not(client, running):
    address = f"/replication/{running.pk}/"
    colleague = make_head(running.unit)
    outsider = make_head(make_unit())
    superior = make_head(make_unit())
    assert visit(client, running.registered_by, address).status_code == 200
    assert visit(client, colleague, address).status_code == 200
    assert visit(client, make_user(roles.EDITOR), address).status_code == 200
    for other in (outsider, superior):
        assert visit(client, other, address).status_code == 404
        assert visit(client, other, f"{address}report/").status_code == 404
        assert "Phường Nghĩa Đô" not in visit(client, other, "/replication/").text
    assert visit(client, make_user(unit=running.unit), address).status_code == 403


def test_a_head_above_does_not_speak_for_a_unit_below(client, model):
    above = make_unit("Thành phố")
    below = make_unit("Phường", parent=above)
    adoption = register(model, below)
    assert visit(client, make_head(above), f"/replication/{adoption.pk}/").status_code == 404


@pytest.mark.parametrize("step", ["confirm", "decline", "undo-decision"])
def test_only_editors_decide(client, model, step):
    adoption = register(model)
    address = f"/replication/{adoption.pk}/{step}/"
    assert visit(client, adoption.registered_by, address, {}).status_code == 404
    adoption.refresh_from_db()
    assert adoption.state == "registered"


@pytest.mark.parametrize("step", ["start", "end", "withdraw", "undo"])
def test_editors_do_not_act_for_a_unit(client, running, step):
    address = f"/replication/{running.pk}/{step}/"
    assert visit(client, make_user(roles.EDITOR), address, {}).status_code == 404
    running.refresh_from_db()
    assert running.state == "running"


def test_from_registration_to_the_public_page(client, model):
    unit = make_unit("Phường Nghĩa Đô")
    head, editor = make_head(unit), make_user(roles.EDITOR)
    today = timezone.localdate()
    visit(client, head, f"/replication/register/{model.pk}/", {"note": ""})
    place = f"/replication/{Adoption.objects.get().pk}/"
    assert visit(client, editor, f"{place}confirm/", {}).status_code == 302
    assert visit(client, head, f"{place}start/", {"day": today.isoformat()}).status_code == 302
    told = {"measure": COUNT, "month": f"{today:%Y-%m}", "value": "1.234,5"}
    assert client.post(f"{place}report/", told).status_code == 302
    assert "1.234,5 hồ sơ" in visit(client, None, model.url).text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"value": "nhiều"}, "Ghi một số"),
        ({"value": "-1"}, "Số liệu phải từ 0"),
        ({"value": "9" * 20}, "Số liệu phải từ 0"),
        ({"value": "1,234"}, "hai chữ số thập phân"),
        ({"value": ""}, "Số liệu:"),
        ({"value": "1\x00"}, "Số liệu:"),
        ({"month": "1999-01"}, "Tháng:"),
        ({"measure": "khac"}, "Chỉ tiêu:"),
    ],
)
def test_a_bad_figure_is_told_to_its_writer(client, running, told, words):
    data = {"measure": COUNT, "month": "2026-10", "value": "5", **told}
    address = f"/replication/{running.pk}/report/"
    answer = visit(client, running.registered_by, address, data)
    assert answer.status_code == 200
    assert words in answer.text
    assert not AdoptionFigure.objects.exists()


def test_a_second_figure_of_a_month_is_told_to_be_a_correction(client, running):
    report(running, OCTOBER, "5")
    data = {"measure": COUNT, "month": "2026-10", "value": "6"}
    answer = visit(client, running.registered_by, f"/replication/{running.pk}/report/", data)
    assert "Hãy sửa số đã báo cáo" in answer.text


def test_the_unit_corrects_and_the_old_value_is_shown_to_it(client, running):
    figure = report(running, OCTOBER, "12")
    address = f"/replication/figures/{figure.pk}/"
    data = {"value": "21", "reason": "Gõ nhầm"}
    outsider = make_head(make_unit())
    assert visit(client, outsider, address, data).status_code == 404
    assert visit(client, make_user(roles.EDITOR), address, data).status_code == 403
    no_reason = visit(client, running.registered_by, address, {"value": "21"})
    assert "Lý do sửa:" in no_reason.text
    assert client.post(address, data).status_code == 302
    page = client.get(f"/replication/{running.pk}/").text
    assert "21 hồ sơ" in page
    assert "12 hồ sơ" in page
    assert "Gõ nhầm" in page
    assert client.post(address, data).headers["Location"] == f"/replication/{running.pk}/"
    assert "12 hồ sơ" not in visit(client, None, running.model.url).text


@pytest.mark.parametrize("day", ["", "32/13/2026", "2999-01-01", "0001-01-01", "\x00", "9" * 30])
def test_a_bad_day_does_not_start_anything(client, model, day):
    adoption = register(model)
    client.force_login(make_user(roles.EDITOR))
    client.post(f"/replication/{adoption.pk}/confirm/", {})
    address = f"/replication/{adoption.pk}/start/"
    assert visit(client, adoption.registered_by, address, {"day": day}).status_code == 200
    adoption.refresh_from_db()
    assert adoption.state == "confirmed"


def test_an_old_page_does_not_undo_a_step_it_did_not_show(client, running):
    client.force_login(running.registered_by)
    client.post(f"/replication/{running.pk}/end/", {"day": "2026-11-20"})
    answer = client.post(f"/replication/{running.pk}/undo/", {"seen": "running"})
    running.refresh_from_db()
    assert running.state == "ended"
    assert "không còn làm được" in answer.text
    client.post(f"/replication/{running.pk}/undo/", {"seen": "ended"})
    running.refresh_from_db()
    assert running.state == "running"


@pytest.mark.parametrize(
    "address",
    [
        "/replication/9999999999999999999/",
        "/replication/0/",
        "/replication/register/9999999999999999999/",
        "/replication/figures/9999999999999999999/",
        "/replication/1/nonsense/",
    ],
)
def test_what_is_not_there_is_not_found(client, address):
    assert visit(client, make_head(make_unit()), address).status_code == 404


def test_a_draft_is_registered_by_nobody(client, model):
    model.unpublish()
    person = make_head(make_unit())
    assert visit(client, person, f"/replication/register/{model.pk}/", {}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow_with_the_registrations(
    client, django_assert_num_queries, model, count
):
    for _number in range(count):
        register(model)
    client.force_login(make_user(roles.EDITOR))
    client.get("/replication/")
    with django_assert_num_queries(5):
        client.get("/replication/")


def test_a_page_that_units_adopted_is_not_deleted(client, running):
    administrator = make_user(roles.ADMINISTRATOR, is_staff=True, is_superuser=True)
    client.force_login(administrator)
    index = running.model.get_parent()
    for page in (running.model, index):
        answer = client.post(f"/admin/pages/{page.pk}/delete/", follow=True)
        assert answer.status_code == 200
        assert "đã có đơn vị đăng ký áp dụng" in answer.text
    assert Adoption.objects.filter(pk=running.pk).exists()
